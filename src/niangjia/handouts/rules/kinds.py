"""The kinds of batches, whose birthday falls in a month, and what may become of a row. Pure."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from niangjia.handouts.rules.flow import Outcome, Way
from niangjia.kernel.words import Said, say
from niangjia.sympathy.rules import Occasion


class BatchKind(StrEnum):
    """What is handed out at once to many (S-DZ-12, S-DZ-13; domain.md §5 `HeatRelief`)."""

    HOLIDAY = "holiday"
    BIRTHDAY = "birthday"
    HEAT = "heat"
    WARMTH = "warmth"
    WOMEN = "women_check"


KINDS: Mapping[str, Said] = {
    BatchKind.HOLIDAY: say("节日慰问"),
    BatchKind.BIRTHDAY: say("生日慰问"),
    BatchKind.HEAT: say("高温慰问"),
    BatchKind.WARMTH: say("冬季送温暖"),
    BatchKind.WOMEN: say("关爱女性专项体检"),
}
OCCASION_OF: Mapping[str, str] = {
    BatchKind.HOLIDAY: Occasion.HOLIDAY,
    BatchKind.BIRTHDAY: Occasion.BIRTHDAY,
    BatchKind.HEAT: Occasion.HEAT,
}
"""By which occasion of the policy `aid.caps` a batch is capped; the others have no cap of their own."""

OUTCOMES: Mapping[str, Said] = {
    Outcome.OPEN: say("待领"),
    Outcome.RECEIVED: say("已领"),
    Outcome.MISSED: say("不再发"),
}
WAYS: Mapping[str, Said] = {
    Way.NONE: say("还没有签收"),
    Way.SIGNED: say("当面签名"),
    Way.CARD: say("出示会员卡"),
    Way.PHONE: say("本人在手机上确认"),
    Way.PAPER: say("纸质花名册签收"),
    Way.BANK: say("银行到账"),
    Way.ATTENDED: say("已到检"),
}
FEBRUARY, LEAP_DAY = 2, 29


def birthday_in(born: date, year: int) -> date:
    """The birthday in a year; of somebody born on 29 February 1 March in a common year (Appendix D 9).

    >>> birthday_in(date(2000, 2, 29), 2018), birthday_in(date(2000, 2, 29), 2020)
    (datetime.date(2018, 3, 1), datetime.date(2020, 2, 29))
    """
    try:
        return born.replace(year=year)
    except ValueError:
        return date(year, FEBRUARY + 1, 1)


def born_in(born: date, *, year: int, month: int) -> bool:
    """Whether the birthday falls in the month of that year; nobody has one before he is born.

    >>> born_in(date(2000, 2, 29), year=2018, month=3), born_in(date(2000, 2, 29), year=2018, month=2)
    (True, False)
    """
    return birthday_in(born, year).month == month and born.year <= year


def born_months(month: int) -> tuple[int, ...]:
    """In which months somebody may be born whose birthday falls in this one.

    >>> born_months(3), born_months(8)
    ((3, 2), (8,))
    """
    return (month, FEBRUARY) if month == FEBRUARY + 1 else (month,)
