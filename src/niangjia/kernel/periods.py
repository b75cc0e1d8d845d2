"""Days, half-open periods and ages as the union rules count them: by the calendar, never by 365 days."""

from calendar import monthrange
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """Days from `since` up to, but without, `until`; without `until` it is open.

    >>> term = Period(date(2018, 1, 1), date(2021, 1, 1))
    >>> term.covers(date(2020, 12, 31)), term.covers(date(2021, 1, 1))
    (True, False)
    """

    since: date
    until: date | None = None

    def __post_init__(self) -> None:
        if self.until is not None and self.until <= self.since:
            message = f"a period must end after it begins: {self.since} to {self.until}"
            raise ValueError(message)

    @classmethod
    def of_year(cls, year: int) -> Self:
        """The calendar year."""
        return cls(date(year, 1, 1), date(year + 1, 1, 1))

    @classmethod
    def of_month(cls, year: int, month: int) -> Self:
        """The calendar month."""
        return cls(date(year, month, 1), add_months(date(year, month, 1), 1))

    @property
    def is_open(self) -> bool:
        """Whether no end is known."""
        return self.until is None

    @property
    def last_day(self) -> date | None:
        """The last day inside, as people write an end ("至 12 月 31 日")."""
        return None if self.until is None else self.until - DAY

    @property
    def length(self) -> int | None:
        """The number of days, if it ends."""
        return None if self.until is None else (self.until - self.since).days

    def covers(self, day: date) -> bool:
        """Whether the day lies inside."""
        return self.since <= day and (self.until is None or day < self.until)

    def contains(self, other: "Period") -> bool:
        """Whether every day of the other lies inside."""
        return self.clip(other) == other

    def overlaps(self, other: "Period") -> bool:
        """Whether they share a day; periods that only meet do not."""
        return self.clip(other) is not None

    def clip(self, other: "Period") -> "Period | None":
        """What both share, or nothing.

        >>> Period(date(2018, 1, 1)).clip(Period(date(2017, 1, 1), date(2018, 7, 1))).length
        181
        """
        since = max(self.since, other.since)
        ends = [end for end in (self.until, other.until) if end is not None]
        until = min(ends, default=None)
        return Period(since, until) if until is None or since < until else None

    def ended(self, day: date) -> Self:
        """The same period ended on a day (the first day no longer inside)."""
        return type(self)(self.since, day)

    def days(self) -> Iterator[date]:
        """Every day inside; endless for an open period."""
        day = self.since
        while self.covers(day):
            yield day
            day += DAY


def holes(periods: Iterable[Period], within: Period) -> tuple[Period, ...]:
    """The stretches of `within` that no period covers, in order.

    >>> holes([Period(date(2018, 3, 1))], Period.of_year(2018))[0].until
    datetime.date(2018, 3, 1)
    """
    found: list[Period] = []
    day = within.since
    for part in sorted(filter(None, map(within.clip, periods)), key=lambda part: part.since):
        if part.since > day:
            found.append(Period(day, part.since))
        if part.until is None:
            return tuple(found)
        day = max(day, part.until)
    if within.until is None or day < within.until:
        found.append(Period(day, within.until))
    return tuple(found)


def add_months(day: date, months: int) -> date:
    """The same day of another month, or that month's last day where it has none.

    >>> add_months(date(2018, 8, 31), 6)
    datetime.date(2019, 2, 28)
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def add_years(day: date, years: int) -> date:
    """The same day of another year; 29 February becomes 28 February where it does not exist (domain D-9).

    >>> add_years(date(2016, 2, 29), 3)
    datetime.date(2019, 2, 28)
    """
    return add_months(day, 12 * years)


def months_between(since: date, until: date) -> int:
    """Full calendar months from one day to another; negative if they stand the other way round.

    >>> months_between(date(2018, 1, 31), date(2018, 2, 28))
    1
    >>> months_between(date(2018, 1, 15), date(2018, 3, 14))
    1
    """
    if until < since:
        return -months_between(until, since)
    months = (until.year - since.year) * 12 + until.month - since.month
    return months if add_months(since, months) <= until else months - 1


def years_between(since: date, until: date) -> int:
    """Calendar anniversaries reached: "one year of labour relation" across a leap year is not 365 days (D-9).

    >>> years_between(date(2016, 2, 29), date(2017, 2, 28))
    1
    """
    return int(months_between(since, until) / 12)


def age_on(born: date, day: date) -> int:
    """Full years of age; a person born on 29 February grows older on 1 March in a common year (D-9).

    >>> age_on(date(2000, 2, 29), date(2018, 2, 28)), age_on(date(2000, 2, 29), date(2018, 3, 1))
    (17, 18)
    """
    if day < born:
        message = f"nobody has an age on {day}, before the birth on {born}"
        raise ValueError(message)
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
