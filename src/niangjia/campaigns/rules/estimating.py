"""How many stand on no list: an estimate from two lists that know nothing of each other (features.md §3.3).

Who stands on both lists tells how much each misses (capture and recapture, Chapman 1951). It presumes that
the lists were made independently and that the same person is recognised on both; the page says so. Pure.
"""

from dataclasses import dataclass
from math import ceil, exp, floor, log, sqrt

NORMAL_95 = 1.96
"""Of a normal distribution, how many deviations hold 95 in 100."""
DOUBT = 0.05
"""What is left to chance: 5 in 100."""
FEW = 7
"""With fewer on both lists the estimate is biased (Robson and Regier 1964): it is shown as a rough one."""


@dataclass(frozen=True, slots=True)
class Overlap:
    """How many stand on the first list, on the second, on both."""

    first: int
    second: int
    both: int

    def __post_init__(self) -> None:
        if not 0 <= self.both <= min(self.first, self.second):
            message = f"{self.both} cannot stand on both of {self.first} and {self.second}"
            raise ValueError(message)

    @property
    def listed(self) -> int:
        """Everybody on at least one of the two."""
        return self.first + self.second - self.both


@dataclass(frozen=True, slots=True)
class Estimate:
    """How many there are in all, with the interval that holds the truth in about 95 of 100 such counts."""

    number: int
    low: int
    high: int
    rough: bool

    def beyond(self, registered: int) -> "Estimate":
        """The same for those who are not registered yet; never fewer than none."""
        number, low, high = (max(0, told - registered) for told in (self.number, self.low, self.high))
        return Estimate(number, low, high, self.rough)


def estimated(told: Overlap) -> Estimate | None:
    """Chapman's estimate with a log-normal interval for those on neither list; none without two lists.

    >>> estimated(Overlap(40, 30, 20))
    Estimate(number=60, low=53, high=76, rough=False)
    """
    if not told.first or not told.second:
        return None
    n, m, both = told.first, told.second, told.both
    number = (n + 1) * (m + 1) / (both + 1) - 1
    unseen = number - told.listed
    variance = (n + 1) * (m + 1) * (n - both) * (m - both) / ((both + 1) ** 2 * (both + 2))
    low, high = _interval(unseen, variance) if unseen > 0 else (0.0, _missed_at_most(told))
    return Estimate(round(number), told.listed + floor(low), told.listed + ceil(high), both < FEW)


def _interval(unseen: float, variance: float) -> tuple[float, float]:
    """Between which bounds those on neither list lie, never below none (Chao 1987)."""
    spread = exp(NORMAL_95 * sqrt(log(1 + variance / unseen**2)))
    return unseen / spread, unseen * spread


def _missed_at_most(told: Overlap) -> float:
    """Where one list holds all of the other: how many it may miss all the same, in 95 of 100 such counts."""
    longer, shorter = max(told.first, told.second), min(told.first, told.second)
    return longer * (float(DOUBT ** (-1 / shorter)) - 1)
