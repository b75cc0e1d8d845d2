"""What is near: facilities and unions by distance, only if the reader gave a position (S-NB-02)."""

import math
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import ExpressionWrapper, F, FloatField

from niangjia.bodies.queries import public_facilities
from niangjia.bodies.rules import FACILITY_LABELS, FacilityKind
from niangjia.network import queries as network
from niangjia.network.rules import KIND_LABELS, OrgKind
from niangjia.portal.rules import Position, distance_km

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from niangjia.bodies.models import Facility

NEAREST = 4


@dataclass(frozen=True, slots=True)
class Near:
    """A place to go: what it is, when it is open, where, how far."""

    unit_id: int
    name: str
    kind: str
    hours: str
    address: str
    keeper: str
    distance: float | None = None


def facilities_near(*, here: Position, under: str, day: date) -> list[Near]:
    """The nearest facilities with a position, nearest first."""
    rows = _by_distance(public_facilities(day=day, under=under), here)[:NEAREST]
    return [_near(row, distance_km(here, Position(row.latitude, row.longitude))) for row in rows]


def facilities_under(*, under: str, day: date) -> list[Near]:
    """The facilities of a place, in tree order; nothing where no place is known."""
    return [_near(row) for row in public_facilities(day=day, under=under)[:NEAREST]] if under else []


def some_facilities(*, day: date) -> list[Near]:
    """A few facilities for a reader who has said neither place nor position."""
    return [_near(row) for row in public_facilities(day=day)[:NEAREST]]


def unions_near(*, here: Position, day: date) -> list[Near]:
    """The nearest general unions and federations with a position."""
    filters = network.Filters(kinds=(OrgKind.TOWN, OrgKind.COUNTY, OrgKind.FEDERATION))
    rows = _by_distance(network.public_organisations(filters=filters, today=day), here)[:NEAREST]
    return [
        Near(
            unit_id=row.pk,
            name=row.name,
            kind=KIND_LABELS[OrgKind(row.kind)],
            hours="",
            address=row.address,
            keeper=row.name,
            distance=distance_km(here, Position(row.latitude, row.longitude)),
        )
        for row in rows
    ]


def _by_distance(rows: "QuerySet[Any]", here: Position) -> "QuerySet[Any]":
    """Ordered by the flat distance, good enough for an order; kilometres are computed afterwards."""
    shrink = math.cos(math.radians(here.latitude))
    north, east = F("latitude") - here.latitude, (F("longitude") - here.longitude) * shrink
    square = ExpressionWrapper(north * north + east * east, output_field=FloatField())
    return rows.filter(latitude__isnull=False, longitude__isnull=False).order_by(square, "pk")


def _near(row: "Facility", distance: float | None = None) -> Near:
    return Near(
        unit_id=row.organisation_id,
        name=row.name,
        kind=FACILITY_LABELS[FacilityKind(row.kind)],
        hours=row.opening_hours,
        address=row.address or row.organisation.address,
        keeper=row.organisation.name,
        distance=distance,
    )
