"""Reads of the dated tree: who stands where, on which day, seen from which scope."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Case, Q, QuerySet, Value, When

from niangjia.kernel.access import Scope
from niangjia.kernel.dated import ahead_of, holds_on
from niangjia.kernel.errors import NotVisible
from niangjia.kernel.paths import CEILING, ancestors, unit_id_of
from niangjia.kernel.scoping import within
from niangjia.tree.models import Placement, Relation, Unit


def unit_in_scope(*, unit_id: int, scope: Scope) -> Unit:
    """The unit, if the scope covers it; otherwise it does not exist for the reader (404)."""
    unit = within(Unit.objects.all(), scope=scope).filter(pk=unit_id).first()
    if unit is None:
        raise NotVisible
    return unit


def units_in_scope(*, scope: Scope) -> QuerySet[Unit]:
    """Every unit of the scope in tree order."""
    return within(Unit.objects.all(), scope=scope).order_by("path")


def public_unit(*, unit_id: int) -> Unit:
    """A unit as the public sees it; every union's name is public."""
    unit = Unit.objects.filter(pk=unit_id).first()
    if unit is None:
        raise NotVisible
    return unit


def chain_above(*, path: str) -> QuerySet[Unit]:
    """The units above a path, root first: names for breadcrumbs. The path may be that of another day."""
    above = [unit_id_of(step) for step in ancestors(path)]
    depth = Case(*(When(pk=pk, then=Value(place)) for place, pk in enumerate(above)), default=Value(0))
    return Unit.objects.filter(pk__in=above).order_by(depth)


def placement_on(*, unit_id: int, day: date) -> Placement | None:
    """Where a unit stood on a day, or None if it did not exist then."""
    return Placement.objects.filter(holds_on(day), unit_id=unit_id).first()


def placements_within(*, path: str, day: date) -> QuerySet[Placement]:
    """Every unit that stood at or under `path` on a day; `path` is the path of that day."""
    return Placement.objects.filter(holds_on(day), path__gte=path, path__lt=path + CEILING)


def chain_ids_on(*, unit_id: int, day: date) -> tuple[int, ...]:
    """The unit and those above it on a day, nearest first: the chain along which policies resolve."""
    place = placement_on(unit_id=unit_id, day=day)
    if place is None:
        return ()
    above = tuple(unit_id_of(path) for path in ancestors(place.path))
    return (unit_id, *reversed(above))


def line_paths(*, unit_id: int, day: date) -> tuple[str, ...]:
    """Today's paths of the units that a unit guides or leads by line on a day (read and advise)."""
    guided = Relation.objects.filter(holds_on(day), guide_id=unit_id)
    return tuple(guided.order_by("child__path").values_list("child__path", flat=True))


def names_of(*, unit_ids: Iterable[int]) -> dict[int, str]:
    """Names by unit number, in one query."""
    return dict(Unit.objects.filter(pk__in=list(unit_ids)).values_list("pk", "name"))


def placements_right_below(*, unit_id: int, day: date) -> QuerySet[Placement]:
    """The placements, on a day, of the units whose primary parent was `unit_id`, in tree order."""
    return Placement.objects.filter(holds_on(day), parent_id=unit_id).order_by("path")


def children_from(*, unit_id: int, day: date) -> set[int]:
    """The units that stand right below one on a day, or will on a later one."""
    rows = Placement.objects.filter(ahead_of(day), parent_id=unit_id)
    return set(rows.values_list("unit_id", flat=True))


def ids_within(*, unit_ids: Iterable[int]) -> set[int]:
    """The units and all that hang below them today, ended and future ones too."""
    found = set(unit_ids)
    for path in Unit.objects.filter(pk__in=found).values_list("path", flat=True):
        inside = Unit.objects.filter(path__gte=path, path__lt=path + CEILING)
        found |= set(inside.values_list("pk", flat=True))
    return found


def kept_rows(*, units: Iterable[int]) -> tuple[QuerySet[Any], ...]:
    """The rows of these units, as `kernel.images` takes them."""
    ids = list(units)
    return (
        Unit.objects.filter(pk__in=ids),
        Placement.objects.filter(unit__in=ids),
        Relation.objects.filter(Q(child__in=ids) | Q(guide__in=ids)),
    )


def units_right_below(*, unit_id: int | None, day: date, limit: int) -> list[Unit]:
    """The units right below one on a day, or the roots; at most `limit`, in tree order."""
    places = (
        Placement.objects.filter(holds_on(day), parent_id=unit_id).order_by("path").select_related("unit")
    )
    return [place.unit for place in places[:limit]]
