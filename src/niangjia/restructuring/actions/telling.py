"""Who is told of a step, on whose desk the next one lies, and the line in the journal."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from niangjia.accounts import queries as accounts
from niangjia.kernel import clock, journal
from niangjia.kernel.access import Actor
from niangjia.kernel.reaching import beyond
from niangjia.kernel.words import Said, say
from niangjia.messaging.actions import Note, send
from niangjia.restructuring import queries
from niangjia.restructuring.models import Restructure
from niangjia.restructuring.permissions import Word
from niangjia.restructuring.rules import KIND, STATE_WORDS, State
from niangjia.tasks import actions as tasks

DUE = "restructure.step_workdays"
ASKED: Mapping[State, tuple[str, Word, Said]] = {
    State.PROPOSED: ("consult", Word.CONSULT, say("召开会员大会讨论：{title}", title="")),
    State.RETURNED: ("resubmit", Word.PROPOSE, say("修改后重新提出：{title}", title="")),
    State.CONSULTED: ("approve", Word.DECIDE, say("审批：{title}", title="")),
    State.APPROVED: ("audit", Word.AUDIT, say("登记经审结果：{title}", title="")),
    State.EXECUTED: ("close", Word.DECIDE, say("办结归档：{title}", title="")),
}
"""Which step a state waits for, and whose word it is."""


def move_on(*, row: Restructure, by: Actor, at: datetime) -> None:
    """What lay on a desk is done; the step that the state waits for lies on the desk it belongs to."""
    for step in ("execute", *(name for name, _, _ in ASKED.values())):
        tasks.finish(by=by, at=at, about=(KIND, row.pk), step=step)
    asked = ASKED.get(State(row.state))
    if asked is None:
        return
    step, word, words = asked
    title = Said(words.msgid, (("title", queries.title_of(row=row)),))
    draft = tasks.TaskDraft(
        key=f"restructure:{row.pk}:{step}:{row.version}",
        kind="restructuring.step",
        title=title,
        unit_id=_desk(row, word),
        word=word,
        about=(KIND, row.pk),
        road="restructure",
        road_args=(row.pk,),
        due_key=DUE,
        step=step,
    )
    tasks.lay(draft=draft, by=by, at=at)


def _desk(row: Restructure, word: Word) -> int:
    """The union itself consults its members, whoever made the plan changes it; the rest is the desk's."""
    if word is Word.CONSULT:
        return next(side.unit_id for side in row.sides.order_by("pk") if side.part == queries.SOURCE)
    return row.proposed_unit_id or row.desk_id if word is Word.PROPOSE else row.desk_id


def tell(*, row: Restructure, by: Actor, at: datetime) -> None:
    """Everybody who may read it at a union that it touches, and at the desk, is told how it stands."""
    units = {row.desk_id, *row.sides.values_list("unit_id", flat=True)}
    with beyond():
        holders = accounts.holders_at(unit_ids=units, day=clock.day_of(at))
        words = say("{title}：{state}", title=queries.title_of(row=row), state=STATE_WORDS[State(row.state)])
        note = Note(
            key=f"restructure:{row.pk}:{row.version}",
            kind="restructuring.changed",
            title=words,
            road="restructure",
            road_args=(row.pk,),
            unit_id=row.desk_id,
            about=(KIND, row.pk),
        )
        send(note=note, to={one.user_id for one in holders if one.carries(Word.READ)}, by=by, at=at)


def record(*, verb: str, row: Restructure, by: Actor, at: datetime, reason: str = "", **more: Any) -> None:
    """The line of a step."""
    after = {"state": str(row.state), "effective_on": row.effective_on.isoformat(), **more}
    journal.record(verb, by=by, at=at, kind=KIND, object_id=row.pk, after=after, reason=reason)
