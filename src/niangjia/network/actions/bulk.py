"""Many organisations and employers at once: the same rules and rows as one by one, one journal line for all.

The journal line holds the Merkle root of the rows (house.md §3.5); a test holds both paths equal.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Count

from niangjia.kernel import journal
from niangjia.kernel.access import Actor
from niangjia.kernel.clock import day_of
from niangjia.kernel.errors import Refused
from niangjia.kernel.inserting import insert_rows, reserve_numbers
from niangjia.kernel.periods import Period
from niangjia.kernel.words import say
from niangjia.network import rules
from niangjia.network.actions.covering import EmployerDraft, require_free_code
from niangjia.network.actions.founding import OrganisationDraft
from niangjia.network.models import (
    Composition,
    Coverage,
    Employer,
    Organisation,
    OrganisationName,
)
from niangjia.network.permissions import Word
from niangjia.tree import queries as tree_queries
from niangjia.tree.actions import Planting, hold_the_tree, plant_units

if TYPE_CHECKING:
    from niangjia.tree.models import Unit

KIND = "network.bulk"


@dataclass(frozen=True, slots=True)
class Founding:
    """An organisation to be founded; `parent` is the key of an earlier founding, or a unit's number.

    With `composed_on` a primary union becomes N or X of the federation under which it is founded.
    """

    key: str
    draft: OrganisationDraft
    parent: str | int | None = None
    composed_on: date | None = None


@dataclass(frozen=True, slots=True)
class Registration:
    """An employer and the unions that reach it: the first coverage counts, others are affiliations."""

    key: str
    draft: EmployerDraft
    keeper_id: int
    unions: tuple[tuple[int, date], ...] = ()


@transaction.atomic
def found_organisations(
    *, foundings: Sequence[Founding], today: date, by: Actor, at: datetime
) -> dict[str, int]:
    """The organisations stand in the register, parents before children; returns unit numbers by key.

    Equal to `found_organisation` for each; the first that it would refuse refuses all.
    """
    hold_the_tree(shared=True)
    standing = _standing({row.parent for row in foundings if isinstance(row.parent, int)})
    places = {row.key: place for place, row in enumerate(foundings)}
    codes = [rules.require_union_code(row.draft.uscc) for row in foundings]
    _require_free_codes(codes)
    _require_no_namesakes(foundings)
    plantings = [_planting(row, foundings, places, standing, today=today, by=by) for row in foundings]
    units = plant_units(plantings=plantings)
    rows = [
        {**_columns(row.draft, without="division_id"), "uscc": code, "unit_id": unit.pk, "path": unit.path}
        for unit, row, code in zip(units, foundings, codes, strict=True)
    ]
    insert_rows(Organisation, rows)
    names = (
        {"organisation_id": row["unit_id"], "name": row["name"], "since": row["established_on"]}
        for row in rows
    )
    insert_rows(OrganisationName, names)
    pairs = list(zip(units, foundings, strict=True))
    insert_rows(Composition, (_composed(unit, row) for unit, row in pairs if row.composed_on))
    journal.record_rows("found_organisations", rows, by=by, at=at, kind=KIND)
    return {row.key: unit.pk for unit, row in pairs}


def _composed(unit: "Unit", row: Founding) -> dict[str, Any]:
    part = rules.part_of(row.draft.kind)
    return {"federation_id": unit.parent_id, "child_id": unit.pk, "part": part, "since": row.composed_on}


def _standing(unit_ids: Iterable[int]) -> dict[int, Organisation]:
    rows = Organisation.objects.select_related("unit").filter(pk__in=list(unit_ids))
    return {row.pk: row for row in rows}


def _planting(
    row: Founding,
    foundings: Sequence[Founding],
    places: Mapping[str, int],
    standing: Mapping[int, Organisation],
    *,
    today: date,
    by: Actor,
) -> Planting:
    words = say("建会日期不能晚于今天。请核对批复上的日期。")
    rules.require_not_future(row.draft.established_on, today=today, field="established_on", words=words)
    rules.require_mode(row.draft.kind, row.draft.mode)
    above = standing.get(row.parent) if isinstance(row.parent, int) else None
    place = places.get(row.parent) if isinstance(row.parent, str) else None
    if row.parent is not None and above is None and place is None:
        raise Refused(say("没有找到上级组织。请重新选择。"), field="parent")
    if place is None:
        by.require(Word.FOUND, at=above.path if above else "")
    kind = foundings[place].draft.kind if place is not None else above.kind if above else None
    rules.require_parent_kind(row.draft.kind, parent=rules.OrgKind(kind) if kind else None)
    if row.composed_on and kind != rules.OrgKind.FEDERATION:
        raise Refused(say("只有工会联合会可以编入单建会和联合基层工会。"), field="federation")
    return Planting(
        kind=row.draft.kind,
        name=row.draft.short_name or row.draft.name,
        since=row.draft.established_on,
        parent=place if place is not None else above.unit if above else None,
        division_id=row.draft.division_id,
    )


@transaction.atomic
def register_employers(*, registrations: Sequence[Registration], by: Actor, at: datetime) -> dict[str, int]:
    """The employers stand in the register, each covered once; returns numbers by key.

    Equal to `register_employer` and `cover_employer` for each; the first that those would refuse refuses all.
    """
    hold_the_tree(shared=True)
    unions = _standing({union for row in registrations for union, _ in row.unions})
    _require_reach(registrations, unions, by=by)
    codes = [rules.require_employer_code(row.draft.uscc) for row in registrations]
    _require_free_codes(codes)
    _require_room(registrations, unions)
    words = say("入册日不能晚于今天。")
    for row in registrations:
        rules.require_not_future(row.draft.since, today=day_of(at), field="since", words=words)
    numbers = reserve_numbers(Employer, len(registrations))
    rows = [
        {
            **_columns(row.draft),
            "uscc": code,
            "id": number,
            "keeper_id": row.unions[0][0] if row.unions else row.keeper_id,
            "covered_since": min((since for _, since in row.unions), default=None),
        }
        for number, row, code in zip(numbers, registrations, codes, strict=True)
    ]
    insert_rows(Employer, rows)
    pairs = list(zip(numbers, registrations, strict=True))
    insert_rows(Coverage, (cover for number, row in pairs for cover in _covers(number, row, unions)))
    journal.record_rows("register_employers", rows, by=by, at=at, kind=KIND)
    return {row.key: number for number, row in pairs}


def _covers(number: int, row: Registration, unions: Mapping[int, Organisation]) -> Iterator[dict[str, Any]]:
    """The rows of an employer's coverages: on every day the one recorded first counts (R-ORG-01)."""
    for union_id, since in row.unions:
        union = unions[union_id]
        rules.require_coverable(
            since, union=Period(union.established_on, union.closed_on), employer=Period(row.draft.since)
        )
    for cover, counts in rules.counted([rules.Cover(union, Period(since)) for union, since in row.unions]):
        yield {
            "union_id": cover.union_id,
            "path": unions[cover.union_id].path,
            "employer_id": number,
            "counts": counts,
            "since": cover.period.since,
            "until": cover.period.until,
        }


def _require_reach(
    registrations: Sequence[Registration], unions: Mapping[int, Organisation], *, by: Actor
) -> None:
    for keeper_id in {row.keeper_id for row in registrations}:
        by.require(Word.COVER, at=tree_queries.public_unit(unit_id=keeper_id).path)
    for union in unions.values():
        by.require(Word.COVER, at=union.path)


def _require_free_codes(codes: Sequence[str]) -> None:
    """Refuse a credit code that stands twice in the call or already in any register, union or employer."""
    told = [code for code in codes if code]
    if len(set(told)) != len(told):
        raise Refused(say("同一批里有重复的统一社会信用代码，请先合并。"), field="uscc")
    for rows in (Employer.objects.filter(uscc__in=told), Organisation.objects.filter(uscc__in=told)):
        known = rows.first() if told else None
        if known:
            require_free_code(known.uscc)


def _require_no_namesakes(foundings: Sequence[Founding]) -> None:
    pairs = {(row.parent, row.draft.name) for row in foundings}
    standing = [row.parent for row in foundings if isinstance(row.parent, int)]
    known = Organisation.objects.filter(unit__parent__in=standing, closed_on=None)
    twice = pairs & set(known.values_list("unit__parent", "name"))
    if twice or len(pairs) != len(foundings):
        name = next(iter(twice))[1] if twice else _doubled(row.draft.name for row in foundings)
        raise Refused(say("上级组织下面已有“{name}”，不用重复登记。", name=name), field="name")


def _doubled(names: Iterable[str]) -> str:
    return Counter(names).most_common(1)[0][0]


def _require_room(registrations: Sequence[Registration], unions: Mapping[int, Organisation]) -> None:
    rows = Coverage.objects.filter(union_id__in=list(unions), counts=True, until=None).values("union_id")
    held = {row["union_id"]: row["n"] for row in rows.annotate(n=Count("pk")).order_by()}
    for row in registrations:
        for place, (union_id, _) in enumerate(row.unions):
            if union_id not in unions:
                raise Refused(say("没有找到工会。请重新选择。"), field="union")
            rules.require_room_for_employer(
                rules.OrgKind(unions[union_id].kind), covered=held.get(union_id, 0)
            )
            held[union_id] = held.get(union_id, 0) + (place == 0)


def _columns(draft: OrganisationDraft | EmployerDraft, *, without: str = "") -> dict[str, object]:
    return {name: getattr(draft, name) for name in draft.__dataclass_fields__ if name != without}
