"""What the catalogue says of a policy: words, kind, bounds, who may set it, dated defaults with papers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from niangjia.kernel.periods import Period
from niangjia.kernel.policy.kinds import Shape, Value
from niangjia.kernel.words import Said, say


class Level(StrEnum):
    """The levels of the union tree, the highest first."""

    NATIONAL = "national"
    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"
    TOWN = "town"
    FEDERATION = "federation"
    PRIMARY = "primary"

    @property
    def rank(self) -> int:
        """0 for the highest."""
        return list(Level).index(self)


LEVEL_WORDS: Mapping[Level, Said] = {
    Level.NATIONAL: say("全国"),
    Level.PROVINCE: say("省"),
    Level.CITY: say("市"),
    Level.COUNTY: say("县（市、区）"),
    Level.TOWN: say("镇街"),
    Level.FEDERATION: say("工会联合会"),
    Level.PRIMARY: say("基层工会"),
}


@dataclass(frozen=True, slots=True)
class Text:
    """Words in both languages of the house."""

    zh: str
    en: str

    @property
    def said(self) -> Said:
        """The words for a sentence; their English stands in `Catalogue.messages`."""
        return Said(self.zh.replace("{", "{{").replace("}", "}}"))

    def __str__(self) -> str:
        return self.zh


UNITS: Mapping[str, Text] = {
    "day": Text("天", "days"),
    "workday": Text("个工作日", "working days"),
    "month": Text("个月", "months"),
    "year": Text("年", "years"),
    "yuan": Text("元", "yuan"),
    "person": Text("人", "persons"),
    "employer": Text("家", "employers"),
    "row": Text("行", "rows"),
    "score": Text("分", "points"),
    "times": Text("倍", "times"),
    "share": Text("", ""),
    "none": Text("", ""),
}


Dims = Mapping[str, str]


def dim(value: object) -> str:
    """A dimension's value as it is compared: true and false in small letters, everything else as text."""
    return str(value).lower() if isinstance(value, bool) else str(value)


@dataclass(frozen=True, slots=True)
class Default:
    """A value the platform ships, in force for a period, with its paper."""

    value: Value
    period: Period
    paper: str
    verified: bool
    dims: Dims = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Definition:
    """One policy of the catalogue (domain.md Appendix H)."""

    key: str
    label: Text
    description: Text
    shape: Shape
    unit: str
    levels: frozenset[Level]
    mark: str
    defaults: tuple[Default, ...]
    locked: bool = False
    dims: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    also: tuple[str, ...] = ()

    @property
    def first_day(self) -> date:
        """The first day for which the platform ships a value."""
        return min(default.period.since for default in self.defaults)

    @property
    def is_verified(self) -> bool:
        """Whether every shipped value was checked against its paper."""
        return all(default.verified for default in self.defaults)
