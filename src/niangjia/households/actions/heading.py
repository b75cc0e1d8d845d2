"""The household has another head: the file keeps its number, what is known stays known (App. D 11)."""

from datetime import datetime

from django.db import transaction

from niangjia.households import queries, rules
from niangjia.households.actions.holding import kept, touched
from niangjia.households.actions.staying import reseal
from niangjia.households.models import Household, HouseholdMember
from niangjia.kernel import journal
from niangjia.kernel.access import Actor
from niangjia.kernel.clock import day_of
from niangjia.kernel.errors import BadInput, Refused
from niangjia.kernel.reaching import beyond
from niangjia.kernel.words import say


@transaction.atomic
def replace_head(
    *, household_id: int, member_id: int, relation: str, reason: str, by: Actor, at: datetime
) -> Household:
    """A member becomes the head; `relation` is what the former head is to the new one, none if he is gone.

    Facts of the household pass to the new head's key.
    """
    row = kept(household_id=household_id, by=by)
    if not reason.strip():
        raise BadInput(say("请写明更换户主的原因。"), field="reason")
    if (relation and relation not in rules.RELATIONS) or relation == rules.SELF:
        raise BadInput(say("请选择原户主与新户主的关系。"), field="relation")
    with beyond():
        new = queries.member_of(household=row, member_id=member_id)
        if new.relation == rules.SELF:
            raise Refused(say("这位成员已经是户主。"), field="member")
        old = HouseholdMember.objects.get(household=row, relation=rules.SELF, until=None)
        _step_down(old, relation, reason, day=day_of(at))
        HouseholdMember.objects.filter(pk=new.pk).update(relation=rules.SELF)
        reseal(row=row, member=None, was=row.head_id, now=new.person_id)
        row.head_id = new.person_id
        row.save(update_fields=["head"])
        touched(row=row)
        after = {"head": new.person_id}
        journal.record(
            "replace_head", by=by, at=at, kind=rules.KIND, object_id=row.pk, after=after, reason=reason,
            person_id=new.person_id,
        )  # fmt: skip
    return row


def _step_down(old: HouseholdMember, relation: str, reason: str, *, day: object) -> None:
    if relation:
        HouseholdMember.objects.filter(pk=old.pk).update(relation=relation)
    else:
        HouseholdMember.objects.filter(pk=old.pk).update(until=day, left_why=reason.strip())
