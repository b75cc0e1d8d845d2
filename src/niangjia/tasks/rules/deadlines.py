"""Deadlines in working days: when a task is due, when one is reminded, when silence goes up (R-G-08)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from niangjia.kernel.workdays import Calendar


class Bucket(StrEnum):
    """The three parts of a desk (ui.md B1)."""

    OVERDUE = "overdue"
    TODAY = "today"
    LATER = "later"


def bucket_of(due_on: date | None, *, today: date) -> Bucket:
    """Where a task lies on the desk; one without a deadline comes later.

    >>> bucket_of(date(2018, 8, 17), today=date(2018, 8, 20)).value
    'overdue'
    """
    if due_on is None or due_on > today:
        return Bucket.LATER
    return Bucket.TODAY if due_on == today else Bucket.OVERDUE


@dataclass(frozen=True, slots=True)
class Terms:
    """What is in force for a union: working days, how long before one is reminded, when silence goes up."""

    calendar: Calendar
    remind: tuple[int, ...]
    escalate: int

    def due_on(self, since: date, workdays: int) -> date:
        """The last day of a deadline of so many working days, the first day not counted."""
        return self.calendar.add(since, workdays)

    def reminders(self, due_on: date | None, *, since: date) -> list[date]:
        """The days on which one is reminded, none before the task was laid.

        >>> Terms(Calendar(), (3, 1), 1).reminders(date(2018, 8, 17), since=date(2018, 8, 13))
        [datetime.date(2018, 8, 14), datetime.date(2018, 8, 16)]
        """
        if due_on is None:
            return []
        days = {self.calendar.add(due_on, -before) for before in self.remind}
        return sorted(day for day in days if since < day < due_on)

    def escalates_on(self, due_on: date | None) -> date | None:
        """The day on which silence goes to the unit above."""
        return None if due_on is None else self.calendar.add(due_on, self.escalate)


def next_reminder(days: Iterable[date], *, after: date | None) -> date | None:
    """The first of these days that lies after a day; all of them are ahead of None."""
    return min((day for day in days if after is None or day > after), default=None)
