"""Laying, finishing, handing over: one key one task, the right desk, the right day, never the recused."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from niangjia.accounts import actions as accounts
from niangjia.accounts import queries as accounts_queries
from niangjia.accounts.models import Post, User
from niangjia.kernel.access import EVERYWHERE, SYSTEM, Scope
from niangjia.kernel.errors import NotAllowed, NotVisible, Refused, StepRefused
from niangjia.kernel.models import JournalLine
from niangjia.kernel.scoping import enter_scope
from niangjia.kernel.words import say
from niangjia.messaging.models import Message
from niangjia.people.models import Person
from niangjia.tasks import actions, queries
from niangjia.tasks.models import Task
from niangjia.tasks.queries import DeskFilters
from tests.conftest import AT, TODAY

MINE = DeskFilters()


def titles(actor, filters=MINE, today=TODAY):
    desk = queries.desk_of(actor=actor, today=today, filters=filters)
    return [str(row.title) for _, rows in desk.groups for row in rows]


def test_a_task_laid_twice_is_one_task(desks):
    first, second = desks.lay(), desks.lay(title=say("另一个标题"))
    assert first.pk == second.pk
    assert JournalLine.objects.filter(verb="lay_task").count() == 1


def test_a_deadline_counts_working_days_of_the_unit(desks):
    task = desks.lay()
    assert (task.due_on, task.due_workdays) == (date(2018, 8, 27), 5)
    assert task.remind_days == [date(2018, 8, 22), date(2018, 8, 24)]
    assert task.escalates_on == date(2018, 8, 28)


def test_a_deadline_steps_over_the_national_holiday(desks):
    task = desks.lay(at=AT.replace(month=9, day=28))
    assert task.due_on == date(2018, 10, 10)


def test_a_desk_is_a_unit_and_a_word(desks):
    desks.lay()
    assert titles(desks.town) == titles(desks.mate) == ["答复入会申请"]
    assert titles(desks.county) == titles(desks.chair) == titles(desks.west) == []


def test_a_task_of_one_person_lies_with_nobody_else(desks):
    desks.lay(holder_id=desks.town.user_id)
    assert (len(titles(desks.town)), len(titles(desks.mate))) == (1, 0)


def test_whoever_stands_above_may_look_at_the_desks_below_but_does_not_have_their_tasks(desks):
    desks.lay()
    assert titles(desks.county, DeskFilters(of="below")) == ["答复入会申请"]
    assert titles(desks.chair, DeskFilters(of="below")) == []


def test_a_delegate_sees_what_lies_with_his_delegator(desks):
    place = desks.place
    helper = place.account("helper", unit="东县镇")
    given = {"since": TODAY, "until": TODAY + timedelta(days=9), "by": desks.town, "at": AT}
    own = Post.objects.get(pk=desks.town.post_id)
    post = accounts.delegate_post(post=own, to=helper, **given)
    delegate = accounts_queries.actor_for(post=post, day=TODAY)
    desks.lay(holder_id=desks.town.user_id)
    desks.lay("desk")
    assert len(titles(delegate)) == 2


def test_the_desk_is_sorted_by_deadline_and_its_counts_are_the_list(desks):
    for number, days in enumerate((-3, 0, 4, None, -1)):
        due = None if days is None else TODAY + timedelta(days=days)
        desks.lay(f"t{number}", title=say("第{n}件", n=number), due_key="", due_on=due)
    desk = queries.desk_of(actor=desks.town, today=TODAY, filters=MINE)
    listed = [(bucket.value, [str(row.title) for row in rows]) for bucket, rows in desk.groups]
    assert listed == [("overdue", ["第0件", "第4件"]), ("today", ["第1件"]), ("later", ["第2件", "第3件"])]
    assert {bucket.value: n for bucket, n in desk.counts.items()} == {"overdue": 2, "today": 1, "later": 2}


def test_every_page_of_a_long_desk_follows_the_one_before(desks):
    for number in range(60):
        desks.lay(
            f"t{number:02}", title=say("第{n}件", n=number), due_key="", due_on=TODAY + timedelta(number % 7)
        )
    seen, after = [], ""
    while True:
        desk = queries.desk_of(actor=desks.town, today=TODAY, filters=MINE, after=after)
        page = [row for _, rows in desk.groups for row in rows]
        seen += [row.key for row in page]
        after = desk.pager.after
        if not after:
            break
    assert (len(seen), len(set(seen))) == (60, 60)
    back = queries.desk_of(actor=desks.town, today=TODAY, filters=MINE, before=desk.pager.before)
    assert [row.key for _, rows in back.groups for row in rows] == seen[25:50]


def test_a_step_finishes_the_task_whoever_took_it_and_wherever_it_lies(desks):
    desks.lay(about=("members.application", 7), step="approve")
    enter_scope(desks.chair.scope_for("tasks.read"), user_id=desks.chair.user_id)
    assert actions.finish(about=("members.application", 7), step="other", by=desks.chair, at=AT) == 0
    assert actions.finish(about=("members.application", 7), step="approve", by=desks.chair, at=AT) == 1
    assert actions.finish(about=("members.application", 7), by=desks.chair, at=AT) == 0
    assert not Task.objects.exists(), "the scope of before holds again"
    enter_scope(EVERYWHERE)
    assert titles(desks.town) == []


def test_a_task_is_ticked_off_only_where_it_lies(desks):
    task = desks.lay()
    with pytest.raises(NotAllowed):
        actions.finish_task(task_id=task.pk, words="", by=desks.county, at=AT)
    with pytest.raises(NotVisible):
        actions.finish_task(task_id=task.pk, words="", by=desks.west, at=AT)
    actions.finish_task(task_id=task.pk, words="已答复", by=desks.town, at=AT)
    with pytest.raises(StepRefused) as refused:
        actions.finish_task(task_id=task.pk, words="", by=desks.mate, at=AT)
    assert "已经办过这件事" in str(refused.value)


def test_a_task_with_a_page_of_its_own_is_not_ticked_off(desks):
    task = desks.lay(by_hand=False)
    with pytest.raises(NotAllowed):
        actions.finish_task(task_id=task.pk, words="", by=desks.town, at=AT)


def person(desks, name, officer):
    unit = desks.place.units["东县镇"]
    made = Person.objects.create(name=name, name_key=name, sex="male", keeper=unit, created_at=AT)
    User.objects.filter(pk=officer.user_id).update(person=made)
    return made


def test_a_matter_never_lies_with_the_person_it_concerns(desks):
    mate = person(desks, "陈某", desks.mate)
    task = desks.lay(recused=(mate.pk,))
    himself = replace(desks.mate, person_id=mate.pk)
    assert (titles(desks.town), titles(himself)) == (["答复入会申请"], [])
    with pytest.raises(NotVisible):
        actions.finish_task(task_id=task.pk, words="", by=himself, at=AT)
    assert [h.user_id for h in queries.holders_of(task=task, day=TODAY)] == [desks.town.user_id]


def test_where_everybody_is_recused_the_matter_goes_to_the_unit_above(desks):
    both = [person(desks, name, who).pk for name, who in (("陈某", desks.mate), ("李某", desks.town))]
    task = desks.lay(recused=both)
    assert task.unit_id == desks.county.unit_id
    assert titles(desks.county) == ["答复入会申请"]


def test_handing_over_needs_somebody_at_the_new_desk(desks):
    task = desks.lay()
    empty = desks.place.units["西县厂"]
    with pytest.raises(NotAllowed):
        actions.hand_over(task_id=task.pk, unit_id=empty.pk, reason="-", by=desks.county, at=AT)
    moved = actions.hand_over(
        task_id=task.pk, unit_id=desks.chair.unit_id, reason="由企业工会答复", by=desks.county, at=AT
    )
    assert (titles(desks.chair), titles(desks.town), moved.due_on) == (["答复入会申请"], [], task.due_on)
    with pytest.raises(Refused):
        actions.hand_over(task_id=task.pk, holder_id=desks.west.user_id, reason="-", by=desks.county, at=AT)


def test_the_one_to_whom_a_task_is_handed_is_told_once(desks):
    task = desks.lay()
    actions.hand_over(task_id=task.pk, holder_id=desks.mate.user_id, reason="休假", by=desks.town, at=AT)
    assert Message.objects.filter(user=desks.mate.user_id, kind="tasks.handed_over").count() == 1


def test_a_moved_deadline_is_recorded_with_the_old_one(desks):
    desks.lay()
    actions.move_deadline(key="join:1", due_on=date(2018, 9, 3), reason="补充材料", by=SYSTEM, at=AT)
    line = JournalLine.objects.get(verb="move_deadline")
    assert (line.before, line.after) == ({"due_on": "2018-08-27"}, {"due_on": "2018-09-03"})
    assert Task.objects.get().escalates_on == date(2018, 9, 4)


def test_the_applicant_learns_on_whose_desk_it_lies_since_when_and_never_a_telephone(desks):
    desks.lay(about=("members.application", 7), next_step=say("开会讨论"))
    enter_scope(Scope(own=1))
    (found,) = queries.standing_of(about_kind="members.application", about_id=7, today=date(2018, 8, 22))
    assert (found.unit_name, found.since, found.due_on, found.workdays_left) == (
        "东县镇", date(2018, 8, 20), date(2018, 8, 27), 3,
    )  # fmt: skip
    assert len(found.posts) == 1, "two officers in one post are one post"
    assert str(found.next_step) == "开会讨论"
    assert not Task.objects.exists()


def test_a_title_never_carries_a_sealed_number(desks):
    with pytest.raises(ValueError, match="never carries"):
        desks.lay(title=say("联系 {phone}", phone="13900000001"))
