"""The only place that reads the time: faces (views, jobs, command line) call it once and hand it down.

In a story or a test the clock stands still inside `with fixed(...)`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")
_stopped_at: ContextVar[datetime | None] = ContextVar("stopped_at", default=None)


def now() -> datetime:
    """The present moment, aware, in UTC; the fixed one inside `fixed`."""
    return _stopped_at.get() or datetime.now(UTC)  # noqa: TID251 - the one reader of the clock


def today() -> date:
    """The present day in Asia/Shanghai, the only day that counts for deadlines and periods."""
    return day_of(now())


def day_of(moment: datetime) -> date:
    """The day in Asia/Shanghai on which an aware moment falls.

    >>> day_of(datetime(2018, 8, 1, 16, 0, tzinfo=UTC))
    datetime.date(2018, 8, 2)
    """
    return _aware(moment).astimezone(SHANGHAI).date()


def at_noon(day: date) -> datetime:
    """Noon in Asia/Shanghai of a day, as a UTC moment: safely inside that day in either zone.

    >>> at_noon(date(2018, 8, 1)).isoformat()
    '2018-08-01T04:00:00+00:00'
    """
    return datetime.combine(day, time(12), tzinfo=SHANGHAI).astimezone(UTC)


@contextmanager
def fixed(at: datetime | date) -> Iterator[datetime]:
    """The clock stands still at a moment (or at noon of a day) inside the `with`; nesting is restored.

    >>> with fixed(date(2018, 8, 1)):
    ...     today()
    datetime.date(2018, 8, 1)
    """
    moment = _aware(at).astimezone(UTC) if isinstance(at, datetime) else at_noon(at)
    token = _stopped_at.set(moment)
    try:
        yield moment
    finally:
        _stopped_at.reset(token)


def _aware(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        message = f"the moment {moment.isoformat()} has no time zone"
        raise ValueError(message)
    return moment
