"""Deadlines, buckets, yearly duties and workflows, without a database."""

from datetime import date

import pytest

from niangjia.kernel.workdays import Calendar
from niangjia.tasks.rules import TASK, Bucket, Duty, Terms, bucket_of, due_in, next_reminder

GOLDEN_WEEK = Calendar(frozenset(date(2018, 10, day) for day in range(1, 8)), frozenset({date(2018, 9, 29)}))
TERMS = Terms(GOLDEN_WEEK, (3, 1), 1)


@pytest.mark.parametrize(
    ("due", "bucket"),
    [
        (date(2018, 8, 19), Bucket.OVERDUE),
        (date(2018, 8, 20), Bucket.TODAY),
        (date(2018, 8, 21), Bucket.LATER),
    ],
)
def test_a_task_lies_in_one_of_three_parts(due, bucket):
    assert bucket_of(due, today=date(2018, 8, 20)) is bucket


def test_without_a_deadline_it_comes_later():
    assert bucket_of(None, today=date(2018, 8, 20)) is Bucket.LATER


def test_the_make_up_saturday_counts_and_the_holiday_week_does_not():
    assert TERMS.due_on(date(2018, 9, 28), 2) == date(2018, 10, 8)


def test_reminders_and_escalation_are_working_days_too():
    due = date(2018, 10, 8)
    assert TERMS.reminders(due, since=date(2018, 9, 20)) == [date(2018, 9, 27), date(2018, 9, 29)]
    assert TERMS.escalates_on(date(2018, 9, 29)) == date(2018, 10, 8)


def test_nobody_is_reminded_on_the_day_of_laying_or_before():
    assert TERMS.reminders(date(2018, 8, 21), since=date(2018, 8, 20)) == []


def test_reminders_follow_each_other():
    days = [date(2018, 8, 22), date(2018, 8, 24)]
    assert next_reminder(days, after=None) == days[0]
    assert next_reminder(days, after=days[0]) == days[1]
    assert next_reminder(days, after=days[1]) is None


def test_a_duty_early_in_the_year_is_laid_in_the_old_one():
    duty = Duty("elections", "换届", "town", 1, 31, 40)
    assert due_in(duty, today=date(2018, 12, 25)) == date(2019, 1, 31)
    assert due_in(duty, today=date(2018, 2, 1)) is None


def test_a_duty_on_the_last_day_of_february_holds_in_a_common_year():
    assert due_in(Duty("x", "年报", "town", 2, 29, 9), today=date(2018, 2, 25)) == date(2018, 2, 28)


def test_every_state_of_a_task_is_reached_and_every_way_ends():
    assert (TASK.unreachable, TASK.dead_ends) == (frozenset(), frozenset())
