"""Tasks are laid on a desk, handed over, and their deadlines moved; laying is idempotent by key."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from niangjia.accounts import queries as accounts
from niangjia.kernel import clock, journal
from niangjia.kernel.access import EVERYWHERE, Actor
from niangjia.kernel.errors import NotVisible, Refused, StepRefused
from niangjia.kernel.reaching import beyond
from niangjia.kernel.words import Said, say
from niangjia.messaging.actions import Note, send
from niangjia.messaging.rules import kept, require_no_sealed
from niangjia.tasks import queries
from niangjia.tasks.models import Task
from niangjia.tasks.permissions import Word
from niangjia.tasks.queries.deadlines import workdays_in_force
from niangjia.tasks.queries.one import KIND
from niangjia.tasks.queries.standing import holding
from niangjia.tasks.rules import TASK_WORDS, TaskState, Terms, next_reminder
from niangjia.tree import queries as tree

if TYPE_CHECKING:
    from niangjia.tree.models import Unit


@dataclass(frozen=True, slots=True)
class TaskDraft:
    """What is to be done, where, by whom, until when.

    `unit_id` and `word` name the desk, `holder_id` one account of it. The deadline is `due_on`, or so many
    working days after the day of laying as the policy `due_key` says there. `recused` are natural persons
    whom the matter concerns: it never lies with them (R-G-06).
    """

    key: str
    kind: str
    title: Said
    unit_id: int
    word: str
    about: tuple[str, int] | None = None
    road: str = ""
    road_args: Sequence[object] = ()
    holder_id: int | None = None
    recused: Sequence[int] = ()
    due_key: str = ""
    due_on: date | None = None
    step: str = ""
    next_step: Said | None = None
    by_hand: bool = False
    urgent: bool = False


@transaction.atomic
def lay(*, draft: TaskDraft, by: Actor, at: datetime) -> Task:
    """The task lies on its desk; laid again with the same key it is the one that lies there.

    Called by the actions of upper floors in their own transaction, after they asked for the permission. Where
    everybody at the desk is recused it lies with the unit above (R-G-06).
    """
    with beyond():
        known = Task.objects.filter(key=draft.key).first()
        if known is not None:
            return known
        unit, draft = _desk_for(draft, today=clock.day_of(at))
        task = _task(draft, unit, queries.terms_for(path=unit.path, day=clock.day_of(at)), by=by, at=at)
        try:
            with transaction.atomic():
                task.save(force_insert=True)
        except IntegrityError:
            return Task.objects.get(key=draft.key)
        after = {"key": task.key, "unit": task.unit_id, "due_on": _iso(task.due_on)}
        journal.record("lay_task", by=by, at=at, kind=KIND, object_id=task.pk, after=after)
    return task


@transaction.atomic
def lay_all(*, drafts: Iterable[TaskDraft], by: Actor, at: datetime) -> int:
    """Many tasks at once, as jobs lay them: those whose key is not there yet; returns how many were new."""
    drafts, today, terms = list(drafts), clock.day_of(at), {}
    with beyond():
        known = set(Task.objects.filter(key__in=[one.key for one in drafts]).values_list("key", flat=True))
        fresh = {one.key: one for one in drafts if one.key not in known}
        units = tree.units_in_scope(scope=EVERYWHERE).in_bulk({one.unit_id for one in fresh.values()})
        rows = []
        for draft in fresh.values():
            unit = units[draft.unit_id]
            above = unit.path[:-6]
            if above not in terms:
                terms[above] = queries.terms_for(path=unit.path, day=today)
            rows.append(_task(draft, unit, terms[above], by=by, at=at))
        Task.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)
        ours = Task.objects.filter(key__in=list(fresh), laid_at=at).count()
        if ours:
            told = [{"key": row.key, "unit": row.unit_id, "due_on": _iso(row.due_on)} for row in rows]
            journal.record_rows("lay_tasks", told, by=by, at=at, kind=KIND)
    return ours


def _desk_for(draft: TaskDraft, *, today: date) -> "tuple[Unit, TaskDraft]":
    """The desk of the draft; the one above while everybody here is recused."""
    unit = tree.public_unit(unit_id=draft.unit_id)
    if not draft.recused:
        return unit, draft
    for one in (unit, *reversed(tree.chain_above(path=unit.path))):
        here = accounts.holders_at(unit_ids=[one.pk], day=today)
        able = [h for h in here if h.carries(draft.word) and h.person_id not in draft.recused]
        blocked = draft.holder_id is not None and draft.holder_id not in {h.user_id for h in able}
        if able:
            return one, replace(draft, unit_id=one.pk, holder_id=None if blocked else draft.holder_id)
    return unit, replace(draft, holder_id=None)


def _task(draft: TaskDraft, unit: "Unit", terms: Terms, *, by: Actor, at: datetime) -> Task:
    require_no_sealed(str(draft.title))
    today = clock.day_of(at)
    due_on, days = draft.due_on, None
    if due_on is None and draft.due_key:
        days = workdays_in_force(key=draft.due_key, path=unit.path, day=today)
        due_on = terms.due_on(today, days)
    reminders = terms.reminders(due_on, since=today)
    about_kind, about_id = draft.about or ("", None)
    return Task(
        key=draft.key,
        kind=draft.kind,
        title=kept(draft.title),
        about_kind=about_kind,
        about_id=about_id,
        road=draft.road,
        road_args=list(draft.road_args),
        unit_id=unit.pk,
        word=str(draft.word),
        holder_id=draft.holder_id,
        recused=list(draft.recused),
        origin_unit_id=by.unit_id,
        laid_by=by.user_id,
        step=draft.step,
        next_step=kept(draft.next_step) if draft.next_step else {},
        laid_at=at,
        standing_at=at,
        due_on=due_on,
        due_key=draft.due_key,
        due_workdays=days,
        remind_days=reminders,
        remind_on=next_reminder(reminders, after=None),
        escalates_on=terms.escalates_on(due_on),
        by_hand=draft.by_hand,
        urgent=draft.urgent,
    )


@transaction.atomic
def hand_over(
    *,
    task_id: int,
    unit_id: int | None = None,
    holder_id: int | None = None,
    reason: str,
    by: Actor,
    at: datetime,
) -> Task:
    """The task lies on another desk, or with one person of its desk, from now on; its deadline stays.

    Raises Refused where nobody at the new desk may do it, NotAllowed outside the actor's scope.
    """
    seen = queries.task_in_scope(task_id=task_id, scope=by.scope_for(Word.HAND_OVER), actor=by)
    by.require(Word.HAND_OVER, at=seen.path)
    with beyond():
        task = locked(task_id=task_id)
        require_open(task=task)
        before = {"unit": task.unit_id, "holder": task.holder_id}
        goal = tree.public_unit(unit_id=unit_id or task.unit_id)
        by.require(Word.HAND_OVER, at=goal.path)
        task.unit, task.holder_id, task.standing_at = goal, holder_id, at
        _require_somebody(task, today=clock.day_of(at))
        task.version += 1
        task.save()
        after = {"unit": task.unit_id, "holder": task.holder_id}
        journal.record(
            "hand_over_task",
            by=by,
            at=at,
            kind=KIND,
            object_id=task.pk,
            before=before,
            after=after,
            reason=reason,
        )
        if holder_id is not None and holder_id != by.user_id:
            _tell_holder(task, by=by, at=at)
    return task


def _require_somebody(task: Task, *, today: date) -> None:
    holders = accounts.holders_at(unit_ids=[task.unit_id], day=today)
    if not holding(task=task, holders=holders):
        raise Refused(
            say("“{unit}”没有可以办理这件事的同志，或者他须回避。请另选组织或人员。", unit=task.unit.name),
            field="holder",
        )


def _tell_holder(task: Task, *, by: Actor, at: datetime) -> None:
    note = Note(
        key=f"handed:{task.pk}:{task.version}",
        kind="tasks.handed_over",
        title=say("有一件事转给您办理：{title}", title=task.said),
        road="task",
        road_args=(task.pk,),
        unit_id=by.unit_id,
        about=(KIND, task.pk),
        urgent=task.urgent,
    )
    send(note=note, to=[task.holder_id or 0], by=by, at=at)


@transaction.atomic
def move_deadline(*, key: str, due_on: date, reason: str, by: Actor, at: datetime) -> Task:
    """The task is due on another day; the old day, the new one and why stand in the journal."""
    with beyond():
        task = Task.objects.select_for_update().filter(key=key, state=TaskState.OPEN).first()
        if task is None:
            raise NotVisible
        before = {"due_on": _iso(task.due_on)}
        terms, today = queries.terms_for(path=task.path, day=clock.day_of(at)), clock.day_of(at)
        task.due_on, task.due_key, task.due_workdays = due_on, "", None
        task.remind_days = terms.reminders(due_on, since=today)
        task.remind_on = next_reminder(task.remind_days, after=None)
        task.escalates_on, task.escalated_at = terms.escalates_on(due_on), None
        task.version += 1
        task.save()
        after = {"due_on": _iso(due_on)}
        journal.record(
            "move_deadline",
            by=by,
            at=at,
            kind=KIND,
            object_id=task.pk,
            before=before,
            after=after,
            reason=reason,
        )
    return task


def locked(*, task_id: int) -> Task:
    """The task, held until the transaction ends."""
    task = Task.objects.select_for_update(of=("self",)).select_related("unit").filter(pk=task_id).first()
    if task is None:
        raise NotVisible
    return task


def require_open(*, task: Task) -> None:
    """Refuse a task that somebody closed meanwhile, and say who."""
    if task.state == TaskState.OPEN:
        return
    who = accounts.account_names(user_ids=[task.closed_by or 0]).get(task.closed_by or 0, "—")
    words = say("{who} 已经办过这件事（{state}），不必再办。", who=who, state=TASK_WORDS[task.state])
    raise StepRefused(words, step="finish")


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
