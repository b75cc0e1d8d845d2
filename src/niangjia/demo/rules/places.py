"""The general unions of Zhejiang on the real divisions: names and codes only, no people. Pure."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from importlib import resources

from niangjia.demo.rules.growing import Town
from niangjia.demo.rules.sketch import OrganisationSketch, Sketch
from niangjia.demo.rules.terms import last_term
from niangjia.network.rules import OrgKind

TOWNS = {
    "330106005": ("翠苑街道", "西湖区"),
    "330112111": ("湍口镇", "临安区"),
    "330328100": ("大峃镇", "文成县"),
    "330783123": ("横店镇", "东阳市"),
    "330803110": ("大洲镇", "衢江区"),
}
"""Towns outside Ningbo that the page speaks of, with their counties."""

NINGBO_SMALL = ("330203002", "330205005", "330205007", "330282110", "330212001", "330281001")
"""Towns of Ningbo that stand in the small world."""


@dataclass(frozen=True, slots=True)
class Places:
    """Cities with their counties, and the towns of Ningbo, by official code."""

    cities: Mapping[str, str]
    counties: Mapping[str, str]
    ningbo: Mapping[str, str]

    @classmethod
    def read(cls) -> "Places":
        """The outline that ships with the demo world."""
        text = resources.files("niangjia.demo.rules").joinpath("places.toml").read_text(encoding="utf-8")
        told = tomllib.loads(text)
        return cls(
            cities={row["code"]: row["name"] for row in told["cities"]},
            counties=dict(pair.split(" ", 1) for row in told["cities"] for pair in row["counties"]),
            ningbo=dict(pair.split(" ", 1) for towns in told["ningbo"].values() for pair in towns),
        )


def general_unions(places: Places, *, today: date, towns: Mapping[str, str]) -> Sketch:
    """The provincial union, 11 city and 90 county unions, and a union in each of the towns named."""
    rows = [_union("33", OrgKind.PROVINCE, "浙江省", "", date(1949, 9, 1), today)]
    rows += [
        _union(code, OrgKind.CITY, name, "33", date(1951, 5, 1), today)
        for code, name in places.cities.items()
    ]
    rows += [
        _union(code, OrgKind.COUNTY, name, code[:4], date(1953, 5, 1), today)
        for code, name in places.counties.items()
    ]
    rows += [
        _union(code, OrgKind.TOWN, name, code[:6], date(1998, 5, 1), today) for code, name in towns.items()
    ]
    return Sketch(organisations=rows)


def grown_towns(places: Places, codes: Sequence[str]) -> list[Town]:
    """Towns in which federations grow."""
    return [
        Town(
            key=code,
            name=places.ningbo[code],
            county_key=code[:6],
            county=places.counties[code[:6]],
            division=code,
        )
        for code in codes
    ]


def _union(code: str, kind: OrgKind, name: str, parent: str, since: date, today: date) -> OrganisationSketch:
    _, ends = last_term(since, years=5, today=today)
    return OrganisationSketch(
        key=code,
        kind=kind,
        name=f"{name}总工会",
        established_on=since,
        parent=parent,
        division=code,
        term_years=5,
        term_ends_on=ends,
    )
