"""Clock, days, periods and ages."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from niangjia.kernel import clock
from niangjia.kernel.periods import (
    Period,
    add_months,
    add_years,
    age_on,
    holes,
    months_between,
    years_between,
)

DAYS = st.dates(date(1900, 1, 1), date(2100, 1, 1))


def period_of(days):
    first, last = sorted(days)
    return Period(first, last) if first < last else Period(first, first + timedelta(days=1))


PERIODS = st.one_of(st.tuples(DAYS, DAYS).map(period_of), DAYS.map(Period))


def test_the_fixed_clock_stands_still_and_nests():
    with clock.fixed(date(2018, 8, 1)):
        assert clock.today() == date(2018, 8, 1)
        with clock.fixed(datetime(2018, 12, 31, 16, 30, tzinfo=UTC)):
            assert clock.today() == date(2019, 1, 1)
        assert clock.today() == date(2018, 8, 1)
    assert clock.now().tzinfo is UTC


def test_a_moment_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="no time zone"), clock.fixed(datetime(2018, 8, 1)):  # noqa: DTZ001
        pass


def test_a_period_holds_its_first_day_and_not_its_end():
    year = Period.of_year(2018)
    assert year.covers(date(2018, 1, 1))
    assert year.covers(date(2018, 12, 31))
    assert not year.covers(date(2019, 1, 1))
    assert year.length == 365
    assert year.last_day == date(2018, 12, 31)


@pytest.mark.parametrize("until", [date(2018, 1, 1), date(2017, 12, 31)])
def test_an_empty_or_reversed_period_is_refused(until):
    with pytest.raises(ValueError, match="must end after it begins"):
        Period(date(2018, 1, 1), until)


def test_periods_that_only_meet_do_not_overlap():
    assert not Period(date(2018, 1, 1), date(2018, 7, 1)).overlaps(Period(date(2018, 7, 1)))


@given(PERIODS, PERIODS, DAYS)
def test_what_both_cover_is_what_their_clip_covers(one, other, day):
    both = one.clip(other)
    assert (one.covers(day) and other.covers(day)) == (both is not None and both.covers(day))
    assert one.overlaps(other) == other.overlaps(one) == (both is not None)


@given(st.lists(PERIODS, max_size=4), PERIODS, DAYS)
def test_a_day_inside_is_covered_or_lies_in_one_hole(parts, within, day):
    in_holes = [hole for hole in holes(parts, within) if hole.covers(day)]
    uncovered = within.covers(day) and not any(part.covers(day) for part in parts)
    assert len(in_holes) == int(uncovered)


def test_a_term_that_begins_on_a_leap_day_ends_on_28_february():
    assert add_years(date(2016, 2, 29), 3) == date(2019, 2, 28)
    assert add_years(date(2016, 2, 29), 5) == date(2021, 2, 28)
    assert add_years(date(2016, 2, 29), 4) == date(2020, 2, 29)


@pytest.mark.parametrize(
    ("born", "day", "age"),
    [
        (date(2000, 2, 29), date(2018, 2, 28), 17),
        (date(2000, 2, 29), date(2018, 3, 1), 18),
        (date(2000, 2, 29), date(2020, 2, 28), 19),
        (date(2000, 2, 29), date(2020, 2, 29), 20),
        (date(1968, 6, 12), date(2018, 6, 12), 50),
        (date(2018, 1, 1), date(2018, 1, 1), 0),
    ],
)
def test_who_is_born_on_a_leap_day_grows_older_on_1_march_of_a_common_year(born, day, age):
    assert age_on(born, day) == age


def test_nobody_has_an_age_before_the_birth():
    with pytest.raises(ValueError, match="before the birth"):
        age_on(date(2018, 1, 2), date(2018, 1, 1))


def test_a_year_of_labour_relation_is_an_anniversary_and_not_365_days():
    hired = date(2015, 3, 1)
    assert years_between(hired, hired + timedelta(days=365)) == 0
    assert years_between(hired, date(2016, 3, 1)) == 1


@given(DAYS, st.integers(-240, 240))
def test_months_added_are_months_between(day, months):
    assert months_between(day, add_months(day, months)) in {months, months - 1, months + 1}
    if day.day <= 28:
        assert months_between(day, add_months(day, months)) == months


@given(DAYS, DAYS)
def test_months_there_are_months_back(one, other):
    assert months_between(one, other) == -months_between(other, one)
