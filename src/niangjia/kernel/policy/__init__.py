"""Policy as dated data (house.md §3.2): no figure of a rule stands in code.

    policy.on("aid.notice_workdays", day, chain, values).of(int)

`chain` are the ids of the units from the nearest to the highest, `values` what they set for themselves.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import cast

from niangjia.kernel.policy.catalogue import Catalogue, CatalogueError, shipped
from niangjia.kernel.policy.definitions import (
    LEVEL_WORDS,
    UNITS,
    Default,
    Definition,
    Level,
    Text,
    dim,
)
from niangjia.kernel.policy.kinds import Bounds, Kind, Shape, dump
from niangjia.kernel.policy.proposing import require_local_value, validate_local_value
from niangjia.kernel.policy.resolving import Decided, LocalValue, OutOfForce, decide
from niangjia.kernel.workdays import Calendar

__all__ = [
    "LEVEL_WORDS",
    "UNITS",
    "Bounds",
    "Catalogue",
    "CatalogueError",
    "Decided",
    "Default",
    "Definition",
    "Kind",
    "Level",
    "LocalValue",
    "OutOfForce",
    "Shape",
    "Text",
    "decide",
    "dump",
    "on",
    "require_local_value",
    "shipped",
    "validate_local_value",
    "workday_calendar",
]


def on(
    key: str, day: date, chain: Sequence[int] = (), values: Iterable[LocalValue] = (), **dims: object
) -> Decided:
    """The value of a shipped policy in force on the day, for the first unit of the chain.

    >>> on("rating.subsidy_ceiling_person_year", date(2018, 8, 1)).value
    Yuan(500000)
    """
    return decide(shipped().definition(key), day, chain, values, **dims)


def workday_calendar(
    values: Iterable[LocalValue] = (), chain: Sequence[int] = (), *, catalogue: Catalogue | None = None
) -> Calendar:
    """The working days of every year that the policy `calendar.workdays` knows, shipped or set by a union."""
    definition = (catalogue or shipped()).definition("calendar.workdays")
    values = [value for value in values if value.key == definition.key and value.unit_id in chain]
    dated: list[Default | LocalValue] = [*definition.defaults, *values]
    years = {dim(one.dims["year"]) for one in dated if "year" in one.dims}
    return Calendar.of_years({int(year): _year(definition, year, chain, values) for year in sorted(years)})


def _year(
    definition: Definition, year: str, chain: Sequence[int], values: Iterable[LocalValue]
) -> Mapping[str, Sequence[date]]:
    decided = decide(definition, date(int(year), 12, 31), chain, values, year=year)
    return cast("Mapping[str, Sequence[date]]", decided.value)
