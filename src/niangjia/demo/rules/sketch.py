"""A world on paper: what is to stand where and since when. Whoever lays it down turns it into rows. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from niangjia.bodies.rules import FacilityKind, Obtained, PostKind, ZoneKind
from niangjia.network.rules import EmployerKind, OrgKind, Sector


@dataclass(frozen=True, slots=True)
class OrganisationSketch:
    """A union or federation. `division` is an official code; `composed_on` makes it N or X of its parent."""

    key: str
    kind: OrgKind
    name: str
    established_on: date
    parent: str = ""
    short_name: str = ""
    mode: str = ""
    sector: str = ""
    division: str = ""
    address: str = ""
    phone: str = ""
    uscc: str = ""
    approval_doc_no: str = ""
    term_years: int | None = None
    term_ends_on: date | None = None
    latitude: float | None = None
    longitude: float | None = None
    composed_on: date | None = None


GENERAL_UNIONS = {
    "province": OrgKind.PROVINCE, "city": OrgKind.CITY, "county": OrgKind.COUNTY, "town": OrgKind.TOWN,
}  # fmt: skip
"""The general unions above a place, the highest first."""


def general_unions(place: Mapping[str, Any], *, down_to: str = "town") -> list[OrganisationSketch]:
    """The general unions of a place down to a level, each under the one before it, known by their level.

    Raises KeyError for a level that the place does not name.
    """
    levels = list(GENERAL_UNIONS)
    levels = levels[: levels.index(down_to) + 1]
    return [
        OrganisationSketch(level, GENERAL_UNIONS[level], place[level], place["since"], above)
        for level, above in zip(levels, ["", *levels], strict=False)
    ]


@dataclass(frozen=True, slots=True)
class EmployerSketch:
    """An employer in a unit's register; the first of `unions` covers it, further ones are affiliations."""

    key: str
    keeper: str
    name: str
    kind: EmployerKind
    since: date
    uscc: str = ""
    sector: Sector = Sector.OTHER
    industry_code: str = ""
    headcount: int = 0
    female_headcount: int = 0
    migrant_headcount: int = 0
    division: str = ""
    address: str = ""
    unions: tuple[tuple[str, date], ...] = ()


@dataclass(frozen=True, slots=True)
class CompositionSketch:
    """A single union that stood elsewhere becomes part of a federation on a day."""

    federation: str
    child: str
    since: date


@dataclass(frozen=True, slots=True)
class RenamingSketch:
    """A name that an organisation bears from a day on."""

    organisation: str
    name: str
    since: date
    paper: str


@dataclass(frozen=True, slots=True)
class RelationSketch:
    """A guidance or line relation beside the primary tree."""

    child: str
    guide: str
    kind: str
    since: date


@dataclass(frozen=True, slots=True)
class ZoneSketch:
    """A zone and the employers that lie in it."""

    name: str
    kind: ZoneKind
    keeper: str
    since: date
    division: str = ""
    address: str = ""
    employers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FacilitySketch:
    """A facility of an organisation."""

    organisation: str
    kind: FacilityKind
    name: str
    obtained_by: Obtained
    since: date
    area_m2: int | None = None
    area_mu: str | None = None
    rooms: tuple[str, ...] = ()
    investment: str | None = None
    opening_hours: str = ""
    is_shared: bool = False
    owner_employer: str = ""
    address: str = ""
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True)
class PersonSketch:
    """An invented person, kept in a unit's register."""

    key: str
    keeper: str
    name: str
    born: date
    is_male: bool
    number: str
    mobile: str = ""
    outside_posts: tuple[tuple[str, date], ...] = ()


@dataclass(frozen=True, slots=True)
class CommitteeSketch:
    """A term of an organisation's committee with its posts."""

    organisation: str
    number: int
    since: date
    until: date
    posts: tuple[tuple[PostKind, str], ...] = ()


@dataclass(slots=True)
class Sketch:
    """All of it, parents before children."""

    organisations: list[OrganisationSketch] = field(default_factory=list)
    employers: list[EmployerSketch] = field(default_factory=list)
    compositions: list[CompositionSketch] = field(default_factory=list)
    renamings: list[RenamingSketch] = field(default_factory=list)
    relations: list[RelationSketch] = field(default_factory=list)
    zones: list[ZoneSketch] = field(default_factory=list)
    facilities: list[FacilitySketch] = field(default_factory=list)
    people: list[PersonSketch] = field(default_factory=list)
    committees: list[CommitteeSketch] = field(default_factory=list)

    def add(self, *others: "Sketch") -> "Sketch":
        """This sketch with others drawn onto it."""
        for other in others:
            for name in self.__dataclass_fields__:
                getattr(self, name).extend(getattr(other, name))
        return self

    @classmethod
    def of(cls, parts: Iterable["Sketch"]) -> "Sketch":
        """One sketch of many."""
        return cls().add(*parts)
