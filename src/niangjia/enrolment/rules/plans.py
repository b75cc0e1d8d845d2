"""What a row of a roll was understood as, and what would become of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from niangjia.enrolment.rules.columns import NO, RESIDENT, YES
from niangjia.exchange.rules.verdicts import Judged, Problem
from niangjia.kernel.identifiers import IdKind, PersonalId, Sex, to_18
from niangjia.kernel.identifiers.findings import tidy

if TYPE_CHECKING:
    from niangjia.people.rules import Paper

OLD = 15


@dataclass(slots=True)
class Plan:
    """A row understood: whom it tells of, where he is to be entered, with what; and its verdict."""

    values: Mapping[str, Any]
    name_key: str = ""
    paper: "Paper | None" = None
    value: PersonalId | None = None
    blind: bytes | None = None
    mobile_blind: bytes | None = None
    union_id: int = 0
    since: date = date.min
    columns: dict[str, Any] = field(default_factory=dict)
    ethnicity: str = ""
    problems: list[Problem] = field(default_factory=list)
    wrong: bool = False
    person_id: int | None = None
    keeper_id: int | None = None
    beside: bool = False
    edits: dict[str, Any] = field(default_factory=dict)
    before: dict[str, Any] = field(default_factory=dict)
    judged: Judged | None = None

    @property
    def may_lack(self) -> bool:
        """Whether the officer says that the paper comes later."""
        return bool(self.values["lacking"] == YES)

    @property
    def sex(self) -> Sex | None:
        """The sex to be kept: what the number tells, else what was told."""
        told = self.values["sex"]
        return (self.value.sex if self.value else None) or (Sex(told) if told else None)

    @property
    def born(self) -> date | None:
        """The birth date to be kept: what the number tells, else what was told."""
        told: date | None = self.values["born"]
        return (self.value.born if self.value else None) or told


def key_of(values: Mapping[str, Any]) -> str:
    """What tells a row from every other in its file: the number in one writing; else name and mobile.

    Where the paper comes later, what stands in its place may be the same for many (all zeros).

    >>> key_of({"number": "990101850601001", "kind": None})
    'resident:99010119850601001X'
    """
    if values["number"] and values.get("lacking") != YES:
        kind, number = values["kind"] or RESIDENT, tidy(values["number"])
        is_old = kind == IdKind.RESIDENT and len(number) == OLD and number.isascii() and number.isdecimal()
        return f"{kind}:{to_18(number) if is_old else number}"
    rest = values["number"] or values["mobile"] or f"{values['born'] or ''}\n{values['union'] or ''}"
    return f"\n{values['name']}\n{rest}"


def is_migrant(values: Mapping[str, Any]) -> bool | None:
    """What the row tells of it, None if nothing."""
    return {YES: True, NO: False}.get(values["migrant"] or "")
