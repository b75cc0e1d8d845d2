"""Two officers, two workers, one effect; with the lock off the race does happen."""

from threading import Barrier

import pytest
from django.db import connections, transaction
from django.db.models import QuerySet

from niangjia.kernel.access import EVERYWHERE
from niangjia.kernel.errors import StepRefused
from niangjia.kernel.models import JournalLine
from niangjia.kernel.scoping import enter_scope
from niangjia.messaging.models import Message
from niangjia.tasks import actions
from niangjia.tasks.models import Task
from tests.accounts.conftest import Place
from tests.conftest import AT
from tests.network.test_races import together
from tests.tasks.conftest import Desks

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


@pytest.fixture
def desks():
    with transaction.atomic():
        enter_scope(EVERYWHERE)
        place = Place()
        place.unit("city_union", "甲市")
        for county in ("东县", "西县"):
            place.unit("county_union", county, "甲市")
            place.unit("town_union", f"{county}镇", county)
            place.unit("single_primary_union", f"{county}厂", f"{county}镇")
        made = Desks(place)
        made.task = made.lay()
    return made


def finishing(desks, actor, told):
    def act():
        try:
            with transaction.atomic():
                enter_scope(actor.scope_for("tasks.read"), user_id=actor.user_id)
                actions.finish_task(task_id=desks.task.pk, words=actor.name, by=actor, at=AT)
                told.append("done")
        except StepRefused as refused:
            told.append(str(refused))

    return act


def lines(verb):
    with transaction.atomic():
        enter_scope(EVERYWHERE)
        return JournalLine.objects.filter(verb=verb).count()


def test_two_officers_finish_one_task_and_one_is_told_who_was_faster(desks):
    told = []
    assert together(finishing(desks, desks.town, told), finishing(desks, desks.mate, told)) == []
    assert sorted(word[:4] for word in told) == ["done", "陈某 已"]
    assert lines("finish_task") == 1


def test_without_the_lock_both_would_have_done_it(desks, monkeypatch):
    """The control: the same two officers, the row not held, both past the question before either writes."""
    gate, closing = Barrier(2), actions.closing
    asked = closing.require_open
    monkeypatch.setattr(QuerySet, "select_for_update", lambda rows, **_: rows)
    monkeypatch.setattr(closing, "require_open", lambda *, task: (asked(task=task), gate.wait(20))[0])
    told = []
    together(finishing(desks, desks.town, told), finishing(desks, desks.mate, told))
    assert told == ["done", "done"]
    assert lines("finish_task") == 2


def in_scope(act):
    def run():
        with transaction.atomic():
            enter_scope(EVERYWHERE)
            act()

    return run


def count(rows):
    with transaction.atomic():
        enter_scope(EVERYWHERE)
        return rows.count()


def test_two_workers_escalate_one_task_once(desks):
    day = desks.task.escalates_on
    run = in_scope(lambda: actions.escalate_overdue(today=day, at=AT))
    assert together(run, run, run) == []
    assert count(Task.objects.filter(raised_from=desks.task)) == 1
    assert lines("escalate_task") == 1


def test_two_workers_remind_once(desks):
    day = desks.task.remind_on
    run = in_scope(lambda: actions.remind_of_deadlines(today=day, at=AT))
    assert together(run, run, run) == []
    assert count(Message.objects.all()) == 2


def test_two_transactions_that_lay_one_key_lay_one_task(desks):
    run = in_scope(lambda: desks.lay("other"))
    assert together(run, run, run) == []
    assert count(Task.objects.filter(key="other")) == 1
    assert lines("lay_task") == 2


def test_two_workers_lay_the_years_duties_once(desks):
    with transaction.atomic():
        enter_scope(EVERYWHERE)
        actions.start_duty(
            unit_id=desks.city.unit_id, code="statistics-town", since=AT.date(), by=desks.city, at=AT
        )
    day = AT.date().replace(month=12, day=1)
    run = in_scope(lambda: actions.lay_yearly_duties(today=day, at=AT))
    assert together(run, run) == []
    assert count(Task.objects.filter(kind="tasks.yearly_duty", due_on__month=12)) == 2
    connections.close_all()
