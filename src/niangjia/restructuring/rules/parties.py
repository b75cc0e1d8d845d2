"""The port of a restructure: what moves where on the day, and who takes part in it.

An app that holds something of a union (members, files, money) is a party: it says what must be settled before
the day (check), carries its rows over in the one transaction of the day (carry) and can put them back (undo).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Protocol

from niangjia.kernel.access import Actor
from niangjia.kernel.words import Said


class Kind(StrEnum):
    """撤、并、改、分: what is done to a union."""

    DISSOLVE = "dissolve"
    MERGE = "merge"
    CONVERT = "convert"
    SPLIT = "split"


@dataclass(frozen=True, slots=True)
class Share:
    """What goes to one heir: child unions and employers of the sources."""

    target_id: int
    unit_ids: tuple[int, ...] = ()
    employer_ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """A decided restructure as the parties see it; units by id.

    `source_ids` are the units that end, are converted or are split; `target_id` takes over what no share
    names (the merge target; for a dissolved union the next higher one; for a split whose source goes on the
    source itself; for a conversion nobody); `ends` are the sources that end on the day. When `check` is asked
    before the day, a target that is founded only on the day has a negative number.
    """

    restructure_id: int
    kind: Kind
    effective_on: date
    source_ids: tuple[int, ...]
    target_id: int | None
    shares: tuple[Share, ...] = ()
    ends: tuple[int, ...] = ()

    def heir_of(self, *, employer_id: int | None = None, unit_id: int | None = None) -> int | None:
        """Who takes over the employer or the child union: the share that names it, else the target.

        >>> plan = Plan(1, Kind.SPLIT, date(2018, 9, 1), (1,), 9, (Share(2, (5,), (7,)),))
        >>> plan.heir_of(employer_id=7), plan.heir_of(unit_id=5), plan.heir_of(employer_id=8)
        (2, 2, 9)
        """
        for share in self.shares:
            if employer_id in share.employer_ids or unit_id in share.unit_ids:
                return share.target_id
        return self.target_id

    def place_of(self, union_id: int, *, employer_id: int | None = None) -> int:
        """Where something lies after the day that lay at a union: at the heir of a source, else where it was.

        >>> plan = Plan(1, Kind.MERGE, date(2018, 9, 1), (1,), 9, ends=(1,))
        >>> plan.place_of(1), plan.place_of(5)
        (9, 5)
        """
        if union_id not in self.source_ids:
            return union_id
        return self.heir_of(employer_id=employer_id) or union_id


@dataclass(frozen=True, slots=True)
class Hindrance:
    """What must be settled before the day: it becomes a task on the desk of `unit_id`.

    `word` is the permission that settles it, `road` with `road_args` the page where that is done.
    """

    words: Said
    unit_id: int
    word: str = ""
    road: str = ""
    road_args: tuple[Any, ...] = ()


class Party(Protocol):
    """An app that takes part in a restructure; every call runs inside the caller's transaction.

    A party that carries the open tasks about its records names their kinds in `takes_along`.
    """

    label: Said

    def check(self, *, plan: Plan, today: date) -> Sequence[Hindrance]:
        """What of this party's must be settled before the day."""
        ...

    def carry(self, *, plan: Plan, by: Actor, at: datetime) -> Mapping[str, Any]:
        """Carries this party's rows over and hands back, as JSON, what its undo needs."""
        ...

    def undo(self, *, plan: Plan, facts: Mapping[str, Any], by: Actor, at: datetime) -> None:
        """Puts back exactly the state before; refuses if something changed since."""
        ...
