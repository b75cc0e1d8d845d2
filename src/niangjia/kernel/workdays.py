"""Working days: weekends, the State Council's holidays and its make-up working days (Appendix D-16)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Self

from niangjia.kernel.periods import DAY

SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Calendar:
    """Which days are worked. `years` are those whose arrangement is known; in others only weekends are free.

    >>> spring = Calendar(frozenset({date(2018, 2, 15)}), frozenset({date(2018, 2, 11)}))
    >>> spring.is_workday(date(2018, 2, 15)), spring.is_workday(date(2018, 2, 11))
    (False, True)
    """

    holidays: frozenset[date] = frozenset()
    workdays: frozenset[date] = frozenset()
    years: frozenset[int] = field(default=frozenset())

    def __post_init__(self) -> None:
        both = sorted(self.holidays & self.workdays)
        if both:
            message = f"{both[0]} cannot be a holiday and a make-up working day at once"
            raise ValueError(message)

    @classmethod
    def of_years(cls, tables: Mapping[int, Mapping[str, Sequence[date]]]) -> Self:
        """The calendar of the policy `calendar.workdays`: by year its `holidays` and `workdays`."""
        return cls(
            _days(table["holidays"] for table in tables.values()),
            _days(table["workdays"] for table in tables.values()),
            frozenset(tables),
        )

    def is_workday(self, day: date) -> bool:
        """Whether the day is worked: a make-up Saturday is, a holiday on a Monday is not."""
        if day in self.workdays:
            return True
        return day.weekday() < SATURDAY and day not in self.holidays

    def knows(self, *days: date) -> bool:
        """Whether the arrangement of every one of these days' years is known."""
        return all(day.year in self.years for day in days)

    def add(self, day: date, n: int) -> date:
        """The n-th working day after the day (before it for negative n); the day itself is not counted.

        >>> Calendar().add(date(2018, 8, 3), 5)
        datetime.date(2018, 8, 10)
        """
        step, left = (DAY, n) if n >= 0 else (-DAY, -n)
        while left:
            day += step
            left -= self.is_workday(day)
        return day

    def until(self, since: date, n: int) -> date:
        """The end (not inside) of the shortest stretch from `since` with n working days, as a notice needs.

        >>> Calendar().until(date(2018, 8, 6), 5)
        datetime.date(2018, 8, 11)
        """
        return self.add(since - DAY, n) + DAY

    def between(self, since: date, until: date) -> int:
        """How many days from `since` up to, but without, `until` are worked.

        >>> Calendar().between(date(2018, 8, 6), date(2018, 8, 13))
        5
        """
        span = (until - since).days
        return sum(self.is_workday(since + DAY * offset) for offset in range(span))


def _days(groups: Iterable[Sequence[date]]) -> frozenset[date]:
    return frozenset(day for group in groups for day in group)
