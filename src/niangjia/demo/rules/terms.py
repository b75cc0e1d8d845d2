"""Terms of committees counted from the founding day. Pure."""

from datetime import date

from niangjia.kernel.periods import add_years


def last_term(founded: date, *, years: int, today: date) -> tuple[date, date]:
    """The term that runs on a day: its first day and the day on which it ends.

    >>> last_term(date(2009, 3, 1), years=5, today=date(2018, 8, 20))
    (datetime.date(2014, 3, 1), datetime.date(2019, 3, 1))
    """
    number = term_number(founded, years=years, today=today) - 1
    return add_years(founded, number * years), add_years(founded, (number + 1) * years)


def term_number(founded: date, *, years: int, today: date) -> int:
    """Which term runs on a day; the founding congress begins the first.

    >>> term_number(date(2009, 3, 1), years=5, today=date(2018, 8, 20))
    2
    """
    number = 1
    while add_years(founded, number * years) <= today:
        number += 1
    return number
