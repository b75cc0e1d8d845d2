"""A worker without a household opens his own, and names who lives with him; papers are seen at the door."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import IntegrityError, transaction

from niangjia.households import queries, rules
from niangjia.households.actions.holding import touched
from niangjia.households.models import Household, HouseholdMember
from niangjia.households.permissions import Word
from niangjia.kernel import journal
from niangjia.kernel.access import SYSTEM, Actor
from niangjia.kernel.clock import day_of
from niangjia.kernel.errors import BadInput, Refused
from niangjia.kernel.reaching import beyond
from niangjia.kernel.words import say
from niangjia.members import queries as members
from niangjia.people import actions as people
from niangjia.people import queries as register
from niangjia.people.actions import PersonDraft
from niangjia.tree import queries as tree

MOST = 20


@dataclass(frozen=True, slots=True)
class Kin:
    """Who lives with a worker, as he tells it: no number is asked, so that nobody is looked up by one."""

    relation: str
    name: str
    born: date | None = None


@transaction.atomic
def open_own_household(*, by: Actor, at: datetime) -> Household:
    """A worker opens his own household with himself at its head; it is kept where he is a member (R-AID-08).

    Raises Refused with a pointer where he lives in another household already.
    """
    by.require(Word.TELL)
    person = register.own_person(person_id=by.person_id)
    with beyond():
        home = queries.household_of(person_id=person.pk)
        if home is not None:
            keeper = home.keeper.name
            raise Refused(
                say(
                    "您已登记在第 {number} 号家庭（登记工会：{keeper}），不用再登记。",
                    number=home.pk,
                    keeper=keeper,
                )
            )
        member = members.counting_now(person_id=person.pk, day=day_of(at))
        unit = tree.public_unit(unit_id=member.union_id if member else person.keeper_id)
        row = Household.objects.create(
            head_id=person.pk, keeper_id=unit.pk, path=unit.path, opened_at=at, opened_by=by.user_id
        )
        _lives(row, person.pk, rules.SELF, at=at)
        touched(row=row)
        after = {"keeper": unit.pk, "members": 1}
        journal.record(
            "open_household",
            by=by,
            at=at,
            kind=rules.KIND,
            object_id=row.pk,
            person_id=person.pk,
            after=after,
        )
    return row


@transaction.atomic
def add_own_member(*, kin: Kin, by: Actor, at: datetime) -> HouseholdMember:
    """The head says who lives with him: a provisional person until his card is seen (R-G-01)."""
    by.require(Word.TELL)
    if kin.relation not in rules.RELATIONS or kin.relation == rules.SELF:
        raise BadInput(say("请选择与您的关系。"), field="relation")
    with beyond():
        home = queries.household_of(person_id=by.person_id or 0)
        if home is None or home.head_id != by.person_id:
            raise Refused(say("家庭成员由户主登记。请先登记自己的家庭，或者请户主登记。"))
        row = Household.objects.select_for_update().get(pk=home.pk)
        inmates = queries.members_of(household=row)
        if len(inmates) >= MOST:
            raise Refused(say("一户最多登记 {n} 人。人数更多的，请工会干部上门登记。", n=MOST))
        if any(one.name == kin.name.strip() for one in inmates):
            raise BadInput(say("这位成员已经在您家里，不用重复登记。"), field="name")
        person = people.register_person(
            draft=PersonDraft(kin.name, born=kin.born),
            keeper_id=row.keeper_id,
            today=day_of(at),
            by=replace(SYSTEM, user_id=by.user_id, name=by.name),
            at=at,
        )
        member = _lives(row, person.pk, kin.relation, at=at)
        touched(row=row)
        journal.record(
            "add_household_member",
            by=by,
            at=at,
            kind=rules.KIND,
            object_id=row.pk,
            person_id=person.pk,
            after={"relation": kin.relation},
        )
    return member


def _lives(row: Household, person_id: int, relation: str, *, at: datetime) -> HouseholdMember:
    try:
        with transaction.atomic():
            return HouseholdMember.objects.create(
                household=row, person_id=person_id, relation=relation, since=day_of(at)
            )
    except IntegrityError as error:
        raise Refused(say("您刚刚已在别处登记为家庭成员。请刷新后再看。")) from error
