"""A step that is not final may be taken back for ten minutes, by whoever took it, once, exactly."""

from datetime import timedelta

import pytest

from niangjia.kernel.access import EVERYWHERE, Scope
from niangjia.kernel.errors import NotVisible, Refused, StepRefused
from niangjia.kernel.scoping import enter_scope
from niangjia.tasks import actions, queries
from niangjia.tasks.actions.undoing import reversal
from niangjia.tasks.models import Task, Undo
from tests.conftest import AT

MINUTE = timedelta(minutes=1)


def finished(desks):
    task = desks.lay()
    actions.finish_task(task_id=task.pk, words="已答复", by=desks.town, at=AT)
    return task, Undo.objects.get()


def shown(task):
    """Every column but the version, which a form opened before must still notice."""
    row = Task.objects.filter(pk=task.pk).values().get()
    return {name: value for name, value in row.items() if name != "version"}


def test_the_page_after_the_step_offers_it_with_the_minutes_left(desks):
    finished(desks)
    enter_scope(Scope(), user_id=desks.town.user_id)
    head = queries.header_of(user_id=desks.town.user_id, now=AT + 2 * MINUTE)
    assert [(str(offer.said), offer.minutes) for offer in head.offers] == [("已办结：答复入会申请", 8)]
    assert queries.header_of(user_id=desks.town.user_id, now=AT + 10 * MINUTE).offers == []


def test_the_reversal_is_exact(desks):
    before = shown(desks.lay())
    task, undo = finished(desks)
    enter_scope(Scope(own=None), user_id=desks.town.user_id)
    actions.take_back(undo_id=undo.pk, by=desks.town, at=AT + 9 * MINUTE)
    enter_scope(EVERYWHERE)
    assert shown(task) == before


def test_nobody_else_takes_it_back(desks):
    _, undo = finished(desks)
    with pytest.raises(NotVisible):
        actions.take_back(undo_id=undo.pk, by=desks.mate, at=AT + MINUTE)


def test_it_is_taken_back_once(desks):
    _, undo = finished(desks)
    actions.take_back(undo_id=undo.pk, by=desks.town, at=AT + MINUTE)
    with pytest.raises(Refused, match="已经撤回过"):
        actions.take_back(undo_id=undo.pk, by=desks.town, at=AT + MINUTE)


def test_after_the_time_it_stays(desks):
    _, undo = finished(desks)
    with pytest.raises(Refused, match="时间已经过了"):
        actions.take_back(undo_id=undo.pk, by=desks.town, at=AT + 10 * MINUTE)


def test_what_somebody_did_since_is_not_undone(desks):
    task, undo = finished(desks)
    Task.objects.filter(pk=task.pk).update(closed_by=desks.mate.user_id)
    with pytest.raises(StepRefused):
        actions.take_back(undo_id=undo.pk, by=desks.town, at=AT + MINUTE)


def test_every_verb_of_the_port_leads_to_a_reversal(settings):
    assert len(settings.NIANGJIA_UNDOS) >= 2
    assert all(callable(reversal(verb=verb)) for verb in settings.NIANGJIA_UNDOS)
