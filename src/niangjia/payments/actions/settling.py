"""What the bank says is noted once: paid is booked once, returned is taken back and queued again."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from niangjia.kernel import clock, journal
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import BadInput
from niangjia.kernel.money import Yuan
from niangjia.kernel.reaching import beyond
from niangjia.kernel.words import say
from niangjia.ledger import actions as ledger
from niangjia.payments import queries, rules
from niangjia.payments.actions import desk
from niangjia.payments.actions.following import follow
from niangjia.payments.actions.stepping import locked, record, step
from niangjia.payments.models import PaymentBatch, PaymentOrder, ResultReading, Transfer
from niangjia.payments.permissions import Word
from niangjia.payments.rules import Event, Outcome, ResultRow, Verdict

KIND = rules.BATCH_KIND


@transaction.atomic
def read_results(
    *, batch_id: int, rows: Sequence[ResultRow], sha256: str = "", by: Actor, at: datetime
) -> ResultReading:
    """The bank's answer is noted, whole or not at all; read again it changes nothing.

    Each line has its verdict; lines that are unknown, differ or contradict one another are told and left.
    Raises BadInput for a day of payment that cannot be.
    """
    by.require(Word.PAY)
    with beyond():
        batch = queries.batch_in_scope(batch_id=batch_id, scope=by.scope_for(Word.PAY))
        known = list(queries.transfers_of(batch=batch).values_list("order", flat=True))
        orders = {row.pk: row for row in locked(order_ids=known, word=Word.PAY, by=by)}
        lines = {one.line: one for one in queries.transfers_of(batch=batch)}
        _require_days(rows, batch, at=at)
        judged = rules.judge(rows, [_sent(one) for one in lines.values()])
        for one in judged:
            if one.verdict in rules.CHANGING:
                transfer = lines[one.row.number]
                _settle(transfer, orders[transfer.order_id], one.row, one.verdict, by=by, at=at)
        reading = _read(batch, judged, sha256, by=by, at=at)
        _close(batch, at=at)
    return reading


def _sent(one: Transfer) -> rules.Sent:
    tail = one.account.tail if one.account is not None else ""
    return rules.Sent(one.line or 0, Yuan(one.amount_fen), tail, Outcome(one.outcome))


def _require_days(rows: Sequence[ResultRow], batch: PaymentBatch, *, at: datetime) -> None:
    first, last = clock.day_of(batch.sent_at), clock.day_of(at)
    wrong = [row.row for row in rows if row.on is not None and not first <= row.on <= last]
    if wrong:
        words = say(
            "第 {row} 行的交易日期不对：要在送出那天（{first}）到今天之间。整个文件都没有登记，请核对。",
            row=wrong[0],
            first=first,
        )
        raise BadInput(words, field="file")


def _settle(
    transfer: Transfer, order: PaymentOrder, row: ResultRow, verdict: Verdict, *, by: Actor, at: datetime
) -> None:
    on = row.on or clock.day_of(at)
    if verdict is Verdict.PAID:
        code = transfer.batch.bank_code if transfer.batch else ""
        paid(transfer=transfer, order=order, on=on, bank_code=code, by=by, at=at)
    elif verdict is Verdict.FAILED:
        _failed(transfer, order, reason=row.reason, by=by, at=at)
    else:
        taken_back(
            transfer=transfer, order=order, name="bounce", reason=row.reason, on=on, by=by, at=at,
            paid_on=None, closed_at=None,
        )  # fmt: skip
        record(verb="bounce_order", row=order, by=by, at=at, reason=row.reason)
        _again(order, by=by, at=at)


def paid(
    *, transfer: Transfer, order: PaymentOrder, on: date, bank_code: str, by: Actor, at: datetime
) -> None:
    """The attempt is paid and booked, once for each attempt; the matter's app is told."""
    day = open_day(order=order, on=on, at=at)
    entry = ledger.post_payment(
        order_ref=(rules.KIND, order.pk),
        fund_id=order.fund_id,
        expense_code=order.expense_code,
        bank_code=bank_code,
        amount=Yuan(order.amount_fen),
        on=day,
        words=f"{order.purpose}（支付单 {order.pk}）",
        maker=order.maker,
        checker=order.checker or 0,
        by=by,
        at=at,
        key=f"payment/{order.pk}/{transfer.attempt}",
    )
    _note(transfer, outcome=Outcome.PAID, outcome_at=at, paid_on=day, entry=entry)
    step(row=order, name="pay", paid_on=day, reason="", closed_at=at)
    record(verb="pay_order", row=order, by=by, at=at, entry=entry.pk, paid_on=day.isoformat())
    desk.settled(row=order, by=by, at=at)
    follow(order=order, event=Event.PAID, by=by, at=at)


def open_day(*, order: PaymentOrder, on: date, at: datetime) -> date:
    """The day on which it is booked: of a year that is closed already it is today (Appendix D 8)."""
    closed = order.fund.book.closed_through
    return clock.day_of(at) if closed is not None and on <= closed else on


def _failed(transfer: Transfer, order: PaymentOrder, *, reason: str, by: Actor, at: datetime) -> None:
    _note(transfer, outcome=Outcome.FAILED, outcome_at=at, reason=reason)
    step(row=order, name="fail", reason=reason)
    record(verb="fail_order", row=order, by=by, at=at, reason=reason)
    _again(order, by=by, at=at)


def taken_back(  # noqa: PLR0913 - one fact
    *, transfer: Transfer, order: PaymentOrder, name: str, reason: str, on: date, by: Actor, at: datetime,
    **columns: Any,
) -> None:  # fmt: skip
    """What was booked as paid is taken back by its contra, in an open year; the old line stays (D-8)."""
    day = max(open_day(order=order, on=on, at=at), transfer.paid_on or on)
    why = reason.strip() or str(say("银行退回"))
    contra = ledger.reverse(entry_id=transfer.entry_id or 0, reason=why, on=day, by=by, at=at)
    _note(transfer, outcome=Outcome.RETURNED, outcome_at=at, reason=why, contra=contra)
    step(row=order, name=name, reason=why, **columns)


def _again(order: PaymentOrder, *, by: Actor, at: datetime) -> None:
    desk.to_be_corrected(row=order, by=by, at=at)
    follow(order=order, event=Event.FAILED, by=by, at=at)


def _note(transfer: Transfer, **columns: object) -> None:
    Transfer.objects.filter(pk=transfer.pk).update(**columns)
    for name, value in columns.items():
        setattr(transfer, name, value)


def _read(
    batch: PaymentBatch, judged: Sequence[rules.Judged], sha256: str, *, by: Actor, at: datetime
) -> ResultReading:
    counts = rules.counts_of(judged)
    troubles = [
        {"row": one.row.row, "number": one.row.number, "verdict": str(one.verdict)}
        for one in judged
        if one.verdict in rules.TROUBLES
    ]
    reading = ResultReading.objects.create(
        batch=batch, sha256=sha256, read_by=by.user_id, read_at=at, counts=counts, troubles=troubles
    )
    told = {"counts": counts, "sha256": sha256}
    journal.record("read_results", by=by, at=at, kind=KIND, object_id=batch.pk, after=told)
    return reading


def _close(batch: PaymentBatch, *, at: datetime) -> None:
    """With the last answer the numbers are needed no more, and the file is no longer given out."""
    if (
        batch.settled_at is None
        and not queries.transfers_of(batch=batch).filter(outcome=Outcome.OPEN).exists()
    ):
        PaymentBatch.objects.filter(pk=batch.pk).update(settled_at=at)
