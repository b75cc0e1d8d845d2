"""On whose desk a batch lies: with who approves, who hands out, who settles (R-G-08)."""

from datetime import datetime

from niangjia.accounts import queries as accounts
from niangjia.handouts.models import HandoutBatch
from niangjia.handouts.rules import KIND, State
from niangjia.kernel.access import Actor
from niangjia.kernel.clock import day_of
from niangjia.kernel.words import Said, say
from niangjia.sympathy import queries as sympathy
from niangjia.sympathy.permissions import Word
from niangjia.tasks import actions as tasks

NEXT: dict[str, tuple[str, Word, Said]] = {
    State.SUBMITTED: ("handouts.approve", Word.APPROVE, say("批准：{name}", name="{name}")),
    State.APPROVED: ("handouts.hand_out", Word.VISIT, say("发放：{name}", name="{name}")),
    State.CLOSED: ("handouts.settle", Word.SETTLE, say("结算：{name}", name="{name}")),
}
"""By state: the kind of the task, the word it asks for, its title."""


def pass_on(*, row: HandoutBatch, by: Actor, at: datetime) -> None:
    """What lay on a desk is done; the task of whoever is next lies there. To be called inside `beyond`."""
    tasks.finish(by=by, at=at, about=(KIND, row.pk))
    if row.state not in NEXT:
        return
    kind, word, title = NEXT[row.state]
    maker = _persons_of(row.made_by) if word == Word.APPROVE else frozenset()
    unit = sympathy.desk_for(path=row.path, word=word, day=day_of(at), without=maker)
    draft = tasks.TaskDraft(
        key=f"handouts:{row.pk}:{row.version}",
        kind=kind,
        title=say(title.msgid, name=row.name),
        unit_id=unit,
        word=word,
        about=(KIND, row.pk),
        road="handout",
        road_args=(row.pk,),
        holder_id=row.made_by if word == Word.VISIT else None,
        recused=sorted(maker),
        due_on=row.on if word == Word.VISIT and row.on >= day_of(at) else None,
        step=str(row.state),
    )
    tasks.lay(draft=draft, by=by, at=at)


def _persons_of(user_id: int | None) -> frozenset[int]:
    """The person behind an account, whom the task must not wait for."""
    if user_id is None:
        return frozenset()
    found = accounts.address_of(user_id=user_id)[1]
    return frozenset({found} if found else ())


def fall_away(*, row: HandoutBatch, by: Actor, at: datetime, reason: str) -> None:
    """Nobody has anything to do about it any more."""
    tasks.cancel(by=by, at=at, about=(KIND, row.pk), reason=reason)
