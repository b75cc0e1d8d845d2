"""On whose desk a file lies next, until when; and what the worker is told (R-G-08)."""

from datetime import date, datetime

from niangjia.accounts import queries as accounts
from niangjia.hardship import queries, rules
from niangjia.hardship.models import NeedyWorkerFile
from niangjia.hardship.permissions import Word
from niangjia.hardship.rules import KIND, State
from niangjia.kernel import clock
from niangjia.kernel.access import Actor
from niangjia.kernel.words import Said, say
from niangjia.messaging.actions import Note, send
from niangjia.notices import queries as notices
from niangjia.tasks import actions as tasks

ROAD, MINE = "hardship-file", "my-hardship-file"
NEXT: dict[str, tuple[str, Word, Said, Said]] = {
    State.LEAD: ("apply", Word.FIRST, say("联系困难线索：{file}", file="{file}"), say("填报建档申请")),
    State.APPLIED: ("first", Word.FIRST, say("初审困难职工档案：{file}", file="{file}"), say("镇街入户走访")),
    State.RETURNED: (
        "answer",
        Word.APPLY,
        say("补正困难职工档案：{file}", file="{file}"),
        say("所在工会初审"),
    ),
    State.PRIMARY: (
        "visit",
        Word.REVIEW,
        say("入户走访困难职工：{file}", file="{file}"),
        say("提请经济状况核对"),
    ),
    State.VISITED: (
        "check",
        Word.CHECK,
        say("送核困难职工家庭：{file}", file="{file}"),
        say("民政反馈核对结果"),
    ),
    State.CHECK: ("check", Word.CHECK, say("送民政核对：{file}", file="{file}"), say("民政反馈核对结果")),
    State.TOWN: (
        "notice",
        Word.REVIEW,
        say("安排困难职工公示：{file}", file="{file}"),
        say("公示期满后批准"),
    ),
    State.NOTICED: ("approve", Word.APPROVE, say("批准困难职工建档：{file}", file="{file}"), say("建档入库")),
    State.APPROVED: (
        "enter",
        Word.REVIEW,
        say("困难职工建档入库：{file}", file="{file}"),
        say("在档，每年复核"),
    ),
    State.DUE: (
        "review",
        Word.REVIEW,
        say("复核困难职工档案：{file}", file="{file}"),
        say("继续在档、变更或脱困"),
    ),
    State.TEMPORARY: (
        "town",
        Word.REVIEW,
        say("办理临时档案转正：{file}", file="{file}"),
        say("所在工会初审"),
    ),
    State.APPEALED: (
        "appeal",
        Word.APPROVE,
        say("答复建档申诉：{file}", file="{file}"),
        say("重新办理或维持"),
    ),
}
"""By state: the deadline `aid.file_…_workdays`, whose word, the words of the task, what comes then."""
KINDS = {Word.APPLY: "hardship.apply", Word.FIRST: "hardship.first", Word.REVIEW: "hardship.review"}


ANSWERED = ("town", Word.REVIEW, say("审核困难职工档案：{file}", file="{file}"), say("公示"))
"""The check is answered: the file lies with the town."""


def pass_on(*, row: NeedyWorkerFile, by: Actor, at: datetime) -> None:
    """What lay on a desk is done; the task of whoever is next lies there with its deadline."""
    tasks.finish(by=by, at=at, about=(KIND, row.pk))
    if row.proposed and row.state in rules.ENDABLE:
        _lay_end(row, by=by, at=at)
    elif row.state in NEXT:
        answered = row.check_made is not None and row.check_made.answered_at is not None
        step, word, title, then = ANSWERED if row.state == State.CHECK and answered else NEXT[row.state]
        _lay(row, step, word, title, then, by=by, at=at)


def _lay(  # noqa: PLR0913 - a task has these parts
    row: NeedyWorkerFile, step: str, word: Word, title: Said, then: Said, *, by: Actor, at: datetime
) -> None:
    day = clock.day_of(at)
    desks = queries.desks_of(row=row, day=day)
    mine = word is Word.APPLY and row.asked_unit_id is None
    unit_id = (row.asked_unit_id or row.keeper_id) if word is Word.APPLY else desks.of(word).pk
    standing = notices.standing_of(about_kind=KIND, about_id=row.pk)
    waits = row.state == State.NOTICED and row.notice is not None and not standing.finished
    draft = tasks.TaskDraft(
        key=f"hardship:{row.pk}:{row.version}",
        kind=KINDS.get(word, "hardship.decide"),
        title=say(title.msgid, file=str(row)),
        unit_id=unit_id,
        word=word,
        about=(KIND, row.pk),
        road=MINE if mine else ROAD,
        road_args=(row.pk,),
        holder_id=row.asked_by if mine else None,
        recused=sorted(desks.recused) if word is not Word.APPLY else (),
        due_key="" if waits else f"aid.file_{step}_workdays",
        due_on=_after_notice(row, at=at) if waits else None,
        step=step,
        next_step=then,
    )
    tasks.lay(draft=draft, by=by, at=at)


def _after_notice(row: NeedyWorkerFile, *, at: datetime) -> date | None:
    """The approval is due so many working days after the notice has run."""
    if row.notice is None:
        return None
    from_day, unit_id = row.notice.ends_on, row.notice.unit_id
    days = queries.workdays(key="aid.file_approve_workdays", unit_id=unit_id, day=clock.day_of(at))
    return notices.calendar_at(unit_id=unit_id, day=clock.day_of(at)).add(from_day, days)


def _lay_end(row: NeedyWorkerFile, *, by: Actor, at: datetime) -> None:
    lifting = say("确认困难职工脱困：{file}", file="{file}")
    title = lifting if row.proposed == "lift" else say("确认困难职工注销：{file}", file="{file}")
    _lay(row, "end", Word.APPROVE, title, say("档案结束"), by=by, at=at)


def set_down(*, row: NeedyWorkerFile, by: Actor, at: datetime) -> None:
    """What lay on a desk here is done; the next step is somebody else's, whose own task lies there."""
    tasks.finish(by=by, at=at, about=(KIND, row.pk))


def fall_away(*, row: NeedyWorkerFile, by: Actor, at: datetime, reason: str) -> None:
    """Nobody has anything to do about it any more."""
    tasks.cancel(by=by, at=at, about=(KIND, row.pk), reason=reason)


def tell(*, row: NeedyWorkerFile, words: Said, by: Actor, at: datetime) -> None:
    """The worker, and whoever reported or filed for him, hear of it; the actor knows already."""
    accounts_of = accounts.accounts_of(people=[row.worker_id]) if row.worker_id else []
    others = [one for one in (row.asked_by, row.reported_by) if one and one not in accounts_of]
    for road, people in ((MINE, accounts_of), (ROAD, others)):
        to = [one for one in dict.fromkeys(people) if one != by.user_id]
        if to:
            note = Note(
                key=f"hardship:{row.pk}:{row.version}:{road}",
                kind="hardship.changed",
                title=words,
                road=road,
                road_args=(row.pk,),
                unit_id=row.keeper_id,
                about=(KIND, row.pk),
            )
            send(note=note, to=to, by=by, at=at)
