"""For what a union calls on somebody, and when two reports tell of one stay in hospital. Pure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from niangjia.kernel.words import Said, say


class Occasion(StrEnum):
    """The occasions of sympathy 慰问情形 (domain.md §5 `CondolenceVisit`)."""

    HOSPITAL = "hospital"
    DEATH = "death"
    BIRTH = "birth"
    MARRIAGE = "marriage"
    RETIREMENT = "retirement"
    BIRTHDAY = "birthday"
    HOLIDAY = "holiday"
    HEAT = "heat"
    MISFORTUNE = "misfortune"


OCCASIONS: Mapping[str, Said] = {
    Occasion.HOSPITAL: say("住院"),
    Occasion.DEATH: say("去世"),
    Occasion.BIRTH: say("生育"),
    Occasion.MARRIAGE: say("结婚"),
    Occasion.RETIREMENT: say("退休"),
    Occasion.BIRTHDAY: say("生日"),
    Occasion.HOLIDAY: say("节日"),
    Occasion.HEAT: say("高温"),
    Occasion.MISFORTUNE: say("重大变故"),
}


@dataclass(frozen=True, slots=True)
class Known:
    """A visit that is known already: its number, the day it is about, the day it was made."""

    number: int
    since: date
    visited_on: date | None = None


def known_by(since: date, known: Sequence[Known]) -> int | None:
    """The visit that a report of this day tells of, if it is known; one stay is visited once (R-AID-14).

    The one of the same day; else one that was made while that stay lasted; else the one still to be made: a
    claim and a group leader rarely name the same day.

    >>> open_one, made = Known(1, date(2018, 8, 20)), Known(2, date(2018, 8, 1), date(2018, 8, 3))
    >>> known_by(date(2018, 8, 2), [open_one, made]), known_by(date(2018, 8, 18), [open_one, made])
    (2, 1)
    >>> known_by(date(2018, 8, 18), [made]) is None
    True
    """
    tests: tuple[Callable[[Known], bool], ...] = (
        lambda one: one.since == since,
        lambda one: one.visited_on is not None and one.since <= since <= one.visited_on,
        lambda one: one.visited_on is None,
    )
    return next((one.number for test in tests for one in known if test(one)), None)
