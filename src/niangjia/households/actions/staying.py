"""A member's identity number is seen, and somebody lives there no longer (S-LA-11, App. D 11)."""

from datetime import date, datetime

from django.db import IntegrityError, transaction

from niangjia.households import queries, rules
from niangjia.households.actions.holding import kept, touched
from niangjia.households.actions.opening import elsewhere
from niangjia.households.actions.telling import note
from niangjia.households.models import Fact, Household, HouseholdMember, Proposal
from niangjia.kernel.access import Actor
from niangjia.kernel.clock import day_of
from niangjia.kernel.errors import BadInput, NotVisible, Refused
from niangjia.kernel.reaching import beyond
from niangjia.kernel.sealing import resealed
from niangjia.kernel.words import say
from niangjia.people import actions as people
from niangjia.people import queries as register
from niangjia.people.rules import Paper, read_paper


@transaction.atomic
def prove_member(*, household_id: int, member_id: int, paper: Paper, by: Actor, at: datetime) -> None:
    """A member's identity number was compared with his card and passes its check (S-LA-11).

    Where the number is that of somebody of the same name in the register, the member is that person: he is
    not entered twice. Raises Refused where the name differs or another union keeps the member's record.
    """
    row = kept(household_id=household_id, by=by)
    with beyond():
        member = queries.member_of(household=row, member_id=member_id)
        value = read_paper(paper, today=day_of(at), field="number")
        holder = register.holder_of(value=value, scope=by.scope_for("people.read"))
        if holder is not None and holder.person_id != member.person_id:
            _becomes(row, member, holder.person_id, keeper=holder.keeper)
        elif holder is None:
            _add(member.person_id, paper, by=by, at=at)
        touched(row=row)
        note(verb="prove_member", row=row, by=by, at=at, after={"member": member.pk})


def _add(person_id: int, paper: Paper, *, by: Actor, at: datetime) -> None:
    today = day_of(at)
    try:
        people.add_document(person_id=person_id, paper=paper, since=today, today=today, by=by, at=at)
    except NotVisible as error:
        person = register.records(person_ids=[person_id]).select_related("keeper").first()
        keeper = person.keeper.name if person else ""
        raise Refused(
            say("这位成员的人员资料由“{keeper}”登记，请联系该工会登记证件号码。", keeper=keeper),
            field="number",
        ) from error


def _becomes(row: Household, member: HouseholdMember, person_id: int, *, keeper: str) -> None:
    """The member is somebody whom the register knows already; what was told of him goes under his key."""
    known = {one.pk: one for one in register.records(person_ids=[person_id, member.person_id])}
    if known[person_id].name_key != known[member.person_id].name_key:
        words = say(
            "这个证件号码登记的是另一个姓名（登记工会：{keeper}）。请对照证件原件核对。", keeper=keeper
        )
        raise Refused(words, field="number")
    was = member.person_id
    try:
        with transaction.atomic():
            HouseholdMember.objects.filter(pk=member.pk).update(person_id=person_id)
    except IntegrityError as error:
        raise elsewhere(person_id=person_id, row=row, field="number") from error
    reseal(row=row, member=member.pk, was=was, now=person_id)
    if member.relation == rules.SELF:
        reseal(row=row, member=None, was=was, now=person_id)
        row.head_id = person_id
        row.save(update_fields=["head"])


def reseal(*, row: Household, member: int | None, was: int, now: int) -> None:
    """What was told of a member (none: of the household) lies under another person's key."""
    for model in (Fact, Proposal):
        table = model._meta.db_table  # noqa: SLF001 - Django's name
        for one in model._default_manager.filter(household=row, member=member, person_id=was):  # noqa: SLF001
            value = resealed(one.value, table=table, field="value", was=was, now=now)
            model._default_manager.filter(pk=one.pk).update(person_id=now, value=value)  # noqa: SLF001


@transaction.atomic
def leave_household(
    *, household_id: int, member_id: int, reason: str, on: date, by: Actor, at: datetime
) -> None:
    """Somebody lives there no longer; the head is replaced first (App. D 11)."""
    row = kept(household_id=household_id, by=by)
    with beyond():
        member = queries.member_of(household=row, member_id=member_id)
        if member.relation == rules.SELF:
            raise Refused(say("户主离开前，请先指定新的户主。"), field="member")
        if not reason.strip():
            raise BadInput(say("请写明原因。"), field="reason")
        if on < member.since:
            raise BadInput(say("不能早于登记为家庭成员的日子。请核对日期。"), field="on")
        if on > day_of(at):
            raise BadInput(say("不能晚于今天。请在离开以后登记。"), field="on")
        member.until, member.left_why = on, reason.strip()
        member.save(update_fields=["until", "left_why"])
        touched(row=row)
        note(verb="leave_household", row=row, by=by, at=at, after={"member": member.pk}, reason=reason)
