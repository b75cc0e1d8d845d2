"""On whose desk an application lies next, until when; and what the family is told (R-G-08)."""

from collections.abc import Mapping
from datetime import datetime

from niangjia.accounts import queries as accounts
from niangjia.aid import queries
from niangjia.aid.models import AidApplication
from niangjia.aid.permissions import Word
from niangjia.aid.rules import KIND, KINDS, State
from niangjia.kernel import clock
from niangjia.kernel.access import Actor
from niangjia.kernel.words import Said, say
from niangjia.messaging.actions import Note, send
from niangjia.tasks import actions as tasks

ROAD = "aid-application"
NEXT: Mapping[str, tuple[str, str, Said, Said]] = {
    State.SUBMITTED: ("visit", Word.REVIEW, say("入户走访：{matter}", matter="{matter}"), say("镇街审核")),
    State.RETURNED: ("answer", Word.ASK, say("补正申请：{matter}", matter="{matter}"), say("入户走访")),
    State.VISITED: ("review", Word.REVIEW, say("审核：{matter}", matter="{matter}"), say("公示")),
    State.REVIEWED: ("review", Word.REVIEW, say("安排公示：{matter}", matter="{matter}"), say("审批")),
    State.NOTICED: ("approve", Word.APPROVE, say("公示期满后审批：{matter}", matter="{matter}"), say("支付")),
    State.APPROVED: ("pay", Word.PAY, say("开具支付单：{matter}", matter="{matter}"), say("付款")),
    State.PAID: ("answer", Word.ASK, say("请家庭确认收到：{matter}", matter="{matter}"), say("办结")),
    State.CONFIRMED: ("review", Word.REVIEW, say("办结：{matter}", matter="{matter}"), say("归档")),
    State.APPEALED: ("review", Word.APPROVE, say("处理申诉：{matter}", matter="{matter}"), say("答复申请人")),
}
"""By state: the policy of the deadline `aid.…_workdays`, who, the words of the task, what comes then."""
TASKS = {Word.ASK: "aid.ask", Word.REVIEW: "aid.review", Word.APPROVE: "aid.decide", Word.PAY: "aid.pay"}


def pass_on(*, row: AidApplication, by: Actor, at: datetime) -> None:
    """What lay on a desk is done; the task of whoever is next lies there with its deadline."""
    tasks.finish(by=by, at=at, about=(KIND, row.pk))
    if row.state not in NEXT:
        return
    step, word, title, then = NEXT[row.state]
    desks = queries.desks_of(row=row, day=clock.day_of(at))
    unit_id, holder = _desk(row, Word(word), desks)
    draft = tasks.TaskDraft(
        key=f"aid:{row.pk}:{row.version}",
        kind=TASKS[Word(word)],
        title=say(title.msgid, matter=matter_of(row=row)),
        unit_id=unit_id,
        word=word,
        about=(KIND, row.pk),
        road=ROAD,
        road_args=(row.pk,),
        holder_id=holder,
        recused=sorted(desks.recused) if word != Word.ASK else (),
        due_key=f"aid.{step}_workdays",
        step=step,
        next_step=then,
    )
    tasks.lay(draft=draft, by=by, at=at)


def _desk(row: AidApplication, word: Word, desks: queries.Desks) -> tuple[int, int | None]:
    if word == Word.ASK:
        return row.unit_id, None if row.on_behalf else row.asked_by
    if word == Word.REVIEW:
        return desks.review.pk, None
    return desks.approve.pk, None


def matter_of(*, row: AidApplication) -> Said:
    """What it is about in a list that colleagues read: the kind and the number, no illness, no sum."""
    return say("{kind} 第 {number} 号", kind=KINDS[row.kind], number=row.pk)


def fall_away(*, row: AidApplication, by: Actor, at: datetime, reason: str) -> None:
    """Nobody has anything to do about it any more."""
    tasks.cancel(by=by, at=at, about=(KIND, row.pk), reason=reason)


def tell(*, row: AidApplication, words: Said, by: Actor, at: datetime) -> None:
    """The family, and whoever asked on its behalf, hear of what others decided."""
    to = {row.asked_by, *accounts.accounts_of(people=[row.payee_id])} - {None, by.user_id}
    note = Note(
        key=f"aid:{row.pk}:{row.version}",
        kind="aid.changed",
        title=words,
        road=ROAD,
        road_args=(row.pk,),
        unit_id=row.unit_id,
        about=(KIND, row.pk),
    )
    if to:
        send(note=note, to=sorted(one for one in to if one is not None), by=by, at=at)
