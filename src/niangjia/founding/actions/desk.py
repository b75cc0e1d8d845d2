"""On whose desk an establishment lies next, until when; and what the applicant is told (R-G-08)."""

from datetime import datetime

from niangjia.founding import queries, rules
from niangjia.founding.models import UnionEstablishment
from niangjia.founding.permissions import Word
from niangjia.founding.rules import KIND, State
from niangjia.kernel.access import Actor
from niangjia.kernel.words import Said, say
from niangjia.messaging.actions import Note, send
from niangjia.tasks import actions as tasks

ROAD = "establishment"
NEXT: dict[str, tuple[str, Said, Said]] = {
    State.SUBMITTED: ("review", say("审核建会申请：{name}", name="{name}"), say("上级总工会批准筹备")),
    State.RETURNED: ("answer", say("补正建会申请：{name}", name="{name}"), say("上级工会审核")),
    State.REVIEWED: ("prepare", say("批准筹备：{name}", name="{name}"), say("筹备组召开大会")),
    State.PREPARING: ("congress", say("召开大会选举：{name}", name="{name}"), say("报送选举结果")),
    State.CONGRESS: ("result", say("报送选举结果：{name}", name="{name}"), say("上级总工会批复成立")),
    State.RESULT: ("approve", say("批复成立：{name}", name="{name}"), say("登记工会法人（自愿）")),
}
"""By state: the policy of the deadline `org.founding_…_workdays`, the words of the task, what comes then."""


def pass_on(*, row: UnionEstablishment, by: Actor, at: datetime) -> None:
    """What lay on a desk is done; the task of whoever is next lies there with its deadline."""
    tasks.finish(by=by, at=at, about=(KIND, row.pk))
    if row.state not in NEXT:
        return
    step, title, then = NEXT[row.state]
    unit_id, word, holder = _desk(row)
    draft = tasks.TaskDraft(
        key=f"founding:{row.pk}:{row.version}",
        kind={Word.ASK: "founding.ask", Word.REVIEW: "founding.review"}.get(word, "founding.decide"),
        title=say(title.msgid, name=row.name),
        unit_id=unit_id,
        word=word,
        about=(KIND, row.pk),
        road=ROAD,
        road_args=(row.pk,),
        holder_id=holder,
        recused=sorted(queries.desks_of(row=row).recused) if word != Word.ASK else (),
        due_key=f"org.founding_{step}_workdays",
        step=step,
        next_step=then,
    )
    tasks.lay(draft=draft, by=by, at=at)


def fall_away(*, row: UnionEstablishment, by: Actor, at: datetime, reason: str) -> None:
    """Nobody has anything to do about it any more."""
    tasks.cancel(by=by, at=at, about=(KIND, row.pk), reason=reason)


def _desk(row: UnionEstablishment) -> tuple[int, Word, int | None]:
    """The unit, the word and perhaps the one account with whom the establishment lies."""
    desks = queries.desks_of(row=row)
    if row.state in rules.WITH_APPLICANT:
        if row.asked_unit_id is not None:
            return row.asked_unit_id, Word.ASK, None
        return desks.review.pk, Word.ASK, row.asked_by
    if row.state == State.SUBMITTED:
        return desks.review.pk, Word.REVIEW, None
    return desks.approve.pk, Word.APPROVE, None


def tell(*, row: UnionEstablishment, words: Said, by: Actor, at: datetime) -> None:
    """The applicant hears of what others decided."""
    if row.asked_by is None or row.asked_by == by.user_id:
        return
    note = Note(
        key=f"founding:{row.pk}:{row.version}",
        kind="founding.changed",
        title=words,
        road=ROAD,
        road_args=(row.pk,),
        unit_id=row.parent_id,
        about=(KIND, row.pk),
    )
    send(note=note, to=[row.asked_by], by=by, at=at)
