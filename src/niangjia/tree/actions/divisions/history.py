"""What the yearly tables say of a county: which name it bore, under which code, and what came after. Pure.

A table shows the state at the end of its year, and no list says the day of a change. So a change counts
from the last day of the first year that shows it; what the first table shows already is older than anybody
can read here.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from niangjia.tree.actions.divisions.sources import YearRow

FIRST_BOOK = 1980
CLEAN_FROM = 1990
"""The announced changes before it are mixed up with the renumberings of the eighties and are not believed."""


@dataclass(frozen=True, slots=True)
class CodeYears:
    """A code that a county bore from one year to another, both inside."""

    code: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class NamedCounty:
    """A county as long as it bore one name: its codes in their order."""

    province: str
    name: str
    codes: tuple[CodeYears, ...]

    @property
    def first(self) -> int:
        """The first year."""
        return self.codes[0].first

    @property
    def last(self) -> int:
        """The last year."""
        return self.codes[-1].last

    @property
    def key(self) -> tuple[str, int]:
        """Code and last year of its last code: they never change once the year is over."""
        return self.codes[-1].code, self.last


def day_of_change(year: int, *, since: date) -> date:
    """The day from which a state counts that a yearly table is the first to show.

    >>> day_of_change(2017, since=date(2000, 1, 1)), day_of_change(1980, since=date(1949, 10, 1))
    (datetime.date(2017, 12, 31), datetime.date(1949, 10, 1))
    """
    shown = date(year, 12, 31)
    return min(shown, since) if year == FIRST_BOOK else shown


def named_counties(rows: Iterable[YearRow]) -> list[NamedCounty]:
    """Every county of every year, cut where its name changes or a year is missing."""
    found: list[NamedCounty] = []
    by_label = sorted(rows, key=lambda row: (row.province, row.label, row.year, row.code))
    for (province, _), same in groupby(by_label, key=lambda row: (row.province, row.label)):
        years = list(same)
        stays = _stays(years)
        start = 0
        for place in range(1, len(stays) + 1):
            if place == len(stays) or stays[place].first != stays[place - 1].last + 1:
                found.append(NamedCounty(province, years[0].name, tuple(stays[start:place])))
                start = place
    return found


def _stays(rows: Sequence[YearRow]) -> list[CodeYears]:
    stays: list[CodeYears] = []
    for row in rows:
        if stays and stays[-1].code == row.code and stays[-1].last + 1 == row.year:
            stays[-1] = CodeYears(row.code, stays[-1].first, row.year)
        else:
            stays.append(CodeYears(row.code, row.year, row.year))
    return stays


def successors(
    named: Sequence[NamedCounty], became: Mapping[str, Sequence[tuple[int, str]]]
) -> dict[tuple[str, int], NamedCounty]:
    """What came after each county that ended: as announced, else what begins then with a like name.

    A county of which neither is known has no successor here: none is guessed.
    """
    last_year = max(one.last for one in named)
    standing: dict[tuple[str, int], list[NamedCounty]] = {}
    for one in named:
        for year in range(one.first, one.last + 1):
            standing.setdefault((one.province, year), []).append(one)
    found = {
        one.key: _announced(one, became, standing) or _alike(one, standing)
        for one in named
        if one.last < last_year
    }
    return {key: after for key, after in found.items() if after is not None}


Standing = Mapping[tuple[str, int], Sequence[NamedCounty]]


def _announced(
    one: NamedCounty, became: Mapping[str, Sequence[tuple[int, str]]], standing: Standing
) -> NamedCounty | None:
    """The county that took it over, as announced for the year after its last or the one beside it."""
    told = became.get(one.codes[-1].code, ())
    names = {name for year, name in told if year >= CLEAN_FROM and abs(year - one.last - 1) <= 1}
    after = standing.get((one.province, one.last + 1), ())
    return next((other for other in after if other.name in names), None)


def _alike(one: NamedCounty, standing: Standing) -> NamedCounty | None:
    """The county that begins when it ends and bears its name in another rank: 临安市, 临安区."""
    stem = one.name[:-1]
    after = standing.get((one.province, one.last + 1), ())
    return next((other for other in after if other.first > one.last and other.name.startswith(stem)), None)
