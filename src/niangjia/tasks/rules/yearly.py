"""Duties that come back every year: the catalogue says what and when, a union says from when on it holds."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any


@dataclass(frozen=True, slots=True)
class Duty:
    """A yearly duty of every union of a level, due on one day of the year."""

    code: str
    name: str
    level: str
    month: int
    day: int
    lead: int

    def key(self, year: int, unit_id: int) -> str:
        """The one key of a year's task of a union: however often it is laid, there is one."""
        return f"duty:{self.code}:{year}:{unit_id}"


def duties_of(rows: Iterable[Mapping[str, Any]]) -> tuple[Duty, ...]:
    """The duties of the policy `tasks.yearly_duties`."""
    return tuple(
        Duty(row["code"], row["name"], row["level"], row["month"], row["day"], row["lead_days"])
        for row in rows
    )


def due_in(duty: Duty, *, today: date) -> date | None:
    """The deadline whose time to lay a task has come, or nothing.

    It is laid from `lead` days ahead on, up to the day itself.

    >>> annual = Duty("annual", "年报", "county", 12, 31, 60)
    >>> due_in(annual, today=date(2018, 11, 20)), due_in(annual, today=date(2018, 6, 1))
    (datetime.date(2018, 12, 31), None)
    """
    for year in (today.year + 1, today.year):
        due = date(year, duty.month, min(duty.day, 28 if duty.month == 2 else 31))  # noqa: PLR2004 - February
        if due - timedelta(days=duty.lead) <= today <= due:
            return due
    return None
