"""The town reviews and posts, the county approves: four eyes, on what was seen at the door (R-AID-01)."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from niangjia.aid import rules
from niangjia.aid.actions import desk
from niangjia.aid.actions.stepping import locked, record, stepped
from niangjia.aid.models import AidApplication, Round
from niangjia.aid.rules import AID_NOTICE, KINDS
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import BadInput, Refused, StepRefused
from niangjia.kernel.money import Yuan
from niangjia.kernel.reaching import beyond
from niangjia.kernel.words import say
from niangjia.notices import actions as notices
from niangjia.tree import queries as tree


@transaction.atomic
def review_application(
    *, application_id: int, version: int | None, by: Actor, at: datetime
) -> AidApplication:
    """The town has looked at everything: it may be posted."""
    with beyond():
        row, _ = stepped(application_id=application_id, step="review", version=version, by=by, at=at)
        row.reviewed_by = by.user_id
        row.save()
        record(verb="review_application", row=row, by=by, at=at)
        desk.pass_on(row=row, by=by, at=at)
        desk.tell(
            row=row, words=say("{matter}已审核，即将公示。", matter=desk.matter_of(row=row)), by=by, at=at
        )
    return row


@transaction.atomic
def open_round(
    *, application_ids: Sequence[int], name: str, starts_on: date, board: str = "", by: Actor, at: datetime
) -> Round:
    """Reviewed applications are posted together, masked, for so many working days (R-AID-11).

    Raises StepRefused where one of them is not reviewed: nothing is posted then.
    """
    numbers = list(dict.fromkeys(application_ids))
    if not numbers:
        raise BadInput(say("请至少选一件已审核的申请。"), field="applications")
    if by.unit_id is None:
        raise Refused(say("请先选择以哪个岗位办理。"))
    with beyond():
        unit = tree.public_unit(unit_id=by.unit_id)
        made = Round.objects.create(unit_id=unit.pk, name=name.strip(), made_by=by.user_id, made_at=at)
        rows = [_posted(number, made, by=by, at=at) for number in numbers]
        notices.open_notice(
            kind=AID_NOTICE,
            title=name.strip(),
            rows=[_row(one) for one in rows],
            unit_id=unit.pk,
            starts_on=starts_on,
            by=by,
            at=at,
            board=board,
            about_kind=rules.ROUND,
            about_id=made.pk,
        )
    return made


def _posted(number: int, made: Round, *, by: Actor, at: datetime) -> AidApplication:
    row, _ = stepped(application_id=number, step="open_notice", version=None, by=by, at=at)
    row.round, row.objected = made, False
    row.save()
    record(verb="post_application", row=row, by=by, at=at, round=made.pk)
    desk.pass_on(row=row, by=by, at=at)
    return row


def _row(row: AidApplication) -> dict[str, object]:
    return {
        "name": row.payee.name,
        "place": row.unit.name,
        "matter": KINDS[row.kind].render(str),
        "amount": Yuan(row.asked_fen or 0),
    }


@transaction.atomic
def take_out(*, application_id: int, reason: str, by: Actor, at: datetime) -> AidApplication:
    """An objection against one of a round was upheld: it goes back, the others may be approved."""
    if not reason.strip():
        raise BadInput(say("请写明异议成立的情况。"), field="reason")
    with beyond():
        row, _ = stepped(application_id=application_id, step="send_back", version=None, by=by, at=at)
        if row.round_id is None:
            raise StepRefused(say("这件申请没有在公示中。"), step="send_back")
        row.objected, row.reason = True, reason.strip()
        row.save()
        record(verb="take_out_of_round", row=row, by=by, at=at, reason=reason, round=row.round_id)
        desk.pass_on(row=row, by=by, at=at)
        desk.tell(
            row=row, words=say("{matter}公示有异议，退回核实。", matter=desk.matter_of(row=row)), by=by, at=at
        )
    return row


@transaction.atomic
def approve_application(
    *, application_id: int, version: int | None, amount: Yuan | None, fund_id: int, by: Actor, at: datetime
) -> AidApplication:
    """The aid is granted: visited, posted for its days, no objection open, by another hand (R-AID-01, 11).

    `amount` is what is granted, none for what was asked; never more than was posted. The policy that held
    decides who approves.
    """
    with beyond():
        held = locked(application_id=application_id, actor=by)
        granted = amount or Yuan(held.asked_fen or 0)
        if not 0 < granted.fen <= (held.asked_fen or 0):
            words = say("批准金额要大于 0，且不超过公示的 {n} 元。", n=Yuan(held.asked_fen or 0))
            raise BadInput(words, field="amount")
        row, _ = stepped(application_id=application_id, step="approve", version=version, by=by, at=at)
        row.amount_fen, row.fund_id = granted.fen, fund_id
        row.decided_by, row.decided_at, row.reason = by.user_id, at, ""
        row.save()
        record(verb="approve_application", row=row, by=by, at=at, amount=granted.fen, fund=fund_id)
        desk.pass_on(row=row, by=by, at=at)
        words = say("{matter}已批准，{n} 元，将发到本人账户。", matter=desk.matter_of(row=row), n=granted)
        desk.tell(row=row, words=words, by=by, at=at)
    return row


@transaction.atomic
def approve_all(
    *, application_ids: Sequence[int], fund_id: int, by: Actor, at: datetime
) -> list[AidApplication]:
    """All of these or none: exactly the ones that were shown (ui.md B4)."""
    return [
        approve_application(application_id=one, version=None, amount=None, fund_id=fund_id, by=by, at=at)
        for one in dict.fromkeys(application_ids)
    ]


@transaction.atomic
def send_back_application(
    *, application_id: int, version: int, reason: str, by: Actor, at: datetime
) -> AidApplication:
    """Something is missing: the family, or who asked for it, has it again with the reason."""
    with beyond():
        row, _ = stepped(application_id=application_id, step="send_back", version=version, by=by, at=at)
        row.reason = _said(reason)
        row.save()
        record(verb="send_back_application", row=row, by=by, at=at, reason=reason)
        desk.pass_on(row=row, by=by, at=at)
        words = say("{matter}退回补正：{reason}", matter=desk.matter_of(row=row), reason=row.reason)
        desk.tell(row=row, words=words, by=by, at=at)
    return row


@transaction.atomic
def refuse_application(
    *, application_id: int, version: int, reason: str, by: Actor, at: datetime
) -> AidApplication:
    """No aid is given, with the reason; the family may appeal."""
    return _ended("refuse", "refuse_application", application_id, version, reason, by=by, at=at)


@transaction.atomic
def revoke_approval(
    *, application_id: int, version: int, reason: str, by: Actor, at: datetime
) -> AidApplication:
    """An approval that was wrong falls before anything is ordered."""
    return _ended("revoke", "revoke_approval", application_id, version, reason, by=by, at=at)


def _ended(  # noqa: PLR0913 - a decision has these parts
    step: str, verb: str, number: int, version: int, reason: str, *, by: Actor, at: datetime
) -> AidApplication:
    with beyond():
        row, _ = stepped(application_id=number, step=step, version=version, by=by, at=at)
        row.reason, row.closed_at = _said(reason), at
        row.save()
        record(verb=verb, row=row, by=by, at=at, reason=reason)
        desk.fall_away(row=row, by=by, at=at, reason=reason)
        words = say(
            "{matter}未获批准：{reason} 可以申诉。", matter=desk.matter_of(row=row), reason=row.reason
        )
        desk.tell(row=row, words=words, by=by, at=at)
    return row


@transaction.atomic
def decide_appeal(
    *, application_id: int, version: int, uphold: bool, reason: str, by: Actor, at: datetime
) -> AidApplication:
    """The appeal is heard by another hand than the one that refused: it begins anew, or it ends."""
    with beyond():
        step = "uphold" if uphold else "dismiss"
        row, _ = stepped(application_id=application_id, step=step, version=version, by=by, at=at)
        row.reason, row.closed_at = _said(reason), None if uphold else at
        row.decided_by = row.decided_at = None
        row.save()
        record(verb="uphold_appeal" if uphold else "dismiss_appeal", row=row, by=by, at=at, reason=reason)
        desk.pass_on(row=row, by=by, at=at)
        words = say("申诉答复：{reason}", reason=row.reason)
        desk.tell(row=row, words=words, by=by, at=at)
    return row


def _said(reason: str) -> str:
    if not reason.strip():
        raise BadInput(say("请写明理由，申请人会读到。"), field="reason")
    return reason.strip()
