"""Handed out row by row: signed for, by card, on the own phone, on paper; or not, and why."""

from datetime import date, datetime

from django.db import transaction

from niangjia.handouts import queries
from niangjia.handouts.actions.stepping import held, record, require_state
from niangjia.handouts.models import HandoutBatch, HandoutRow
from niangjia.handouts.rules import BatchKind, Outcome, State, Way
from niangjia.kernel.access import Actor
from niangjia.kernel.clock import day_of
from niangjia.kernel.errors import BadInput, NotAllowed, NotVisible, Refused
from niangjia.kernel.reaching import beyond
from niangjia.kernel.sealing import seal
from niangjia.kernel.words import say
from niangjia.people import queries as people
from niangjia.sympathy import queries as sympathy
from niangjia.sympathy.rules import Signed, require_signature

TABLE = "handouts_handoutrow"
LONGEST_REASON = 200


def _row(
    batch_id: int, row_id: int, version: int | None, *, by: Actor, step: str
) -> tuple[HandoutBatch, HandoutRow]:
    """The batch while it is handed out, and one row of it, locked; nobody signs for himself (R-G-06)."""
    batch = held(batch_id=batch_id, version=None, by=by)
    require_state(row=batch, state=State.APPROVED, step=step)
    found = queries.row_of(batch=batch, row_id=row_id)
    row = HandoutRow.objects.select_for_update(of=("self",)).get(pk=found.pk)
    if version is not None and row.version != version:
        raise Refused(say("{name}刚刚有人登记过。请看现在的情况再办。", name=row.name))
    if by.person_id is not None and by.person_id == row.person_id:
        raise NotAllowed(say("这是您本人的，请由其他同志登记，或在自己的手机上确认。"))
    return batch, row


@transaction.atomic
def hand_out(  # noqa: PLR0913 - how it is received
    *,
    batch_id: int,
    row_id: int,
    version: int | None,
    signed: Signed,
    on_paper: bool = False,
    by: Actor,
    at: datetime,
) -> HandoutRow:
    """Somebody received his portion: signed on the officer's phone, showed his card, signed on paper."""
    batch, row = _row(batch_id, row_id, version, by=by, step="hand_out")
    _require_handout(batch)
    way = Way.PAPER if on_paper else Way(str(signed.how))
    if way == Way.NONE:
        raise BadInput(say("请本人签名、扫描会员卡，或勾选已在纸上签收。"), field="signature")
    if way == Way.CARD:
        _require_card(row, signed.card, day=day_of(at))
    with beyond():
        return _received(batch, row, way, signed=signed, by=by, at=at)


def _require_handout(batch: HandoutBatch) -> None:
    if batch.kind == BatchKind.WOMEN:
        raise Refused(say("体检批次只登记预约和到检，不用签收。"))


def _require_card(row: HandoutRow, text: str, *, day: date) -> None:
    if _person_of(text, day) != people.survivors_of(person_ids=[row.person_id])[row.person_id]:
        raise BadInput(say("这张会员卡不是{name}的。请核对后重新扫描。", name=row.name), field="card")


def _person_of(text: str, day: date) -> int:
    holder = sympathy.card_holder(text=text, day=day)
    return people.survivors_of(person_ids=[holder])[holder]


@transaction.atomic
def hand_to_card(*, batch_id: int, card: str, by: Actor, at: datetime) -> HandoutRow:
    """Whose card was scanned received his portion: he is found on the roster by it."""
    batch = held(batch_id=batch_id, version=None, by=by)
    holder = _person_of(card, day_of(at))
    with beyond():
        kin = people.records_of(person_id=holder)
        row = HandoutRow.objects.filter(batch=batch, person_id__in=[holder, *kin]).first()
    if row is None:
        raise BadInput(say("这位会员不在这一批的名册里。"), field="card")
    signed = Signed(card=card)
    return hand_out(batch_id=batch.pk, row_id=row.pk, version=None, signed=signed, by=by, at=at)


def _received(
    batch: HandoutBatch, row: HandoutRow, way: Way, *, signed: Signed, by: Actor, at: datetime
) -> HandoutRow:
    if row.outcome == Outcome.RECEIVED:
        raise Refused(say("{name}已经领过，不能再领一次。", name=row.name))
    drawn = require_signature(signed.signature)
    row.signature = seal(drawn, table=TABLE, person_id=row.person_id, field="signature") if drawn else None
    row.proxy, row.reason = signed.signer.strip()[:50], ""
    return _settled(batch, row, Outcome.RECEIVED, way, by=by, at=at, verb="hand_out_row")


def _settled(  # noqa: PLR0913 - an outcome has these parts
    batch: HandoutBatch,
    row: HandoutRow,
    outcome: Outcome,
    way: Way,
    *,
    by: Actor,
    at: datetime,
    verb: str,
    reason: str = "",
) -> HandoutRow:
    row.outcome, row.way = outcome, way
    still = outcome == Outcome.OPEN
    row.outcome_at, row.outcome_by = (None, None) if still else (at, by.user_id)
    row.version += 1
    row.save()
    record(
        verb=verb,
        row=batch,
        by=by,
        at=at,
        reason=reason,
        person_id=row.person_id,
        row_id=row.pk,
        way=str(way),
    )
    return row


@transaction.atomic
def confirm_own(*, batch_id: int, person_id: int, by: Actor, at: datetime) -> HandoutRow:
    """Who scanned the poster at the site confirms on his own phone that he received; once is enough."""
    with beyond():
        own = queries.own_row(batch_id=batch_id, person_id=person_id)
        batch = HandoutBatch.objects.select_for_update(of=("self",)).get(pk=own.batch_id)
        row = HandoutRow.objects.select_for_update(of=("self",)).get(pk=own.pk)
        if row.outcome == Outcome.RECEIVED:
            return row
        require_state(row=batch, state=State.APPROVED, step="confirm")
        _require_handout(batch)
        return _received(batch, row, Way.PHONE, signed=Signed(), by=by, at=at)


@transaction.atomic
def note_row(
    *, batch_id: int, row_id: int, version: int | None, reason: str, by: Actor, at: datetime
) -> HandoutRow:
    """Somebody has not come yet: the row stays open, with the reason."""
    batch, row = _row(batch_id, row_id, version, by=by, step="note")
    if row.outcome != Outcome.OPEN:
        raise Refused(say("{name}已经登记过结果，不用再记原因。", name=row.name))
    row.reason = _reason(reason)
    with beyond():
        return _settled(batch, row, Outcome.OPEN, Way.NONE, by=by, at=at, verb="note_row", reason=reason)


@transaction.atomic
def miss(
    *, batch_id: int, row_id: int, version: int | None, reason: str, by: Actor, at: datetime
) -> HandoutRow:
    """Somebody does not receive after all, and why: declined, left the works, could not be reached."""
    batch, row = _row(batch_id, row_id, version, by=by, step="miss")
    with beyond():
        paying = row.paid_on is not None or queries.order_stands(row=row)
    if row.outcome == Outcome.RECEIVED or paying:
        raise Refused(say("{name}已经领过，或者已经开了支付单，不能登记为不再发。", name=row.name))
    row.reason = _reason(reason)
    with beyond():
        return _settled(batch, row, Outcome.MISSED, Way.NONE, by=by, at=at, verb="miss_row", reason=reason)


def _reason(told: str) -> str:
    words = told.strip()
    if not words:
        raise BadInput(say("请写明原因，例如“已离职”“本人谢绝”。"), field="reason")
    if len(words) > LONGEST_REASON:
        raise BadInput(say("原因最多 {n} 个字。", n=LONGEST_REASON), field="reason")
    return words


@transaction.atomic
def open_again(
    *, batch_id: int, row_id: int, version: int | None, reason: str, by: Actor, at: datetime
) -> HandoutRow:
    """An outcome was entered wrongly: the row is open again; not where money was paid."""
    batch, row = _row(batch_id, row_id, version, by=by, step="open_again")
    if row.outcome == Outcome.OPEN:
        raise Refused(say("{name}还没有登记结果。", name=row.name))
    if row.paid_on is not None:
        raise Refused(say("慰问金已经付到{name}本人手里，不能改成没领。", name=row.name))
    row.reason, row.proxy, row.signature = _reason(reason), "", None
    with beyond():
        return _settled(
            batch, row, Outcome.OPEN, Way.NONE, by=by, at=at, verb="open_row_again", reason=reason
        )


@transaction.atomic
def book(
    *, batch_id: int, row_id: int, version: int | None, booked_on: date, by: Actor, at: datetime
) -> HandoutRow:
    """A woman has her appointment for the check-up; what it finds is never asked (R-SRV-06)."""
    batch, row = _row(batch_id, row_id, version, by=by, step="book")
    if batch.kind != BatchKind.WOMEN:
        raise NotVisible
    row.booked_on = booked_on
    with beyond():
        return _settled(batch, row, Outcome.OPEN, Way.NONE, by=by, at=at, verb="book_check")


@transaction.atomic
def attend(*, batch_id: int, row_id: int, version: int | None, by: Actor, at: datetime) -> HandoutRow:
    """She came to the check-up."""
    batch, row = _row(batch_id, row_id, version, by=by, step="attend")
    if batch.kind != BatchKind.WOMEN:
        raise NotVisible
    with beyond():
        return _received(batch, row, Way.ATTENDED, signed=Signed(), by=by, at=at)
