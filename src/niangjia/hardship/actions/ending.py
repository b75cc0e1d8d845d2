"""The yearly review and its outcomes; lifting and cancelling, proposed by the town, confirmed above."""

from datetime import datetime

from django.db import transaction

from niangjia.hardship import queries, rules
from niangjia.hardship.actions import desk
from niangjia.hardship.actions.deciding import next_review
from niangjia.hardship.actions.stepping import (
    decided,
    locked,
    record,
    require_may,
    require_other,
    require_version,
    require_words,
    saved,
    stepped,
)
from niangjia.hardship.models import NeedyWorkerFile
from niangjia.kernel import clock
from niangjia.kernel.access import SYSTEM, Actor
from niangjia.kernel.errors import BadInput, NotVisible, Refused, StepRefused
from niangjia.kernel.reaching import beyond
from niangjia.kernel.words import say


@transaction.atomic
def start_review(*, file_id: int, version: int | None, by: Actor, at: datetime) -> NeedyWorkerFile:
    """The file is reviewed: its day has come, or the household has changed (R-AID-16, App. D 11)."""
    with beyond():
        row, _ = stepped(file_id=file_id, step="fall_due", version=version, by=by, at=at)
        row.first_words = row.town_words = ""
        saved(row=row)
        record(verb="start_file_review", row=row, by=by, at=at)
        desk.pass_on(row=row, by=by, at=at)
        desk.tell(row=row, words=say("困难职工档案开始复核：{file}", file=str(row)), by=by, at=at)
    return row


def review_those_due(*, at: datetime) -> int:
    """Every file whose review day has come lies on its desk; returns how many. Twice does no harm."""
    with beyond():
        due = list(queries.due_by(day=clock.day_of(at)).values_list("pk", flat=True))
    for file_id in due:
        start_review(file_id=file_id, version=None, by=SYSTEM, at=at)
    return len(due)


@transaction.atomic
def say_review(*, file_id: int, version: int, words: str, by: Actor, at: datetime) -> NeedyWorkerFile:
    """The worker's union says what it knows: the yearly review begins with it (domain.md §2.4)."""
    with beyond():
        row = locked(file_id=file_id, actor=by)
        require_may(row=row, step=rules.FILE.step(rules.State.APPLIED, "first_review"), by=by, at=at)
        require_version(row=row, version=version, step="say_review")
        if row.state != rules.State.DUE:
            raise StepRefused(say("这份档案现在不在复核中。"), step="say_review")
        row.first_words = require_words(words=words, field="words")
        row.version += 1
        row.changed_on = clock.day_of(at)
        saved(row=row)
        record(verb="say_file_review", row=row, by=by, at=at, reason=row.first_words)
    return row


@transaction.atomic
def finish_review(*, file_id: int, version: int, words: str, by: Actor, at: datetime) -> NeedyWorkerFile:
    """The town has reviewed the file: it stays in its category, or takes another.

    What comes of it is told by the rules. A household that is not eligible any more is lifted or cancelled.
    """
    with beyond():
        day = clock.day_of(at)
        row = locked(file_id=file_id, actor=by)
        was = row.category
        same = queries.category_of(row=row, day=day) == was
        step = "renew" if same else "change_category"
        row, sight = stepped(file_id=file_id, step=step, version=version, by=by, at=at, applied_on=day)
        if sight is None:
            raise NotVisible
        decided(row=row, sight=sight, stage="renew" if same else "change", by=by, at=at)
        row.town_words, row.review_due_on = words.strip()[:500], next_review(row=row, day=day)
        saved(row=row)
        verb = "renew_file" if same else "change_file_category"
        record(verb=verb, row=row, by=by, at=at, category=row.category)
        desk.pass_on(row=row, by=by, at=at)
        said = "复核完成，继续在档：{file}" if same else "复核完成，困难类别有变更：{file}"
        desk.tell(row=row, words=say(said, file=str(row)), by=by, at=at)
    return row


@transaction.atomic
def propose_end(  # noqa: PLR0913 - a proposal has these parts
    *, file_id: int, version: int, end: str, cause: str, why: str, by: Actor, at: datetime
) -> NeedyWorkerFile:
    """The town proposes to lift 脱困 or cancel 注销 the file; it ends when confirmed above."""
    with beyond():
        row = locked(file_id=file_id, actor=by)
        review = rules.FILE.step(rules.State.ACTIVE, "fall_due")
        require_may(row=row, step=review, by=by, at=at)
        require_version(row=row, version=version, step="propose_end")
        rules.FILE.step(row.state, "lift" if end == "lift" else "cancel")
        _require_cause(end, cause)
        row.proposed, row.proposed_cause, row.proposed_why = end, cause, require_words(words=why, field="why")
        row.proposed_by, row.proposed_unit_id = by.user_id, by.unit_id
        row.version += 1
        row.changed_on = clock.day_of(at)
        saved(row=row)
        record(verb="propose_end_of_file", row=row, by=by, at=at, reason=why, end=end, cause=cause)
        desk.pass_on(row=row, by=by, at=at)
    return row


def _require_cause(end: str, cause: str) -> None:
    if end not in {"lift", "cancel"}:
        raise BadInput(say("请选择脱困或注销。"), field="end")
    fits = cause == rules.End.IMPROVED if end == "lift" else cause in set(rules.ENDS) - {rules.End.IMPROVED}
    if not fits:
        raise BadInput(say("脱困的原因是“已经脱困”，其他原因请办理注销。"), field="cause")


@transaction.atomic
def confirm_end(*, file_id: int, version: int, words: str = "", by: Actor, at: datetime) -> NeedyWorkerFile:
    """The county confirms, with other eyes than the town's: the file ends."""
    with beyond():
        row = locked(file_id=file_id, actor=by)
        step = "lift" if row.proposed == "lift" else "cancel"
        row, _ = stepped(file_id=file_id, step=step, version=version, by=by, at=at)
        require_other(row=row, user_id=row.proposed_by, by=by)
        row.county_words, row.closed_at, row.review_due_on = words.strip()[:500], at, None
        row.reason = row.proposed_why
        saved(row=row)
        verb = "lift_file" if step == "lift" else "cancel_file"
        record(verb=verb, row=row, by=by, at=at, cause=row.proposed_cause)
        desk.pass_on(row=row, by=by, at=at)
        said = "困难职工档案已脱困：{file}" if step == "lift" else "困难职工档案已注销：{file}"
        desk.tell(row=row, words=say(said, file=str(row)), by=by, at=at)
    return row


@transaction.atomic
def refuse_end(*, file_id: int, version: int, reason: str, by: Actor, at: datetime) -> NeedyWorkerFile:
    """The county does not confirm: the file stays in force, the town reads why."""
    with beyond():
        row = locked(file_id=file_id, actor=by)
        if not row.proposed:
            raise Refused(say("镇街没有提出脱困或注销，不用办理。"))
        require_may(row=row, step=rules.FILE.step(rules.State.NOTICED, "approve"), by=by, at=at)
        require_version(row=row, version=version, step="refuse_end")
        told = require_words(words=reason)
        row.proposed, row.proposed_cause, row.proposed_why, row.reason = "", "", "", told
        row.version += 1
        row.changed_on = clock.day_of(at)
        saved(row=row)
        record(verb="refuse_end_of_file", row=row, by=by, at=at, reason=told)
        desk.pass_on(row=row, by=by, at=at)
    return row
