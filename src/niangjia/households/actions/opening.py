"""A household is entered: its head and members as natural persons, each found before he is entered anew."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from niangjia.households import queries, rules
from niangjia.households.actions.holding import enter, kept, touched
from niangjia.households.models import Household, HouseholdMember
from niangjia.households.permissions import Word
from niangjia.kernel import journal
from niangjia.kernel.access import Actor
from niangjia.kernel.clock import day_of
from niangjia.kernel.errors import BadInput, Refused
from niangjia.kernel.identifiers import IdKind, parse_name
from niangjia.kernel.reaching import beyond
from niangjia.kernel.words import say
from niangjia.people import actions as people
from niangjia.people import queries as register
from niangjia.people.actions import PersonDraft
from niangjia.people.rules import Paper, keys_of, read_paper
from niangjia.tree import queries as tree


@dataclass(frozen=True, slots=True)
class MemberDraft:
    """Who lives there: a person of the register, or one told by name and, if at hand, the number."""

    relation: str
    name: str = ""
    number: str = ""
    id_kind: IdKind = IdKind.RESIDENT
    person_id: int | None = None
    mobile: str = ""
    facts: dict[str, Any] = field(default_factory=dict)


@transaction.atomic
def open_household(
    *, keeper_id: int, head: MemberDraft, members: Sequence[MemberDraft] = (), by: Actor, at: datetime
) -> Household:
    """The household stands in the register of a union: its head, and who lives with him (R-AID-08).

    A number that does not pass its check is kept beside the person as it was typed, to be put right before
    anything is approved (S-LA-11). Raises Refused with a pointer where somebody lives in another household.
    """
    unit = tree.unit_in_scope(unit_id=keeper_id, scope=by.scope_for(Word.KEEP))
    by.require(Word.KEEP, at=unit.path)
    with beyond():
        person_id, mistyped = _person(head, keeper_id=unit.pk, by=by, at=at)
        row = Household.objects.create(
            head_id=person_id, keeper_id=unit.pk, path=unit.path, opened_at=at, opened_by=by.user_id
        )
        _lives(row, person_id, rules.SELF, day_of(at), by=by, at=at, mistyped=mistyped)
        after = {"keeper": unit.pk, "members": 1 + len(members)}
        journal.record(
            "open_household",
            by=by,
            at=at,
            kind=rules.KIND,
            object_id=row.pk,
            person_id=person_id,
            after=after,
        )
        for one in members:
            _enter(row, one, by=by, at=at)
        touched(row=row)
    return row


@transaction.atomic
def add_member(*, household_id: int, draft: MemberDraft, by: Actor, at: datetime) -> HouseholdMember:
    """Somebody lives in the household from today on."""
    row = kept(household_id=household_id, by=by)
    with beyond():
        member = _enter(row, draft, by=by, at=at)
        touched(row=row)
        journal.record(
            "add_household_member",
            by=by,
            at=at,
            kind=rules.KIND,
            object_id=row.pk,
            person_id=member.person_id,
            after={"relation": draft.relation},
        )
    return member


def _enter(row: Household, draft: MemberDraft, *, by: Actor, at: datetime) -> HouseholdMember:
    if draft.relation not in rules.RELATIONS or draft.relation == rules.SELF:
        raise BadInput(say("请选择与户主的关系。"), field="relation")
    person_id, mistyped = _person(draft, keeper_id=row.keeper_id, by=by, at=at)
    return _lives(row, person_id, draft.relation, day_of(at), by=by, at=at, mistyped=mistyped)


def _lives(  # noqa: PLR0913 - a stay has these parts
    row: Household, person_id: int, relation: str, day: date, *, by: Actor, at: datetime, mistyped: str
) -> HouseholdMember:
    try:
        with transaction.atomic():
            member = HouseholdMember.objects.create(
                household=row, person_id=person_id, relation=relation, since=day
            )
    except IntegrityError as error:
        raise elsewhere(person_id=person_id, row=row) from error
    if mistyped:
        change = rules.Change("id_typed", mistyped, member=member.pk)
        enter(row=row, change=change, by=by, at=at)
    return member


def elsewhere(*, person_id: int, row: Household, field: str = "name") -> Refused:
    """The gentle pointer: who keeps the household in which somebody lives already, never what is in it."""
    home = queries.household_of(person_id=person_id)
    if home is None:
        return Refused(say("一户只有一名户主。请核对家庭成员。"), field="relation")
    if home.pk == row.pk:
        return Refused(say("这位成员已经在这一户里，不用重复登记。"), field=field)
    return Refused(
        say(
            "这位成员已登记在第 {number} 号家庭（登记工会：{keeper}）。一个人只在一户，请联系该工会核对。",
            number=home.pk,
            keeper=home.keeper.name,
        ),
        field=field,
    )


def _person(draft: MemberDraft, *, keeper_id: int, by: Actor, at: datetime) -> tuple[int, str]:
    """The person's number, found or entered; and the identity number as typed where it does not pass."""
    if draft.person_id is not None:
        return draft.person_id, ""
    told = PersonDraft(draft.name)
    paper = Paper(draft.id_kind, draft.number) if draft.number.strip() else None
    mistyped = ""
    if paper is not None:
        try:
            known = bearer_of(paper=paper, name=draft.name, by=by, at=at)
        except BadInput:
            known, mistyped, paper = None, draft.number.strip()[:30], None
        if known is not None:
            return known, ""
    today = day_of(at)
    row = people.register_person(
        draft=told, keeper_id=keeper_id, paper=paper, mobile=draft.mobile, today=today, by=by, at=at
    )
    return row.pk, mistyped


def bearer_of(*, paper: Paper, name: str, by: Actor, at: datetime) -> int | None:
    """Who bears the number already; raises Refused where the name is another's, BadInput for no number."""
    value = read_paper(paper, today=day_of(at))
    holder = register.holder_of(value=value, scope=by.scope_for("people.read"))
    if holder is None:
        return None
    person = register.records(person_ids=[holder.person_id]).first()
    if person is not None and person.name_key != keys_of(parse_name(name)).key:
        raise Refused(
            say(
                "这个证件号码登记的是另一个姓名（登记工会：{keeper}）。请对照证件原件核对。",
                keeper=holder.keeper,
            ),
            field="name",
        )
    return holder.person_id
