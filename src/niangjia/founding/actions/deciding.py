"""The town reviews, the county approves the preparation; either returns or refuses with its reason."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from niangjia.founding.actions import desk, papers
from niangjia.founding.actions.stepping import locked, record, stepped
from niangjia.founding.models import UnionEstablishment
from niangjia.founding.rules import KIND, State
from niangjia.kernel import clock
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import BadInput, Refused, StepRefused
from niangjia.kernel.reaching import beyond
from niangjia.kernel.words import Said, say
from niangjia.tasks import actions as tasks

DECIDED = "founding.decided"


@transaction.atomic
def review_establishment(
    *, establishment_id: int, version: int, by: Actor, at: datetime
) -> UnionEstablishment:
    """The town has looked at the request; it lies with the county. May be taken back for some minutes."""
    with beyond():
        row, _ = stepped(establishment_id=establishment_id, step="review", version=version, by=by, at=at)
        row.save()
        record(verb="review_establishment", row=row, by=by, at=at)
        desk.pass_on(row=row, by=by, at=at)
        desk.tell(row=row, words=say("建会申请已通过审核：{name}", name=row.name), by=by, at=at)
        _offer(row, say("已审核通过：{name}", name=row.name), by=by, at=at)
    return row


@transaction.atomic
def send_back_establishment(
    *, establishment_id: int, version: int, reason: str, by: Actor, at: datetime
) -> UnionEstablishment:
    """The applicant has it again, and reads what is missing."""
    _require_reason(reason)
    with beyond():
        row, before = stepped(
            establishment_id=establishment_id, step="send_back", version=version, by=by, at=at
        )
        row.reason = reason
        row.save()
        record(verb="send_back_establishment", row=row, by=by, at=at, reason=reason)
        desk.pass_on(row=row, by=by, at=at)
        desk.tell(row=row, words=say("建会申请被退回补正：{name}", name=row.name), by=by, at=at)
        if before == State.SUBMITTED:
            _offer(row, say("已退回补正：{name}", name=row.name), by=by, at=at)
    return row


def _require_reason(reason: str) -> None:
    if not reason.strip():
        raise BadInput(say("请写明理由，申请人会读到。"), field="reason")


def _offer(row: UnionEstablishment, said: Said, *, by: Actor, at: datetime) -> None:
    facts = {"version": row.version}
    tasks.offer_undo(verb=DECIDED, said=said, about=(KIND, row.pk), facts=facts, by=by, at=at)


@transaction.atomic
def take_back_decision(*, about_id: int, facts: dict[str, Any], by: Actor, at: datetime) -> None:
    """The reversal of a review or a return: it lies with the town again, as long as nobody went on."""
    with beyond():
        row = locked(establishment_id=about_id, actor=by)
        if row.version != facts["version"]:
            words = say("这件建会申请已经有人往下办了，不能再撤回。请打开它看现在的情况。")
            raise StepRefused(words, step="take_back")
        row, _ = stepped(establishment_id=about_id, step="take_back", version=row.version, by=by, at=at)
        row.reason = ""
        row.save()
        record(verb="take_back_decision", row=row, by=by, at=at)
        desk.fall_away(row=row, by=by, at=at, reason=str(say("撤回了上一步")))
        desk.pass_on(row=row, by=by, at=at)
        desk.tell(row=row, words=say("审核意见已撤回，重新审核：{name}", name=row.name), by=by, at=at)


@transaction.atomic
def approve_preparation(
    *, establishment_id: int, version: int, prepared_on: date, by: Actor, at: datetime
) -> UnionEstablishment:
    """The founding group may prepare the congress; its paper 筹备组批复 is printed."""
    with beyond():
        row, _ = stepped(establishment_id=establishment_id, step="prepare", version=version, by=by, at=at)
        require_day(prepared_on, at=at, field="prepared_on", not_before=None)
        row.prepared_on, row.reason = prepared_on, ""
        row.save()
        paper = papers.issue_preparation(row=row, by=by, at=at)
        record(verb="approve_preparation", row=row, by=by, at=at, paper=paper.number)
        desk.pass_on(row=row, by=by, at=at)
        desk.tell(row=row, words=say("已批准筹备，请召开大会：{name}", name=row.name), by=by, at=at)
    return row


@transaction.atomic
def reject_establishment(
    *, establishment_id: int, version: int, reason: str, by: Actor, at: datetime
) -> UnionEstablishment:
    """The union is not founded, for a reason that the applicant reads. Final."""
    _require_reason(reason)
    with beyond():
        row, _ = stepped(establishment_id=establishment_id, step="reject", version=version, by=by, at=at)
        row.reason, row.closed_at = reason, at
        row.save()
        record(verb="reject_establishment", row=row, by=by, at=at, reason=reason)
        desk.fall_away(row=row, by=by, at=at, reason=reason)
        desk.tell(row=row, words=say("建会申请未获批准：{name}", name=row.name), by=by, at=at)
    return row


def require_day(day: date, *, at: datetime, field: str, not_before: date | None) -> None:
    """Refuse a day to come, and one before what it rests on."""
    today = clock.day_of(at)
    if day > today:
        raise Refused(say("日期不能晚于今天。请核对。"), field=field)
    if not_before and day < not_before:
        raise Refused(say("日期不能早于 {day}。请核对。", day=not_before), field=field)
