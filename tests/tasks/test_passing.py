"""Time passes: reminders, silence that goes up, the year's duties; every job twice and late."""

from datetime import date, timedelta

import pytest

from niangjia.kernel import clock
from niangjia.kernel.access import EVERYWHERE, SYSTEM
from niangjia.kernel.errors import Refused
from niangjia.kernel.models import JournalLine
from niangjia.kernel.scoping import enter_scope
from niangjia.messaging.models import Message
from niangjia.policies.models import LocalValue
from niangjia.tasks import actions, jobs
from niangjia.tasks.models import Task
from tests.conftest import AT, TODAY

DAY = timedelta(days=1)


def at(day):
    return clock.at_noon(day)


def the_job(day):
    """The whole job as the worker runs it, at noon of a day; then the test sees everything again."""
    with clock.fixed(day):
        done = jobs.turn_the_day.func(timestamp=0)
    enter_scope(EVERYWHERE)
    return done


def test_those_with_whom_a_task_lies_are_reminded_before_its_deadline_once(desks):
    desks.lay()
    for _ in range(2):
        actions.remind_of_deadlines(today=date(2018, 8, 22), at=at(date(2018, 8, 22)))
    told = Message.objects.filter(kind="tasks.reminder")
    assert set(told.values_list("user", flat=True)) == {desks.town.user_id, desks.mate.user_id}
    assert told.count() == 2
    actions.remind_of_deadlines(today=date(2018, 8, 24), at=at(date(2018, 8, 24)))
    assert told.count() == 4


def test_days_on_which_the_worker_slept_are_not_made_up_for_with_many_messages(desks):
    desks.lay()
    actions.remind_of_deadlines(today=date(2018, 8, 24), at=at(date(2018, 8, 24)))
    assert Message.objects.count() == 2
    assert Task.objects.get().remind_on is None


def test_silence_goes_to_the_unit_above_as_a_task_and_on_from_there(desks):
    desks.lay()
    assert actions.escalate_overdue(today=date(2018, 8, 27), at=AT) == 0
    actions.escalate_overdue(today=date(2018, 8, 28), at=at(date(2018, 8, 28)))
    first = Task.objects.get(unit=desks.county.unit_id)
    assert "东县镇" in str(first.said)
    assert first.raised_from.key == "join:1"
    actions.escalate_overdue(today=date(2018, 8, 30), at=at(date(2018, 8, 30)))
    assert Task.objects.filter(unit=desks.city.unit_id, raised_from=first).count() == 1
    assert Message.objects.filter(kind="tasks.escalated", user=desks.city.user_id).count() == 1


def test_when_the_task_is_done_what_it_raised_is_done_and_comes_back_with_it(desks):
    task = desks.lay()
    actions.escalate_overdue(today=date(2018, 8, 28), at=at(date(2018, 8, 28)))
    actions.finish_task(task_id=task.pk, words="", by=desks.town, at=AT)
    assert set(Task.objects.values_list("state", flat=True)) == {"done"}
    actions.reopen_finished(about_id=task.pk, facts={"raised": [task.raised.get().pk]}, by=desks.town, at=AT)
    assert set(Task.objects.values_list("state", flat=True)) == {"open"}


def test_the_job_run_twice_and_out_of_order_has_one_effect(desks):
    desks.lay()
    for day in (28, 22, 28, 24, 28):
        the_job(date(2018, 8, day))
    assert Task.objects.count() == 2
    assert JournalLine.objects.filter(verb="escalate_task").count() == 1


def duty(desks, **more):
    told = {"unit_id": desks.city.unit_id, "code": "statistics-town", "since": date(2018, 1, 1)}
    return actions.start_duty(**told | more, by=desks.city, at=AT)


def test_a_yearly_duty_is_laid_once_a_year_for_every_union_of_its_level(desks):
    duty(desks)
    assert actions.lay_yearly_duties(today=date(2018, 6, 1), at=AT) == 0
    for day in (date(2018, 11, 10), date(2018, 12, 1), date(2018, 12, 20)):
        actions.lay_yearly_duties(today=day, at=at(day))
    rows = Task.objects.filter(kind="tasks.yearly_duty")
    assert sorted(rows.values_list("unit__name", "due_on")) == [
        ("东县镇", date(2018, 12, 20)),
        ("西县镇", date(2018, 12, 20)),
    ]
    actions.lay_yearly_duties(today=date(2019, 11, 30), at=at(date(2019, 11, 30)))
    assert rows.count() == 4


def test_a_city_that_sets_its_own_day_has_its_own_deadline(desks):
    duty(desks)
    own = [
        {"code": "statistics-town", "name": "年报", "level": "town", "month": 11, "day": 30, "lead_days": 30}
    ]
    LocalValue.objects.create(
        unit_id=desks.city.unit_id, key="tasks.yearly_duties", value=own, paper="市总通知",
        since=date(2018, 1, 1), set_at=AT,
    )  # fmt: skip
    actions.lay_yearly_duties(today=date(2018, 11, 10), at=at(date(2018, 11, 10)))
    assert set(Task.objects.values_list("due_on", flat=True)) == {date(2018, 11, 30)}


def test_an_ended_duty_is_laid_no_more(desks):
    row = duty(desks)
    with pytest.raises(Refused):
        actions.end_duty(duty_id=row.pk, until=date(2017, 1, 1), reason="-", by=desks.city, at=AT)
    actions.end_duty(duty_id=row.pk, until=date(2018, 10, 1), reason="改由县里统一报", by=desks.city, at=AT)
    assert actions.lay_yearly_duties(today=date(2018, 11, 10), at=AT) == 0


def test_a_duty_that_the_catalogue_does_not_know_is_refused(desks):
    with pytest.raises(Refused):
        duty(desks, code="no-such-duty")


def test_a_deadline_that_was_moved_is_reminded_and_goes_up_on_the_new_days(desks):
    desks.lay()
    actions.move_deadline(key="join:1", due_on=date(2018, 9, 14), reason="补件", by=SYSTEM, at=AT)
    the_job(date(2018, 8, 30))
    assert (Task.objects.count(), Message.objects.count()) == (1, 0)
    the_job(date(2018, 9, 11))
    assert Message.objects.count() == 2
    the_job(date(2018, 9, 17))
    assert Task.objects.count() == 2


def test_a_task_without_a_deadline_never_goes_up(desks):
    desks.lay(due_key="")
    the_job(TODAY + 400 * DAY)
    assert Task.objects.count() == 1
