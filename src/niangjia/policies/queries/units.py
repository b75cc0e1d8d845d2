"""Choosing the union for which the page answers: down the tree, level by level."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from niangjia.kernel.errors import NotVisible
from niangjia.kernel.paths import depth
from niangjia.policies.rules import level_of
from niangjia.tree import queries as tree

MOST = 300


@dataclass(frozen=True, slots=True)
class UnitChoice:
    """A union in the list of the page, set in by its depth."""

    unit_id: int
    name: str
    depth: int


@dataclass(frozen=True, slots=True)
class ChosenUnit:
    """The chosen union with those above it."""

    unit_id: int
    name: str
    path: str
    kind: str


def chosen_unit(*, unit_id: int | None, day: date) -> ChosenUnit | None:
    """The union of that number as it stood on the day, or None where none is asked for."""
    if unit_id is None:
        return None
    unit = tree.public_unit(unit_id=unit_id)
    place = tree.placement_on(unit_id=unit_id, day=day)
    if place is None:
        raise NotVisible
    return ChosenUnit(unit.pk, unit.name, place.path, unit.kind)


def unit_choices(*, chosen: ChosenUnit | None, day: date) -> Sequence[UnitChoice]:
    """The way down to the chosen union and those right below it (at most 300), for a select."""
    choices: list[UnitChoice] = []
    if chosen is not None:
        above = tree.chain_above(path=chosen.path)
        choices = [UnitChoice(one.pk, one.name, place) for place, one in enumerate(above)]
        choices.append(UnitChoice(chosen.unit_id, chosen.name, depth(chosen.path) - 1))
    below = tree.units_right_below(unit_id=chosen.unit_id if chosen else None, day=day, limit=MOST)
    deeper = len(choices)
    return [*choices, *(UnitChoice(one.pk, one.name, deeper) for one in below if level_of(one.kind))]
