"""Many memberships at once: the same rules and rows as `admit` and `affiliate`, one journal line for all.

Each row is entered or refused by itself; the journal line holds the Merkle root of the rows (house.md §3.5).
A test holds both paths equal.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction

from niangjia.kernel import journal, policy
from niangjia.kernel.access import Actor
from niangjia.kernel.clock import day_of
from niangjia.kernel.errors import NiangjiaError, NotVisible, Refused
from niangjia.kernel.inserting import insert_rows, reserve_numbers
from niangjia.kernel.periods import age_on
from niangjia.kernel.policing import value_of
from niangjia.kernel.reaching import beyond
from niangjia.kernel.sealing import Keys, keys_for
from niangjia.kernel.words import Said, say
from niangjia.members import rules
from niangjia.members.actions.admitting import MembershipDraft
from niangjia.members.actions.folding import fold_soon
from niangjia.members.models import Membership
from niangjia.members.permissions import Word
from niangjia.members.queries.many import Reach, first_days_of_many, stretches_of_many
from niangjia.members.queries.standing import Counting
from niangjia.members.rules import Begun, Standing, State
from niangjia.network import queries as network
from niangjia.network.rules import OrgKind
from niangjia.people.actions.holding_many import hold_all, keep_each_at
from niangjia.tree.actions import hold_the_tree

if TYPE_CHECKING:
    from niangjia.network.models import Organisation
    from niangjia.people.models import Person

KIND = "members.bulk"
LEAST_AGE = "member.min_age"
BASE = {"table": "members_membership", "field": "fee_base"}


@dataclass(frozen=True, slots=True)
class Admission:
    """Somebody to be entered: as a member who counts there, or beside (an affiliation)."""

    person_id: int
    union_id: int
    since: date
    draft: MembershipDraft
    counts: bool = True


@dataclass(frozen=True, slots=True)
class Admitted:
    """The stretch that stands now; or why there is none, and the field it is about."""

    membership_id: int = 0
    refused: Said | None = None
    field: str = ""


@dataclass(slots=True)
class _Ground:
    """What the rules ask of a bulk, found at once; it grows with each row that is let in."""

    by: Actor
    today: date
    unions: "Mapping[int, Organisation]"
    persons: "Mapping[int, Person]"
    stretches: dict[int, list[Reach]]
    first_days: dict[int, date] = field(default_factory=dict)
    least: Any = None


@transaction.atomic
def admit_all(
    *, admissions: Sequence[Admission], by: Actor, at: datetime, begun: Begun = Begun.JOINED
) -> list[Admitted]:
    """What became of each, in the given order; equal to `admit` or `affiliate` one after the other.

    The persons are held in the order of their numbers: two bulks, or a bulk and a clerk, take turns.
    """
    hold_the_tree(shared=True)
    ground = _found(admissions, by=by, at=at)
    told = [_judged(row, ground, begun) for row in admissions]
    entered = [(row, why) for row, why in zip(admissions, told, strict=True) if isinstance(why, Begun)]
    numbers = iter(_enter(entered, ground, by=by, at=at))
    return [
        Admitted(next(numbers)) if isinstance(why, Begun) else Admitted(refused=_reason(why), field=_at(why))
        for why in told
    ]


def _found(admissions: Sequence[Admission], *, by: Actor, at: datetime) -> _Ground:
    person_ids = {row.person_id for row in admissions}
    persons = hold_all(person_ids=person_ids)
    with beyond():
        stretches = stretches_of_many(person_ids=person_ids)
    known = list(stretches)
    unions = _unions({row.union_id for row in admissions}, by=by, today=day_of(at))
    return _Ground(
        by=by,
        today=day_of(at),
        unions=unions,
        persons=persons,
        stretches=defaultdict(list, stretches),
        first_days=first_days_of_many(person_ids=known) if known else {},
        least=cache(lambda union_id, day: value_of(key=LEAST_AGE, unit_id=union_id, day=day).of(int)),
    )


def _unions(unit_ids: set[int], *, by: Actor, today: date) -> "dict[int, Organisation]":
    """The unions of the scope, the living at once, those that are closed one by one."""
    scope = by.scope_for(Word.ENROL)
    rows = network.organisations_in_scope(scope=scope, filters=network.Filters(), today=today)
    found = {row.pk: row for row in rows.filter(pk__in=unit_ids)}
    for unit_id in unit_ids - found.keys():
        with suppress(NotVisible):
            found[unit_id] = network.organisation_in_scope(unit_id=unit_id, scope=scope)
    return found


def _judged(row: Admission, ground: _Ground, begun: Begun) -> Begun | NiangjiaError:
    """Why the stretch begins, or why there is none; a row that is let in stands for the rows after it."""
    try:
        why = _require(row, ground, begun)
    except NiangjiaError as error:
        return error
    union = ground.unions[row.union_id]
    standing = Standing(union.pk, union.name, State.ACTIVE, row.since, None)
    ground.stretches[row.person_id].append(Reach(Counting(union.path, standing), row.counts))
    if row.counts:
        first = ground.first_days.get(row.person_id, row.since)
        ground.first_days[row.person_id] = min(first, row.since)
    return why


def _require(row: Admission, ground: _Ground, begun: Begun) -> Begun:
    """The rules of `admit` and `affiliate`, in their order."""
    union = ground.unions.get(row.union_id)
    if union is None or not ground.by.may(Word.ENROL, at=union.path):
        raise NotVisible
    rules.require_joinable(OrgKind(union.kind))
    rules.require_day(row.since, today=ground.today, founded=union.established_on, closed=union.closed_on)
    person = ground.persons.get(row.person_id)
    if person is None:
        raise NotVisible
    if person.deceased_on is not None and person.deceased_on <= row.since:
        raise Refused(say("这个人已登记去世，不能再登记会籍。"), field="person")
    if _may_be_too_young(person.birth_date, row.since):
        rules.require_age(person.birth_date, since=row.since, least=ground.least(union.pk, row.since))
    stretches = ground.stretches[row.person_id]
    counting = [one for one in stretches if one.counts and _reaches(one, row.since)]
    if row.counts:
        visible = all(ground.by.may(Word.READ, at=one.counting.path) for one in counting)
        rules.require_none_counting(
            [one.standing for one in counting], union_id=union.pk, since=row.since, visible=visible
        )
    elif not counting:
        raise Refused(say("这个人还没有计数的会籍。请直接登记为会员。"), field="person")
    if any(one.standing.union_id == union.pk and _reaches(one, row.since) for one in stretches):
        raise Refused(say("这个人已在这家工会登记过，不用重复登记。"), field="person")
    return _why(row, ground, begun)


def _reaches(one: Reach, day: date) -> bool:
    return one.standing.until is None or one.standing.until > day


def _why(row: Admission, ground: _Ground, begun: Begun) -> Begun:
    if not row.counts:
        return Begun.AFFILIATED
    before = ground.first_days.get(row.person_id)
    return Begun.REJOINED if begun is Begun.JOINED and before is not None and before < row.since else begun


def _may_be_too_young(born: date | None, since: date) -> bool:
    """Whether the policy has to be asked: no union may set more than the bound of the catalogue."""
    shipped = policy.shipped().definition(LEAST_AGE)
    most = shipped.shape.bounds.high
    if not any(default.period.covers(since) for default in shipped.defaults) or not isinstance(most, int):
        return True
    return born is None or age_on(born, max(born, since)) < most


def _enter(
    entered: Sequence[tuple[Admission, Begun]], ground: _Ground, *, by: Actor, at: datetime
) -> Sequence[int]:
    if not entered:
        return ()
    numbers = reserve_numbers(Membership, len(entered))
    keys = keys_for({row.person_id for row, _ in entered if row.draft.fee_base_fen is not None})
    rows = [
        _columns(number, row, why, ground, keys) for number, (row, why) in zip(numbers, entered, strict=True)
    ]
    try:
        with transaction.atomic():
            insert_rows(Membership, rows)
    except IntegrityError as error:
        if "membership_" not in str(error):
            raise
        raise Refused(say("刚刚有人登记了其中的会员。请核对后再办一次。"), field="person") from error
    _keep(entered, ground.persons)
    journal.record_rows("admit_members", (_line(row) for row in rows), by=by, at=at, kind=KIND)
    fold_soon()
    return numbers


def _columns(number: int, row: Admission, why: Begun, ground: _Ground, keys: Keys) -> dict[str, Any]:
    draft = {name: getattr(row.draft, name) for name in row.draft.__dataclass_fields__}
    base = draft.pop("fee_base_fen")
    return {
        "id": number,
        "person_id": row.person_id,
        "union_id": row.union_id,
        "path": ground.unions[row.union_id].path,
        "since": row.since,
        "joined_on": row.since,
        "counts": row.counts,
        "begun": why,
        "fee_base": None if base is None else keys.seal(str(base), person_id=row.person_id, **BASE),
        **draft,
    }


def _line(row: Mapping[str, Any]) -> dict[str, Any]:
    told = ("person_id", "counts", "since", "begun", "employer_id")
    return {"membership": row["id"], "union": row["union_id"], **{name: row[name] for name in told}}


def _keep(entered: Collection[tuple[Admission, Begun]], persons: "Mapping[int, Person]") -> None:
    """Each person stands in the register of the union that counts him."""
    counted = {row.person_id: row.union_id for row, _ in entered if row.counts}
    moving = {who: union for who, union in counted.items() if persons[who].keeper_id != union}
    keep_each_at(keepers=moving)


def _reason(error: NiangjiaError) -> Said:
    return error.reasons[0]


def _at(error: NiangjiaError) -> str:
    return (error.field or "") if isinstance(error, Refused) else ""
