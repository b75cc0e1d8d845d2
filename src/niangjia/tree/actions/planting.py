"""Many units at once: the same rows as one by one, in a few statements."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from niangjia.kernel.inserting import insert_rows, reserve_numbers
from niangjia.tree import rules
from niangjia.tree.actions.standing import hold_the_tree
from niangjia.tree.models import Placement, Unit
from niangjia.tree.rules import Stay

COLUMNS = ("id", "kind", "name", "path", "parent_id", "division_id", "since")


@dataclass(frozen=True, slots=True)
class Planting:
    """A unit to be planted: under a standing unit, or under an earlier one of the call (by its place)."""

    kind: str
    name: str
    since: date
    parent: Unit | int | None = None
    division_id: int | None = None


@transaction.atomic
def plant_units(*, plantings: Sequence[Planting]) -> list[Unit]:
    """New units under their parents, parents before children; equal to `plant_unit` for each."""
    hold_the_tree(shared=True)
    standing = _stays_of({row.parent.pk for row in plantings if isinstance(row.parent, Unit)})
    units: list[Unit] = []
    own: list[list[Stay]] = []
    for number, planting in zip(reserve_numbers(Unit, len(plantings)), plantings, strict=True):
        parent = units[planting.parent] if isinstance(planting.parent, int) else planting.parent
        above = (
            own[planting.parent] if isinstance(planting.parent, int) else standing.get(_number_of(parent), [])
        )
        units.append(_unit(number, planting, parent))
        own.append(_stays(number, planting, above, rooted=parent is None))
    insert_rows(Unit, ({name: getattr(unit, name) for name in COLUMNS} for unit in units))
    insert_rows(
        Placement, ({name: getattr(one, name) for name in Stay.__slots__} for stays in own for one in stays)
    )
    return units


def _number_of(unit: Unit | None) -> int:
    return unit.pk if unit else 0


def _unit(number: int, planting: Planting, parent: Unit | None) -> Unit:
    return Unit(
        pk=number,
        kind=planting.kind,
        name=planting.name,
        parent=parent,
        division_id=planting.division_id,
        since=planting.since,
        path=rules.path_under(number, parent_path=parent.path if parent else ""),
    )


def _stays(number: int, planting: Planting, above: Sequence[Stay], *, rooted: bool) -> list[Stay]:
    first = Stay(number, None, rules.path_under(number, parent_path=""), planting.since)
    if rooted:
        return [first]
    rules.require_parent_stands(above, since=rules.NEVER)
    return list(rules.carried([first], unit_id=number, above=above, since=planting.since))


def _stays_of(unit_ids: Iterable[int]) -> dict[int, list[Stay]]:
    found: dict[int, list[Stay]] = {}
    rows = Placement.objects.filter(unit_id__in=list(unit_ids)).order_by("unit_id", "since")
    for row in rows.values_list("unit_id", "parent_id", "path", "since", "until"):
        found.setdefault(row[0], []).append(Stay(*row))
    return found
