"""Something asked of a union below, followed to its end (R-LEAD-07, S-DZ-21)."""

from datetime import date, timedelta

import pytest

from niangjia.kernel.errors import NotAllowed, NotVisible, Refused, StepRefused
from niangjia.messaging.models import Message
from niangjia.supervision import actions, queries
from niangjia.supervision.models import SupervisedTask
from niangjia.supervision.rules import SUPERVISION, Supervised
from niangjia.tasks import actions as tasks
from niangjia.tasks import queries as tasks_queries
from niangjia.tasks.models import Task, Undo
from tests.conftest import AT, TODAY
from tests.tasks import conftest as tasks_world

place, desks = tasks_world.place, tasks_world.desks
DUE = date(2018, 9, 28)


def give(desks, unit="东县镇", by=None, **more):
    told = {"title": "着手成立手工业联合工会", "words": "先摸清手工作坊的底数。", "due_on": DUE}
    draft = actions.SupervisedDraft(to_unit_id=desks.place.units[unit].pk, **told | more)
    return actions.give_supervised_task(draft=draft, today=TODAY, by=by or desks.county, at=AT)


def reply(desks, row, by=None):
    return actions.reply_to_supervised_task(
        supervised_id=row.pk, version=row.version, reply="已摸底 43 家", evidence="镇总〔2018〕3 号",
        by=by or desks.town, at=AT,
    )  # fmt: skip


def on_desk(actor):
    desk = tasks_queries.desk_of(actor=actor, today=TODAY, filters=tasks_queries.DeskFilters())
    return [(row.kind, row.due_on) for _, rows in desk.groups for row in rows]


def test_it_lies_on_the_desk_below_then_above_then_on_none(desks):
    row = give(desks)
    assert (on_desk(desks.town), on_desk(desks.county)) == ([("supervision.task", DUE)], [])
    row = reply(desks, row)
    assert on_desk(desks.town) == []
    assert on_desk(desks.county) == [("supervision.reply", date(2018, 8, 27))]
    actions.accept_reply(supervised_id=row.pk, version=row.version, by=desks.county, at=AT)
    assert on_desk(desks.town) == on_desk(desks.county) == []
    assert SupervisedTask.objects.get().state == Supervised.ACCEPTED
    assert Message.objects.filter(kind="supervision.changed").count() == 2


def test_a_reply_sent_back_lies_below_again_and_says_what_is_missing(desks):
    row = reply(desks, give(desks))
    actions.send_back_reply(
        supervised_id=row.pk, version=row.version, reason="缺名单", by=desks.county, at=AT
    )
    assert (on_desk(desks.town), on_desk(desks.county)) == ([("supervision.task", DUE)], [])
    page = queries.supervised_page(supervised_id=row.pk, actor=desks.town)
    assert page.events[0].note == "缺名单"


def test_a_reply_may_be_taken_back_until_somebody_looked_at_it(desks):
    row = reply(desks, give(desks))
    undo = Undo.objects.get()
    tasks.take_back(undo_id=undo.pk, by=desks.town, at=AT + timedelta(minutes=3))
    row.refresh_from_db()
    assert (row.state, row.reply, row.evidence, row.replied_at) == (Supervised.GIVEN, "", "", None)
    assert (on_desk(desks.town), on_desk(desks.county)) == ([("supervision.task", DUE)], [])


def test_a_reply_that_was_accepted_is_not_taken_back(desks):
    row = reply(desks, give(desks))
    actions.accept_reply(supervised_id=row.pk, version=row.version, by=desks.county, at=AT)
    with pytest.raises(StepRefused):
        tasks.take_back(undo_id=Undo.objects.get().pk, by=desks.town, at=AT + timedelta(minutes=1))


def test_nobody_asks_upwards_sideways_or_himself(desks):
    for unit in ("东县", "西县镇", "东县镇"):
        with pytest.raises(NotVisible):
            give(desks, unit, by=desks.town)


def test_a_deadline_before_today_is_refused(desks):
    with pytest.raises(Refused) as refused:
        give(desks, due_on=TODAY - timedelta(days=1))
    assert refused.value.field == "due_on"


def test_only_the_union_asked_replies_and_only_the_one_that_asked_decides(desks):
    row = give(desks, "东县厂")
    with pytest.raises(NotVisible):
        reply(desks, row, by=desks.county)
    row = reply(desks, row, by=desks.chair)
    with pytest.raises(NotAllowed):
        actions.accept_reply(supervised_id=row.pk, version=row.version, by=desks.town, at=AT)


def test_the_second_of_two_who_decide_sees_that_somebody_was_faster(desks):
    row = reply(desks, give(desks))
    actions.send_back_reply(supervised_id=row.pk, version=row.version, reason="-", by=desks.county, at=AT)
    with pytest.raises(StepRefused):
        actions.accept_reply(supervised_id=row.pk, version=row.version, by=desks.county, at=AT)


def test_what_is_withdrawn_lies_with_nobody(desks):
    row = give(desks)
    actions.withdraw_supervised_task(
        supervised_id=row.pk, version=1, reason="并入年度计划", by=desks.county, at=AT
    )
    assert on_desk(desks.town) == []
    assert Task.objects.get().state == "cancelled"


def test_silence_goes_back_up_to_whoever_stands_above(desks):
    give(desks, due_on=date(2018, 8, 24))
    tasks.escalate_overdue(today=date(2018, 8, 27), at=AT)
    assert Task.objects.get(raised_from__isnull=False).unit_id == desks.county.unit_id


def test_every_state_is_reached_and_every_way_ends():
    assert (SUPERVISION.unreachable, SUPERVISION.dead_ends) == (frozenset(), frozenset())
    assert SUPERVISION.last_states == {"accepted", "withdrawn"}
