"""The board of a campaign: visited + declined + unreachable + open = everybody reported (R-AID-18)."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """The counts of one officer, union or level; households, never visits."""

    visited: int = 0
    declined: int = 0
    unreachable: int = 0
    open: int = 0

    @property
    def targets(self) -> int:
        """Everybody who was reported; no household can vanish from the equation."""
        return self.visited + self.declined + self.unreachable + self.open

    @property
    def percent_visited(self) -> int | None:
        """The share that was visited at the door, whole percent, down; none where nobody was reported.

        >>> Row(visited=4).percent_visited, Row(visited=2, open=1).percent_visited
        (100, 66)
        """
        return self.visited * 100 // self.targets if self.targets else None

    @property
    def all_visited(self) -> bool:
        """全部上门: everybody was visited at the door, nobody declined or was missed (R-AID-01).

        >>> Row(visited=4).all_visited, Row(visited=3, declined=1).all_visited, Row().all_visited
        (True, False, False)
        """
        return bool(self.targets) and self.visited == self.targets

    @property
    def all_settled(self) -> bool:
        """Everybody has an outcome: nobody is open, and somebody was reported (R-AID-02)."""
        return bool(self.targets) and not self.open


def added_up(rows: Iterable[Row]) -> Row:
    """The sum of some rows: a town's total is that of its officers, a county's that of its towns.

    >>> added_up([Row(3, 1, 0, 2), Row(1, 0, 0, 0)])
    Row(visited=4, declined=1, unreachable=0, open=2)
    """
    told = list(rows)
    return Row(
        sum(one.visited for one in told),
        sum(one.declined for one in told),
        sum(one.unreachable for one in told),
        sum(one.open for one in told),
    )
