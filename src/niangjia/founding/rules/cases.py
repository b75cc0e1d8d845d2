"""What is known of an establishment, and the figures it is held against (R-ORG-05, 08 to 12). Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from niangjia.bodies.rules import PostKind
from niangjia.kernel.words import Said
from niangjia.network.rules import OrgKind

PLANNED = (OrgKind.SINGLE, OrgKind.JOINT, OrgKind.FEDERATION)
"""What may be asked for: a single union, a joint union, a federation."""

APPROVERS = (OrgKind.COUNTY, OrgKind.CITY, OrgKind.PROVINCE)
"""Which general unions approve, the nearest first: the county, above it where no county stands (R-ORG-06)."""
PARENT_KINDS = (OrgKind.FEDERATION, OrgKind.TOWN, OrgKind.INDUSTRY, *APPROVERS)
JOINT_LEAST = 2


class Meeting(StrEnum):
    """Who elects: all members, or their delegates (R-ORG-12)."""

    MEMBERS = "members"
    DELEGATES = "delegates"


MEETING_LABELS: Mapping[Meeting, str] = {
    Meeting.MEMBERS: "会员大会",
    Meeting.DELEGATES: "会员代表大会",
}


@dataclass(frozen=True, slots=True)
class Band:
    """So many seats for so many members; an open end has no `to`."""

    first: int
    to: int | None
    low: int
    high: int

    def holds(self, members: int) -> bool:
        """Whether the number of members lies in it."""
        return self.first <= members and (self.to is None or members <= self.to)


@dataclass(frozen=True, slots=True)
class Bounds:
    """The figures of the policies in force for the union to be."""

    committee_from: int
    seats: tuple[Band, ...]
    difference: Fraction
    quorum: Fraction
    majority: Fraction
    tellers: int
    congress_from: int
    delegates: tuple[Band, ...]
    full_time_from: int
    terms: tuple[int, ...]
    group_least: int


@dataclass(frozen=True, slots=True)
class NamedEmployer:
    """An employer that the union is to cover; `covered_by` is the union that counts it today."""

    name: str
    headcount: int = 0
    covered_by: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Who stands for which post; `free` is that he declared to be no near relative of the employer's head."""

    name: str
    post: PostKind
    free: bool = True
    votes: int | None = None
    elected: bool = False


@dataclass(frozen=True, slots=True)
class Case:
    """What is known of an establishment."""

    kind: OrgKind
    parent: OrgKind
    name: str = ""
    mode: str = ""
    workers: int = 0
    members: int = 0
    term_years: int | None = None
    employers: Sequence[NamedEmployer] = ()
    group: Sequence[str] = ()
    leads: Sequence[str] = ()
    candidates: Sequence[Candidate] = ()
    meeting: Meeting | None = None
    seats: int | None = None
    congress_on: date | None = None
    prepared_on: date | None = None
    entitled: int | None = None
    present: int | None = None
    tellers: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was checked: what is known, or what is missing and the next step (`road`)."""

    code: str
    label: Said
    holds: bool
    words: Said
    road: str = ""


def good(code: str, label: Said, words: Said) -> Finding:
    """What was checked and holds."""
    return Finding(code, label, holds=True, words=words)


def lacks(code: str, label: Said, words: Said, road: str) -> Finding:
    """What is missing, with the next step."""
    return Finding(code, label, holds=False, words=words, road=road)
