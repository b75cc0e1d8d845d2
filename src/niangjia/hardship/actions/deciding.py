"""The notice, the approval by the level of the file, the filing; or back to the town (R-AID-11)."""

from datetime import date, datetime

from django.db import transaction

from niangjia.hardship import queries, rules
from niangjia.hardship.actions import desk
from niangjia.hardship.actions.stepping import decided, record, require_other, require_words, saved, stepped
from niangjia.hardship.models import NeedyWorkerFile
from niangjia.kernel import clock
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import NotVisible
from niangjia.kernel.periods import add_months
from niangjia.kernel.reaching import beyond
from niangjia.kernel.words import say
from niangjia.notices import actions as notices
from niangjia.notices.rules import Place


@transaction.atomic
def open_notice(  # noqa: PLR0913 - a notice has these parts
    *,
    file_id: int,
    version: int,
    starts_on: date,
    place: str = Place.ONLINE,
    board: str = "",
    by: Actor,
    at: datetime,
) -> NeedyWorkerFile:
    """Noticed for the working days of policy: surname, union, category, nothing else (R-G-02)."""
    with beyond():
        row, _ = stepped(file_id=file_id, step="open_notice", version=version, by=by, at=at)
        name = queries.name_of(row=row)
        words = rules.CATEGORY_WORDS[rules.Category(row.category)].msgid
        row.notice = notices.open_notice(
            kind=rules.NOTICE,
            title=str(say("困难职工建档公示（{number}）", number=row.number)),
            rows=[{"name": name, "place": row.keeper.name, "category": words}],
            unit_id=by.unit_id or row.keeper_id,
            starts_on=starts_on,
            place=place,
            board=board,
            about_kind=rules.KIND,
            about_id=row.pk,
            by=by,
            at=at,
        )
        saved(row=row)
        record(verb="open_file_notice", row=row, by=by, at=at, notice=row.notice.pk)
        desk.pass_on(row=row, by=by, at=at)
        text = "建档公示自 {since} 起，到 {until} 前：{file}"
        words_told = say(text, since=row.notice.starts_on, until=row.notice.ends_on, file=str(row))
        desk.tell(row=row, words=words_told, by=by, at=at)
    return row


@transaction.atomic
def review_again(*, file_id: int, version: int, reason: str, by: Actor, at: datetime) -> NeedyWorkerFile:
    """An objection has changed the case: the town reviews it once more, and it is noticed once more."""
    return _back(file_id=file_id, version=version, step="review_again", reason=reason, by=by, at=at)


@transaction.atomic
def send_down(*, file_id: int, version: int, reason: str, by: Actor, at: datetime) -> NeedyWorkerFile:
    """The county does not change what the town has found; it returns it with its reason (SC-5)."""
    return _back(file_id=file_id, version=version, step="send_down", reason=reason, by=by, at=at)


def _back(*, file_id: int, version: int, step: str, reason: str, by: Actor, at: datetime) -> NeedyWorkerFile:
    with beyond():
        told = require_words(words=reason)
        row, _ = stepped(file_id=file_id, step=step, version=version, by=by, at=at)
        _take_down(row, told, by=by, at=at)
        row.reason, row.notice, row.town_words = told, None, ""
        saved(row=row)
        verb = "send_file_down" if step == "send_down" else "review_file_again"
        record(verb=verb, row=row, by=by, at=at, reason=told)
        desk.pass_on(row=row, by=by, at=at)
        desk.tell(row=row, words=say("档案退回镇街重新审核：{file}", file=str(row)), by=by, at=at)
    return row


def _take_down(row: NeedyWorkerFile, reason: str, *, by: Actor, at: datetime) -> None:
    """A notice that still hangs tells of something that is not so any more."""
    if row.notice is not None and row.notice.state in {"scheduled", "open"}:
        notices.withdraw(notice_id=row.notice.pk, reason=reason, by=by, at=at)


@transaction.atomic
def approve_file(*, file_id: int, version: int, words: str = "", by: Actor, at: datetime) -> NeedyWorkerFile:
    """The household has its file: visited, checked, noticed, and judged once more on what is known now.

    The database itself refuses an approval without these (`hardship_file_way`).
    """
    with beyond():
        row, sight = stepped(file_id=file_id, step="approve", version=version, by=by, at=at)
        if sight is None:
            raise NotVisible
        last = queries.latest_of(row=row)
        require_other(row=row, user_id=last.decided_by if last else None, by=by)
        decided(row=row, sight=sight, stage="approve", by=by, at=at)
        day = clock.day_of(at)
        row.county_words, row.approved_on, row.reason = words.strip()[:500], day, ""
        row.review_due_on = next_review(row=row, day=day)
        saved(row=row)
        record(verb="approve_file", row=row, by=by, at=at, category=row.category)
        desk.pass_on(row=row, by=by, at=at)
        desk.tell(row=row, words=say("建档已批准：{file}", file=str(row)), by=by, at=at)
    return row


def next_review(*, row: NeedyWorkerFile, day: date) -> date:
    """The day of the next review by policy `aid.review_months`."""
    return add_months(day, queries.workdays(key="aid.review_months", unit_id=row.keeper_id, day=day))


@transaction.atomic
def enter_file(*, file_id: int, version: int, by: Actor, at: datetime) -> NeedyWorkerFile:
    """The file is in force; a copy of its form goes to the family (R-AID-03)."""
    with beyond():
        row, _ = stepped(file_id=file_id, step="enter", version=version, by=by, at=at)
        saved(row=row)
        record(verb="enter_file", row=row, by=by, at=at)
        desk.pass_on(row=row, by=by, at=at)
        desk.tell(row=row, words=say("档案已生效，请向工会领取档案表：{file}", file=str(row)), by=by, at=at)
    return row
