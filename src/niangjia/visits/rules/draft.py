"""A visit as it was written down at the door, before anything is done with it. Pure."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from uuid import UUID

from niangjia.kernel.identifiers import IdKind
from niangjia.visits.rules.flow import AskKind, Result
from niangjia.visits.rules.signing import Signature

NEW = "n"
"""A member who was met at the door and is not on file has a name of the form n1, n2, …"""


@dataclass(frozen=True, slots=True)
class Told:
    """What was told, by key, and which version of each fact the teller had before his eyes (0: none)."""

    values: Mapping[str, object] = field(default_factory=dict)
    bases: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Dweller:
    """Somebody of the household: a member on file by his number, or somebody met at the door."""

    ref: str
    told: Told = field(default_factory=Told)
    name: str = ""
    relation: str = ""
    number: str = ""
    id_kind: IdKind = IdKind.RESIDENT

    @property
    def member_id(self) -> int | None:
        """His number in the household, if he is on file."""
        return int(self.ref) if self.ref.isdecimal() else None


@dataclass(frozen=True, slots=True)
class Ask:
    """What the family asks for, for whom of them, in its own words."""

    kind: AskKind
    ref: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Visitor:
    """An officer who went, by his account, and his signature."""

    user_id: int
    signature: Signature


@dataclass(frozen=True, slots=True)
class Family:
    """Who signed for the family, and what he is to the worker."""

    signature: Signature
    relation: str = ""


@dataclass(frozen=True, slots=True)
class Point:
    """Where the phone was, kept only if policy and family allow it."""

    latitude: float
    longitude: float
    accuracy: int


@dataclass(frozen=True, slots=True)
class Origin:
    """From which phone a visit comes, which one of its finished visits it is, how wrong its clock goes."""

    device: UUID
    seq: int
    skew: int | None = None


@dataclass(frozen=True, slots=True)
class Whom:
    """Whom the visit was for: a target of a campaign, a household on file, or one opened at the door."""

    campaign_id: int | None = None
    target_id: int | None = None
    household_id: int | None = None
    unit_id: int | None = None


@dataclass(frozen=True, slots=True)
class VisitDraft:
    """One visit. `visited_at` is what the phone's clock said; the server keeps its own time beside it."""

    whom: Whom
    visited_at: datetime
    result: Result
    statement: str
    visitors: tuple[Visitor, ...]
    family: Family | None = None
    head: Dweller | None = None
    members: tuple[Dweller, ...] = ()
    told: Told = field(default_factory=Told)
    asks: tuple[Ask, ...] = ()
    photos: tuple[str, ...] = ()
    point: Point | None = None
    origin: Origin | None = None


def digest_of(draft: VisitDraft) -> str:
    """The SHA-256 of a draft that did not come as bytes from a phone: equal for equal content."""
    told = json.dumps(asdict(draft), sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(told.encode()).hexdigest()
