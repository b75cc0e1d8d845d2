"""Tasks end: by the step of the workflow that laid them, by hand, or because they fall away."""

from datetime import datetime

from django.db import transaction
from django.db.models import F, QuerySet

from niangjia.kernel import journal
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import NotAllowed, StepRefused
from niangjia.kernel.reaching import beyond
from niangjia.kernel.versions import Overtaken, lines_of
from niangjia.kernel.words import say
from niangjia.tasks import queries
from niangjia.tasks.actions.laying import locked, require_open
from niangjia.tasks.actions.undoing import offer_undo
from niangjia.tasks.models import Task
from niangjia.tasks.permissions import Word
from niangjia.tasks.queries.one import KIND, lies_with
from niangjia.tasks.rules import TASK, TaskState

FINISH = "tasks.finish"


@transaction.atomic
def finish(
    *, by: Actor, at: datetime, key: str = "", about: tuple[str, int] | None = None, step: str = ""
) -> int:
    """The open tasks with this key, or about this object (and step), are done; returns how many.

    Called by the actions of upper floors in their own transaction: whoever took the step did the task.
    """
    with beyond():
        rows = _open_ones(key, about, step)
        for task in rows:
            _close(task, TaskState.DONE, by=by, at=at, verb="finish_task_by_step", words="")
    return len(rows)


@transaction.atomic
def cancel(
    *,
    by: Actor,
    at: datetime,
    reason: str,
    key: str = "",
    about: tuple[str, int] | None = None,
    step: str = "",
) -> int:
    """The open tasks with this key, or about this object, fall away, for a reason; returns how many."""
    with beyond():
        rows = _open_ones(key, about, step)
        for task in rows:
            _close(task, TaskState.CANCELLED, by=by, at=at, verb="cancel_task", words=reason)
    return len(rows)


@transaction.atomic
def finish_task(*, task_id: int, words: str, version: int | None = None, by: Actor, at: datetime) -> Task:
    """Whoever it lies with ticks the task off; he may take that back for some minutes (ui.md B8).

    Raises StepRefused, saying who was faster, for a task that is closed already; Overtaken for one that has
    changed since the reader saw this version of it.
    """
    seen = queries.task_in_scope(task_id=task_id, scope=by.scope_for(Word.READ), actor=by)
    if not seen.by_hand or not lies_with(task=seen, actor=by):
        raise NotAllowed(say("这件事要在办理页面上办，或者不在您的工作台上。请从“去办理”进入。"))
    with beyond():
        task = locked(task_id=task_id)
        require_open(task=task)
        if version not in {None, task.version}:
            raise Overtaken(
                next(iter(lines_of(kind=KIND, object_ids=[task.pk])), None), version=task.version, model=Task
            )
        raised = _close(task, TaskState.DONE, by=by, at=at, verb="finish_task", words=words)
    offer_undo(
        verb=FINISH,
        said=say("已办结：{title}", title=task.said),
        about=(KIND, task.pk),
        facts={"raised": raised},
        by=by,
        at=at,
    )
    return task


@transaction.atomic
def reopen_finished(*, about_id: int, facts: dict[str, list[int]], by: Actor, at: datetime) -> None:
    """The reversal of `finish_task`: the task and what it had raised lie open again as before."""
    with beyond():
        task = locked(task_id=about_id)
        if task.state != TaskState.DONE or task.closed_by != by.user_id:
            raise StepRefused(say("这件事的状态已经变了，不能再撤回。请打开它看现在的情况。"), step="reopen")
        ids = [task.pk, *facts.get("raised", ())]
        Task.objects.filter(pk__in=ids).update(
            state=TASK.advance(task.state, "reopen"),
            closed_at=None,
            closed_by=None,
            closed_words="",
            version=F("version") + 1,
        )
        journal.record("reopen_task", by=by, at=at, kind=KIND, object_id=task.pk)


def _open_ones(key: str, about: tuple[str, int] | None, step: str) -> list[Task]:
    """The open tasks meant, held in the order of their numbers."""
    rows: QuerySet[Task] = Task.objects.filter(state=TaskState.OPEN, raised_from=None)
    if about is not None:
        rows = rows.filter(about_kind=about[0], about_id=about[1])
        rows = rows.filter(step=step) if step else rows
    else:
        rows = rows.filter(key=key)
    return list(rows.select_for_update().order_by("pk"))


def _close(task: Task, state: TaskState, *, by: Actor, at: datetime, verb: str, words: str) -> list[int]:
    """The task is closed, and what it had raised above with it; returns the numbers of those."""
    raised = list(_raised_by(task.pk))
    told = {"state": state, "closed_at": at, "closed_by": by.user_id, "closed_words": words}
    Task.objects.filter(pk__in=[task.pk, *raised], state=TaskState.OPEN).update(
        **told, version=F("version") + 1
    )
    for name, value in told.items():
        setattr(task, name, value)
    journal.record(
        verb, by=by, at=at, kind=KIND, object_id=task.pk, after={"state": str(state)}, reason=words
    )
    return raised


def _raised_by(task_id: int) -> list[int]:
    """The open tasks that a task has raised, and those that they have raised."""
    found: list[int] = []
    level = [task_id]
    while level:
        rows = Task.objects.filter(raised_from__in=level, state=TaskState.OPEN)
        level = list(rows.select_for_update().order_by("pk").values_list("pk", flat=True))
        found += level
    return found
