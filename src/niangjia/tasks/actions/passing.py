"""What time does to tasks: reminders before a deadline, silence that goes to the unit above (R-G-08)."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import F

from niangjia.accounts import queries as accounts
from niangjia.kernel import journal
from niangjia.kernel.access import SYSTEM
from niangjia.kernel.reaching import beyond
from niangjia.kernel.words import say
from niangjia.messaging.actions import Note, send
from niangjia.tasks import queries
from niangjia.tasks.actions.laying import TaskDraft, lay
from niangjia.tasks.models import Task
from niangjia.tasks.permissions import Word
from niangjia.tasks.queries.one import KIND
from niangjia.tasks.rules import TaskState, next_reminder
from niangjia.tree import queries as tree

BATCH = 200


@transaction.atomic
def remind_of_deadlines(*, today: date, at: datetime) -> int:
    """Those whose reminder has come are told once each; a day that was missed is not made up for twice."""
    with beyond():
        rows = Task.objects.filter(state=TaskState.OPEN, remind_on__lte=today).order_by("pk")
        tasks = list(rows.select_for_update(of=("self",), skip_locked=True).select_related("unit")[:BATCH])
        for task in tasks:
            if task.due_on is not None and task.due_on >= today:
                _remind(task, today=today, at=at)
            task.remind_on = next_reminder(task.remind_days, after=today)
            task.save(update_fields=["remind_on"])
    return len(tasks)


def _remind(task: Task, *, today: date, at: datetime) -> None:
    to = [holder.user_id for holder in queries.holders_of(task=task, day=today)]
    note = Note(
        key=f"remind:{task.pk}:{task.remind_on}",
        kind="tasks.reminder",
        title=say("{day}到期：{title}", day=task.due_on, title=task.said),
        road="task",
        road_args=(task.pk,),
        unit_id=task.unit_id,
        about=(KIND, task.pk),
        urgent=task.urgent,
    )
    send(note=note, to=to, by=SYSTEM, at=at)
    journal.record("remind_task", by=SYSTEM, at=at, kind=KIND, object_id=task.pk)


@transaction.atomic
def escalate_overdue(*, today: date, at: datetime) -> int:
    """Every task whose silence has lasted lies, as a task, on the desk of the unit above, once."""
    with beyond():
        rows = Task.objects.filter(state=TaskState.OPEN, escalated_at=None, escalates_on__lte=today).order_by(
            "pk"
        )
        tasks = list(rows.select_for_update(of=("self",), skip_locked=True).select_related("unit")[:BATCH])
        for task in tasks:
            _escalate(task, today=today, at=at)
        Task.objects.filter(pk__in=[task.pk for task in tasks]).update(
            escalated_at=at, version=F("version") + 1
        )
    return len(tasks)


def _escalate(task: Task, *, today: date, at: datetime) -> None:
    above = list(tree.chain_above(path=task.path))
    if not above:
        return
    goal = above[-1]
    root = task.raised_from if task.raised_from_id else task
    draft = TaskDraft(
        key=f"up:{goal.pk}:{task.key}"[:160],
        kind="tasks.escalated",
        title=say("督促办理：{unit}的“{title}”已超期", unit=task.unit.name, title=task.said)
        if task.raised_from_id is None
        else task.said,
        unit_id=goal.pk,
        word=Word.SUPERVISE,
        about=(task.about_kind, task.about_id) if task.about_id else None,
        road="task",
        road_args=(root.pk if root else task.pk,),
        recused=task.recused,
        due_key="tasks.escalate_workdays",
        by_hand=True,
        urgent=task.urgent,
    )
    raised = lay(draft=draft, by=SYSTEM, at=at)
    Task.objects.filter(pk=raised.pk).update(raised_from=task)
    journal.record(
        "escalate_task",
        by=SYSTEM,
        at=at,
        kind=KIND,
        object_id=task.pk,
        after={"unit": goal.pk, "task": raised.pk},
    )
    holders = accounts.holders_at(unit_ids=[raised.unit_id], day=today)
    to = [holder.user_id for holder in holders if holder.carries(Word.SUPERVISE)]
    note = Note(
        key=f"up:{raised.pk}",
        kind="tasks.escalated",
        title=raised.said,
        road="task",
        road_args=(raised.pk,),
        unit_id=task.unit_id,
        about=(KIND, raised.pk),
    )
    send(note=note, to=to, by=SYSTEM, at=at)
