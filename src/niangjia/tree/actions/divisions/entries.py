"""The lists joined into rows of our own: one a division and name, with every code it bore and when. Pure."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from niangjia.tree.actions.divisions.history import NamedCounty, day_of_change, named_counties, successors
from niangjia.tree.actions.divisions.sources import (
    COUNTY_DIGITS,
    CivilAffairs,
    Listed,
    Statistics,
    YearBooks,
)

NBS, MCA = "nbs", "mca"
PROVINCE, CITY, COUNTY, TOWN, VILLAGE = range(1, 6)
_FILLERS = {"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"}
_COMMITTEES = (
    (re.compile(r"(?<=村)(村民委员会|村委会|委会)$"), ""),
    (re.compile(r"(?<!村)村民委员会$"), "村"),
    (re.compile(r"(?<=社区)(居民委员会|居委会|委员会)$"), ""),
    (re.compile(r"居民委员会$"), "居委会"),
)


def place_name(name: str) -> str:
    """The name of the place, where the list gives that of its committee.

    >>> place_name("高家村委会"), place_name("东村社区居委会"), place_name("南门居民委员会")
    ('高家村', '东村社区', '南门居委会')
    """
    for pattern, instead in _COMMITTEES:
        shorter = pattern.sub(instead, name)
        if shorter != name:
            return shorter
    return name


@dataclass(frozen=True, slots=True)
class Coded:
    """A code in one of the two systems, and when it held."""

    system: str
    code: str
    since: date
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A division as it will stand in the table; `key`, `parent` and `successor` are keys of the load."""

    key: str
    level: int
    name: str
    full_name: str
    parent: str
    since: date
    until: date | None = None
    successor: str = ""
    codes: tuple[Coded, ...] = ()


@dataclass
class Gathered:
    """Everything that was joined, in an order in which parents come first, and what found no partner."""

    entries: dict[str, Entry] = field(default_factory=dict)
    without_mca: list[Listed] = field(default_factory=list)
    without_nbs: list[Listed] = field(default_factory=list)

    def full_name(self, parent: str, name: str) -> str:
        """The name with those above it; "市辖区" and its like say nothing."""
        above = self.entries[parent].full_name if parent else ""
        return above if name in _FILLERS else above + name


def gather(folder: Statistics, *, province: str, since: date) -> Gathered:
    """China down to the county, with its past; one province (or, where empty, all) down to the village."""
    gathered, books, civil = Gathered(), YearBooks.read(), CivilAffairs()
    for level, rows in ((PROVINCE, folder.provinces()), (CITY, folder.cities())):
        for row in rows:
            _upper(gathered, row, level, since=_first_day(row.code, books, since), known=civil.upper)
    _counties(gathered, folder.counties(), books, civil, since)
    _towns(gathered, folder.towns(province), civil, since)
    for row in folder.villages(province):
        _below(gathered, row, VILLAGE, since=since)
    return gathered


def _first_day(code: str, books: YearBooks, since: date) -> date:
    year = books.first_years.get(code)
    return day_of_change(year, since=since) if year else since


def _upper(gathered: Gathered, row: Listed, level: int, *, since: date, known: Mapping[str, str]) -> None:
    codes = [Coded(NBS, row.code, since)]
    codes += [Coded(MCA, row.code, since)] if row.code in known else []
    full = gathered.full_name(row.parent, row.name)
    gathered.entries[row.code] = Entry(row.code, level, row.name, full, row.parent, since, codes=tuple(codes))


def _below(gathered: Gathered, row: Listed, level: int, *, since: date, mca: str = "") -> None:
    """A town or a village; it is never older than the county as it is named today."""
    name = place_name(row.name) if level == VILLAGE else row.name
    since = max(since, gathered.entries[row.parent].since)
    codes = [Coded(NBS, row.code, since)] + ([Coded(MCA, mca, since)] if mca else [])
    full = gathered.full_name(row.parent, name)
    gathered.entries[row.code] = Entry(row.code, level, name, full, row.parent, since, codes=tuple(codes))


def _towns(gathered: Gathered, rows: Iterable[Listed], civil: CivilAffairs, since: date) -> None:
    """Matched by county and name, since the two systems number towns differently."""
    seen: set[str] = set()
    counties: set[str] = set()
    for row in rows:
        code = civil.towns.get(row.parent, {}).get(row.name, "")
        _below(gathered, row, TOWN, since=since, mca=code)
        counties.add(row.parent)
        seen.add(code)
        if not code:
            gathered.without_mca.append(row)
    gathered.without_nbs += [
        Listed(code, name, county)
        for county in sorted(counties)
        for name, code in civil.towns.get(county, {}).items()
        if code not in seen
    ]


def _counties(
    gathered: Gathered, rows: Iterable[Listed], books: YearBooks, civil: CivilAffairs, since: date
) -> None:
    named = named_counties(books.counties)
    last_year = max(one.last for one in named)
    living = {one.codes[-1].code: one for one in named if one.last == last_year}
    listed = {row.code: row for row in rows}
    for row in listed.values():
        _county(gathered, row, living.get(row.code), since, known=civil.upper)
    after = successors(named, civil.became)
    current = {one.key: one.codes[-1].code for one in living.values()}
    past = [one for one in named if one.key not in current or current[one.key] not in listed]
    for one in sorted(past, key=lambda one: -one.last):
        _past_county(gathered, one, after, current, since, last_year)


def _county(
    gathered: Gathered, row: Listed, one: NamedCounty | None, since: date, *, known: Mapping[str, str]
) -> None:
    """A county of today's list, with the codes it bore under this name."""
    if one is None or one.name != row.name:
        _upper(gathered, row, COUNTY, since=since, known=known)
        return
    _upper(gathered, row, COUNTY, since=day_of_change(one.first, since=since), known=known)
    entry = gathered.entries[row.code]
    mca = tuple(replace(code, since=_last_change(one, since)) for code in entry.codes if code.system == MCA)
    gathered.entries[row.code] = replace(entry, codes=(*_dated(one, since, open_end=True), *mca))


def _last_change(one: NamedCounty, since: date) -> date:
    return day_of_change(one.codes[-1].first, since=since)


def _dated(one: NamedCounty, since: date, *, open_end: bool) -> Iterator[Coded]:
    for part in one.codes:
        is_last = part is one.codes[-1]
        until = None if is_last and open_end else day_of_change(part.last + 1, since=since)
        yield Coded(NBS, part.code, day_of_change(part.first, since=since), until)


def _past_county(
    gathered: Gathered,
    one: NamedCounty,
    after: Mapping[tuple[str, int], NamedCounty],
    current: Mapping[tuple[str, int], str],
    since: date,
    last_year: int,
) -> None:
    """A county under an earlier name, or one that is gone; it stands where its successor stands."""
    open_end = one.last == last_year
    successor = after.get(one.key)
    heir = _key(successor, current) if successor else ""
    code = one.codes[-1].code
    parent = gathered.entries[heir].parent if heir in gathered.entries else _city_of(gathered, code)
    codes = tuple(_dated(one, since, open_end=open_end))
    entry = Entry(
        _key(one, current),
        COUNTY,
        one.name,
        gathered.full_name(parent, one.name),
        parent,
        codes[0].since,
        codes[-1].until,
        heir,
        codes,
    )
    gathered.entries[entry.key] = entry


def _key(one: NamedCounty, current: Mapping[tuple[str, int], str]) -> str:
    """Today's code of a living county; code and last year of one that is gone."""
    return current.get(one.key) or f"{one.codes[-1].code}/{one.last}"


def _city_of(gathered: Gathered, code: str) -> str:
    city = code[: COUNTY_DIGITS - 2]
    return city if city in gathered.entries else code[:2]
