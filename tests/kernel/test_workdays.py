"""Working days across weekends, holidays and make-up days."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from niangjia.kernel.policy import workday_calendar
from niangjia.kernel.workdays import Calendar

SHIPPED = workday_calendar()
DAYS_OF_2018 = st.dates(date(2018, 1, 1), date(2018, 12, 1))


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        (date(2018, 8, 1), True),
        (date(2018, 8, 4), False),
        (date(2018, 2, 11), True),
        (date(2018, 2, 15), False),
        (date(2018, 9, 29), True),
        (date(2018, 9, 30), True),
        (date(2018, 10, 5), False),
        (date(2018, 12, 29), True),
        (date(2018, 12, 31), False),
        (date(2025, 1, 26), True),
        (date(2026, 2, 14), True),
        (date(2026, 10, 1), False),
    ],
)
def test_the_shipped_calendar_knows_holidays_and_make_up_days(day, worked):
    assert SHIPPED.is_workday(day) is worked


@pytest.mark.parametrize("year", [2018, 2025, 2026, 2027])
def test_the_shipped_years_are_known_and_others_are_not(year):
    assert SHIPPED.knows(date(year, 5, 1))
    assert not SHIPPED.knows(date(2019, 5, 1))


@pytest.mark.parametrize(("year", "worked"), [(2018, 250), (2025, 248), (2026, 248)])
def test_a_shipped_year_has_as_many_working_days_as_the_state_grants(year, worked):
    days = SHIPPED.between(date(year, 1, 1), date(year + 1, 1, 1))
    assert days in {worked - 1, worked, worked + 1}


def test_a_notice_of_five_working_days_reaches_over_the_national_holiday():
    assert SHIPPED.until(date(2018, 9, 27), 5) == date(2018, 10, 9)
    assert SHIPPED.until(date(2018, 8, 6), 5) == date(2018, 8, 11)


def test_a_notice_that_begins_on_a_saturday_counts_from_monday():
    assert SHIPPED.until(date(2018, 8, 4), 5) == date(2018, 8, 11)


def test_a_visit_is_due_three_working_days_after_friday():
    assert SHIPPED.add(date(2018, 8, 3), 3) == date(2018, 8, 8)
    assert SHIPPED.add(date(2018, 8, 8), -3) == date(2018, 8, 3)
    assert SHIPPED.add(date(2018, 8, 4), 0) == date(2018, 8, 4)


def test_a_day_cannot_be_free_and_worked_at_once():
    with pytest.raises(ValueError, match="cannot be a holiday and a make-up"):
        Calendar(frozenset({date(2018, 2, 11)}), frozenset({date(2018, 2, 11)}))


@given(DAYS_OF_2018, st.integers(1, 25))
def test_the_days_of_a_notice_are_exactly_as_many_as_asked(since, n):
    until = SHIPPED.until(since, n)
    assert SHIPPED.between(since, until) == n
    assert SHIPPED.is_workday(until - timedelta(days=1))


@given(DAYS_OF_2018, st.integers(1, 25))
def test_forth_and_back_leads_to_a_working_day_again(day, n):
    there = SHIPPED.add(day, n)
    assert SHIPPED.is_workday(there)
    if SHIPPED.is_workday(day):
        assert SHIPPED.add(there, -n) == day
