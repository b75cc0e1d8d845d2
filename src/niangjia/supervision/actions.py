"""Supervised tasks 督办: given to a union below, replied to, accepted or sent back (R-LEAD-07, S-DZ-21)."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from niangjia.accounts import queries as accounts
from niangjia.kernel import clock, journal
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import NotAllowed, NotVisible, Refused, StepRefused
from niangjia.kernel.reaching import beyond
from niangjia.kernel.words import Said, say
from niangjia.messaging.actions import Note, send
from niangjia.messaging.rules import require_no_sealed
from niangjia.supervision import queries
from niangjia.supervision.models import SupervisedTask
from niangjia.supervision.permissions import Word
from niangjia.supervision.rules import KIND, SUPERVISION
from niangjia.tasks import actions as tasks

TAKE_BACK = "supervision.reply"


@dataclass(frozen=True, slots=True)
class SupervisedDraft:
    """What is asked of a union below."""

    to_unit_id: int
    title: str
    words: str
    due_on: date


@transaction.atomic
def give_supervised_task(*, draft: SupervisedDraft, today: date, by: Actor, at: datetime) -> SupervisedTask:
    """The union below has it on its desk, with its deadline."""
    unit = queries.units_below(actor=by).filter(pk=draft.to_unit_id).first()
    if unit is None:
        raise NotVisible
    by.require(Word.GIVE, at=unit.path)
    if draft.due_on < today:
        raise Refused(say("期限不能早于今天。请另填一个日子。"), field="due_on")
    require_no_sealed(draft.title)
    row = SupervisedTask.objects.create(
        from_unit_id=by.unit_id or 0,
        to_unit=unit,
        title=draft.title,
        words=draft.words,
        due_on=draft.due_on,
        given_by=by.user_id,
        given_at=at,
    )
    _ask_for_reply(row, turn=1, by=by, at=at)
    _record("give_supervised_task", row, by=by, at=at)
    return row


@transaction.atomic
def reply_to_supervised_task(
    *, supervised_id: int, version: int, reply: str, evidence: str, by: Actor, at: datetime
) -> SupervisedTask:
    """The reply lies with the union that asked; it may be taken back for some minutes."""
    row = _stepped(supervised_id, "reply", version, by, Word.REPLY)
    if by.unit_id != row.to_unit_id:
        raise NotAllowed(say("这件督办不是交给您的工会的。请由承办的工会回复。"))
    row.reply, row.evidence, row.replied_at = reply, evidence, at
    row.save()
    tasks.finish(by=by, at=at, about=(KIND, row.pk), step="reply")
    draft = tasks.TaskDraft(
        key=f"supervised:{row.pk}:accept:{row.version}",
        kind="supervision.reply",
        title=say("核对督办回复：{unit}“{title}”", unit=row.to_unit.name, title=row.title),
        unit_id=row.from_unit_id,
        word=Word.GIVE,
        about=(KIND, row.pk),
        road="supervised",
        road_args=(row.pk,),
        due_key="tasks.supervised_workdays",
        step="accept",
        next_step=say("办结"),
    )
    tasks.lay(draft=draft, by=by, at=at)
    _record("reply_to_supervised_task", row, by=by, at=at)
    said = say("已回复督办：{title}", title=row.title)
    tasks.offer_undo(
        verb=TAKE_BACK, said=said, about=(KIND, row.pk), facts={"version": row.version}, by=by, at=at
    )
    return row


@transaction.atomic
def take_back_reply(*, about_id: int, facts: dict[str, int], by: Actor, at: datetime) -> None:
    """The reversal of a reply: the union below has the task again, as long as nobody has looked at it."""
    row = _locked(about_id)
    if row.version != facts["version"]:
        raise StepRefused(say("交办的工会已经处理了这份回复，不能再撤回。"), step="take_back")
    row = _stepped(about_id, "take_back", row.version, by, Word.REPLY)
    row.reply, row.evidence, row.replied_at = "", "", None
    row.save()
    tasks.cancel(by=by, at=at, about=(KIND, row.pk), step="accept", reason="reply taken back")
    _ask_for_reply(row, turn=row.version, by=by, at=at)
    _record("take_back_reply", row, by=by, at=at)


@transaction.atomic
def accept_reply(*, supervised_id: int, version: int, by: Actor, at: datetime) -> SupervisedTask:
    """The matter is closed: whoever asked agrees with the reply. Final."""
    row = _stepped(supervised_id, "accept", version, by, Word.GIVE)
    _require_giver(row, by)
    row.closed_at = at
    row.save()
    tasks.finish(by=by, at=at, about=(KIND, row.pk))
    _record("accept_reply", row, by=by, at=at)
    _tell(row, say("督办已办结：{title}", title=row.title), by=by, at=at)
    return row


@transaction.atomic
def send_back_reply(
    *, supervised_id: int, version: int, reason: str, by: Actor, at: datetime
) -> SupervisedTask:
    """The union below has the task again, and is told what is missing."""
    row = _stepped(supervised_id, "send_back", version, by, Word.GIVE)
    _require_giver(row, by)
    row.save()
    tasks.finish(by=by, at=at, about=(KIND, row.pk), step="accept")
    _ask_for_reply(row, turn=row.version, by=by, at=at)
    _record("send_back_reply", row, by=by, at=at, reason=reason)
    _tell(row, say("督办回复被退回补充：{title}", title=row.title), by=by, at=at)
    return row


@transaction.atomic
def withdraw_supervised_task(
    *, supervised_id: int, version: int, reason: str, by: Actor, at: datetime
) -> SupervisedTask:
    """Whoever asked asks no more; the task below falls away."""
    row = _stepped(supervised_id, "withdraw", version, by, Word.GIVE)
    _require_giver(row, by)
    row.closed_at = at
    row.save()
    tasks.cancel(by=by, at=at, about=(KIND, row.pk), reason=reason)
    _record("withdraw_supervised_task", row, by=by, at=at, reason=reason)
    return row


def _stepped(supervised_id: int, step: str, version: int, by: Actor, word: Word) -> SupervisedTask:
    """The row, locked and in the state after the step, not saved yet."""
    queries.supervised_in_scope(supervised_id=supervised_id, scope=by.scope_for(word))
    row = _locked(supervised_id)
    by.require(word, at=row.path)
    state = SUPERVISION.advance(row.state, step)
    if row.version != version:
        raise StepRefused(say("这件督办刚刚有人办过一步。请打开它看现在的情况，再决定。"), step=step)
    row.state, row.version = state, row.version + 1
    return row


def _locked(supervised_id: int) -> SupervisedTask:
    rows = SupervisedTask.objects.select_for_update(of=("self",)).select_related("to_unit", "from_unit")
    return rows.get(pk=supervised_id)


def _require_giver(row: SupervisedTask, by: Actor) -> None:
    if by.unit_id != row.from_unit_id and not by.everywhere:
        raise NotAllowed(say("这件督办由{unit}交办，请由它处理。", unit=row.from_unit.name))


def _ask_for_reply(row: SupervisedTask, *, turn: int, by: Actor, at: datetime) -> None:
    draft = tasks.TaskDraft(
        key=f"supervised:{row.pk}:reply:{turn}",
        kind="supervision.task",
        title=say("督办：{title}", title=row.title),
        unit_id=row.to_unit_id,
        word=Word.REPLY,
        about=(KIND, row.pk),
        road="supervised",
        road_args=(row.pk,),
        due_on=row.due_on,
        step="reply",
        next_step=say("交办的工会核对回复"),
    )
    tasks.lay(draft=draft, by=by, at=at)


def _tell(row: SupervisedTask, words: Said, *, by: Actor, at: datetime) -> None:
    with beyond():
        holders = accounts.holders_at(unit_ids=[row.to_unit_id], day=clock.day_of(at))
        note = Note(
            key=f"supervised:{row.pk}:{row.version}",
            kind="supervision.changed",
            title=words,
            road="supervised",
            road_args=(row.pk,),
            unit_id=row.from_unit_id,
            about=(KIND, row.pk),
        )
        send(note=note, to=[one.user_id for one in holders if one.carries(Word.REPLY)], by=by, at=at)


def _record(verb: str, row: SupervisedTask, *, by: Actor, at: datetime, reason: str = "") -> None:
    after: dict[str, Any] = {
        "state": str(row.state),
        "to_unit": row.to_unit_id,
        "due_on": row.due_on.isoformat(),
    }
    journal.record(verb, by=by, at=at, kind=KIND, object_id=row.pk, after=after, reason=reason)
