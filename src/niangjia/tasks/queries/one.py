"""One task: what is known of it, with whom it lies, what happened to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse

from niangjia.accounts import queries as accounts
from niangjia.kernel.access import Actor, Scope
from niangjia.kernel.errors import NotVisible
from niangjia.kernel.reaching import beyond
from niangjia.kernel.scoping import within
from niangjia.kernel.shapes import Act, Cell, Crumb, Event, Fact
from niangjia.kernel.versions import authors_of, lines_of
from niangjia.kernel.words import listed, say
from niangjia.messaging import queries as messaging
from niangjia.tasks.models import Task
from niangjia.tasks.permissions import Word
from niangjia.tasks.queries.desk import kind_words, road_of
from niangjia.tasks.queries.standing import holding
from niangjia.tasks.rules import TASK_WORDS, Bucket, bucket_of

if TYPE_CHECKING:
    from django.db.models import QuerySet

KIND = "tasks.task"
VERBS = {
    "lay_task": say("列入待办"),
    "finish_task": say("办结"),
    "finish_task_by_step": say("随办理步骤办结"),
    "cancel_task": say("撤销"),
    "reopen_task": say("撤回办结"),
    "hand_over_task": say("转办"),
    "move_deadline": say("调整期限"),
    "remind_task": say("到期前提醒"),
    "escalate_task": say("超期上报上一级工会"),
}


@dataclass(frozen=True, slots=True)
class TaskPage:
    """A task with its facts, its history and what the reader may do."""

    task: Task
    facts: Sequence[Fact]
    events: Sequence[Event]
    actions: Sequence[Act]
    state: Cell
    deliveries: Sequence[Event]
    crumbs: Sequence[Crumb]


def task_in_scope(*, task_id: int, scope: Scope, actor: Actor) -> Task:
    """The task of a unit of the scope, or one that lies with the reader; never for the recused (R-G-06)."""
    rows = Task.objects.select_related("unit", "holder", "origin_unit")
    task: Task | None = (
        (_reached(rows, scope) | rows.filter(holder=actor.user_id or 0)).filter(pk=task_id).first()
    )
    if task is None or (actor.person_id and actor.person_id in task.recused):
        raise NotVisible
    return task


def _reached(rows: "QuerySet[Task]", scope: Scope) -> "QuerySet[Task]":
    return within(rows, scope=scope)


def holders_of(*, task: Task, day: date, whole_desk: bool = False) -> list[accounts.Holder]:
    """With whom the task lies on a day; or everybody of its desk, the one who has it now or not."""
    holders = accounts.holders_at(unit_ids=[task.unit_id], day=day)
    return holding(task=task, holders=holders, whole_desk=whole_desk)


def task_page(*, task_id: int, actor: Actor, today: date) -> TaskPage:
    """One task as the reader's scope shows it."""
    task = task_in_scope(task_id=task_id, scope=actor.scope_for(Word.READ), actor=actor)
    return TaskPage(
        task,
        _facts(task, today),
        history_of(task=task),
        _actions(task, actor),
        _state(task, today),
        messaging.deliveries_about(kind=KIND, object_id=task.pk),
        [Crumb(say("工作台"), reverse("desk")), Crumb(task.said)],
    )


def _state(task: Task, today: date) -> Cell:
    words = TASK_WORDS[task.state]
    if task.state != "open":
        return Cell(words, status="done" if task.state == "done" else "stop")
    late = bucket_of(task.due_on, today=today) is Bucket.OVERDUE
    return Cell(say("已超期") if late else words, status="late" if late else "now")


def _facts(task: Task, today: date) -> list[Fact]:
    holders = holders_of(task=task, day=today)
    names = listed(say("{name}（{post}）", name=holder.name, post=holder.post) for holder in holders)
    found = [
        Fact(say("类别"), kind_words().get(task.kind, task.kind)),
        Fact(say("办理组织"), task.unit.name),
        Fact(say("办理人"), names),
        Fact(say("到这里的时间"), task.standing_at),
        Fact(say("期限"), task.due_on or say("没有规定期限")),
    ]
    if task.due_key:
        href = reverse("policy", args=[task.due_key])
        found.append(Fact(say("期限依据"), say("{n} 个工作日", n=task.due_workdays or 0), href))
    if task.origin_unit is not None:
        found.append(Fact(say("来自"), task.origin_unit.name))
    if task.closed_words:
        found.append(Fact(say("办结说明"), task.closed_words))
    return found


def _actions(task: Task, actor: Actor) -> list[Act]:
    if task.state != "open":
        return []
    found = [Act(say("去办理"), road_of(task=task), kind="primary")] if task.road else []
    if task.by_hand and lies_with(task=task, actor=actor):
        found.append(Act(say("已办好，办结"), reverse("finish-task", args=[task.pk]), icon="check"))
    if actor.may(Word.HAND_OVER, at=task.path):
        found.append(Act(say("转办"), reverse("hand-over-task", args=[task.pk])))
    return found


def lies_with(*, task: Task, actor: Actor) -> bool:
    """Whether the task lies with the acting post: on its desk, or with the person himself."""
    if task.holder_id is not None:
        return task.holder_id == actor.user_id
    return task.unit_id == actor.unit_id and actor.may(task.word)


def history_of(*, task: Task) -> list[Event]:
    """What the journal tells of a task, newest first: whoever sees the task sees who did what elsewhere."""
    with beyond():
        lines = lines_of(kind=KIND, object_ids=[task.pk])
        authors = authors_of(lines)
    return [
        Event(
            line.at, authors.get(line.user_id, say("系统")), VERBS.get(line.verb, line.verb), note=line.reason
        )
        for line in lines
    ]
