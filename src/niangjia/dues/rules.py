"""Dues of a month: the wage base times the rate in force, to the tenth of a yuan (R-MEM-06)."""

from datetime import date
from fractions import Fraction

from niangjia.kernel.errors import Refused
from niangjia.kernel.words import say

JIAO = 10
"""Fen in a 角, to which dues are rounded."""


def dues_of(base_fen: int, *, rate: Fraction) -> int:
    """The dues of a month in fen, half a 角 rounded up.

    >>> dues_of(463_700, rate=Fraction("0.005"))
    2320
    """
    return int(base_fen * rate / JIAO + Fraction(1, 2)) * JIAO


def require_month(month: date, *, since: date, until: date | None, paid_on: date, today: date) -> None:
    """Dues are owed for the months in which the membership is active, and paid on a day that has come."""
    if paid_on > today:
        raise Refused(say("缴纳日不能晚于今天。"), field="paid_on")
    if month < since.replace(day=1) or (until is not None and month >= until):
        raise Refused(say("这个月他不是这家工会的会员，不用缴会费。请核对月份。"), field="month")
