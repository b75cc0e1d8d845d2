"""Find my union: by its name, my employer's name, or a place; and who is responsible there (S-NB-02)."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Case, When
from django.db.models.functions import Length

from niangjia.kernel.access import PUBLIC_ROWS
from niangjia.network import queries as network
from niangjia.network.queries.public import former_names
from niangjia.network.rules import GENERAL, KIND_LABELS, OrgKind
from niangjia.portal.queries.nearby import Near, facilities_near, facilities_under, unions_near
from niangjia.portal.queries.places import Place, place_of
from niangjia.portal.rules import Position, distance_km, employer_name
from niangjia.restructuring.queries import successors_of

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from niangjia.network.models import Organisation

SHOWN = 12


@dataclass(frozen=True, slots=True)
class Found:
    """A union that was found: why, and how far away if the reader's position is known."""

    unit_id: int
    name: str
    kind: str
    place: str
    formerly: str = ""
    employer: str = ""
    distance: float | None = None


@dataclass(frozen=True, slots=True)
class Findings:
    """What was asked and what was found."""

    place: Place
    unions: Sequence[Found] = ()
    employers: Sequence[Found] = ()
    responsible: "Organisation | None" = None
    near: Sequence[Near] = ()
    facilities: Sequence[Near] = ()
    more: bool = False
    asked: bool = False


def findings(*, name: str, place_id: int | None, here: Position | None, today: date) -> Findings:
    """The unions that a name, a place or a position leads to."""
    place = place_of(division_id=place_id, day=today)
    responsible = _responsible(place, today)
    under = responsible.path if responsible else ""
    unions = _named(name, under, today, here) if name else _standing_at(place, responsible, today, here)
    employers = _by_employer(name, under, today, also_uncovered=not unions) if name else []
    return Findings(
        place=place,
        unions=unions[:SHOWN],
        employers=employers,
        responsible=responsible,
        near=unions_near(here=here, day=today) if here and not name and not place.here else (),
        facilities=facilities_near(here=here, under=under, day=today)
        if here
        else facilities_under(under=under, day=today),
        more=len(unions) > SHOWN,
        asked=bool(name or place.here or here),
    )


def _responsible(place: Place, today: date) -> "Organisation | None":
    """The general union of the place, or of the nearest place above that has one."""
    if not place.chain:
        return None
    depth = {division.pk: level for level, division in enumerate(place.chain)}
    filters = network.Filters(kinds=GENERAL)
    rows = network.public_organisations(filters=filters, today=today).filter(unit__division_id__in=depth)
    return max(rows, key=lambda row: depth.get(row.unit.division_id or 0, 0), default=None)


def _named(name: str, under: str, today: date, here: Position | None) -> list[Found]:
    filters = network.Filters(name=name, under=under)
    rows = network.public_organisations(filters=filters, today=today)
    rows = _with_places(rows).order_by(Length("name"), "path")[: SHOWN + 1]
    found = list(rows)
    missing = [row.pk for row in found if name not in row.name]
    old = {row.organisation_id: row.name for row in former_names(unit_ids=missing)} if missing else {}
    rows_found = [_found(row, here, formerly=old.get(row.pk, "")) for row in found]
    rows_found += [] if found else _through_heirs(name, today, here)
    return sorted(rows_found, key=lambda row: math.inf if row.distance is None else row.distance)


def _through_heirs(name: str, today: date, here: Position | None) -> list[Found]:
    """The unions that took over from one of this name: whoever looks for the old one finds the new."""
    filters = network.Filters(name=name, state="closed")
    ended = {row.pk: row.name for row in network.public_organisations(filters=filters, today=today)[:SHOWN]}
    successors = successors_of(unit_ids=ended) if ended else {}
    heirs = {one.unit_id: ended[old] for old, rows in successors.items() for one in rows}
    rows = network.public_organisations(filters=network.Filters(), today=today).filter(pk__in=heirs)
    return [_found(row, here, formerly=heirs[row.pk]) for row in _with_places(rows)[:SHOWN]] if heirs else []


def _standing_at(
    place: Place, responsible: "Organisation | None", today: date, here: Position | None
) -> list[Found]:
    """The unions of a place, its own first; a high place shows the general unions right below."""
    if place.here is None or responsible is None:
        return []
    filters = network.Filters(under=responsible.path)
    rows = _with_places(network.public_organisations(filters=filters, today=today))
    if not place.is_low:
        rows = rows.filter(unit__parent_id=responsible.pk, kind__in=GENERAL)
    own_first = Case(
        When(unit__division_id=place.here.pk, then=0),
        When(kind=OrgKind.FEDERATION, then=1),
        When(kind=OrgKind.JOINT, then=2),
        default=3,
    )
    rows = rows.exclude(pk=responsible.pk).order_by(own_first, "path")
    return [_found(row, here) for row in rows[: SHOWN + 1]]


def _by_employer(name: str, under: str, today: date, *, also_uncovered: bool) -> list[Found]:
    """Unions by the name of an employer they cover; failing that, the union in whose register it stands."""
    for covered in (None, False) if also_uncovered else (None,):
        filters = network.Filters(name=name, under=under, covered=covered)
        rows = network.employers_in_scope(scope=PUBLIC_ROWS, filters=filters, today=today)
        found = [
            Found(
                row.keeper_id,
                row.keeper.name,
                KIND_LABELS[OrgKind(row.keeper.kind)],
                "",
                employer=employer_name(row.name, kind=row.kind),
            )
            for row in rows.order_by(Length("name"), "path", "pk")[:SHOWN]
        ]
        if found:
            return found
    return []


def _with_places(rows: "QuerySet[Organisation]") -> "QuerySet[Organisation]":
    return rows.select_related("unit__division", "unit__parent")


def _found(row: "Organisation", here: Position | None, *, formerly: str = "") -> Found:
    division: Any = row.unit.division
    place = row.address or (division.full_name or division.name if division else "")
    parent = row.unit.parent
    return Found(
        unit_id=row.pk,
        name=row.name,
        kind=KIND_LABELS[OrgKind(row.kind)],
        place=place or (parent.name if parent else ""),
        formerly=formerly,
        distance=_distance(row, here),
    )


def _distance(row: "Organisation", here: Position | None) -> float | None:
    if here is None or row.latitude is None or row.longitude is None:
        return None
    return distance_km(here, Position(row.latitude, row.longitude))
