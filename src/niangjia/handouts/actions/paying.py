"""Money of a batch to each named person, by payment orders; goods by a voucher (R-AID-13)."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from niangjia.handouts import queries
from niangjia.handouts.actions import desk
from niangjia.handouts.actions.settling import settle_if_whole
from niangjia.handouts.actions.stepping import held, record
from niangjia.handouts.models import HandoutBatch, HandoutRow
from niangjia.handouts.rules import BATCH, KIND, KINDS, ROW_KIND, Outcome, State, Way
from niangjia.kernel.access import Actor
from niangjia.kernel.clock import day_of
from niangjia.kernel.errors import Refused, StepRefused
from niangjia.kernel.money import Yuan
from niangjia.kernel.policing import value_of
from niangjia.kernel.reaching import beyond
from niangjia.kernel.words import say
from niangjia.ledger import queries as ledger
from niangjia.payments import actions as payments
from niangjia.payments import queries as payments_queries
from niangjia.payments.permissions import Word as PayWord
from niangjia.payments.rules import Event
from niangjia.sympathy.actions import goods
from niangjia.sympathy.permissions import Word

if TYPE_CHECKING:
    from niangjia.payments.models import PaymentOrder

EXPENSE = "visit.money_account"
PAYING = (State.APPROVED, State.CLOSED)


@dataclass(frozen=True, slots=True)
class Ordered:
    """How many were ordered, and who has no account yet; each of them exactly."""

    count: int
    total: Yuan
    without_account: tuple[str, ...] = ()


@transaction.atomic
def order_batch_money(
    *, batch_id: int, version: int | None, fund_id: int, by: Actor, at: datetime
) -> Ordered:
    """The accountant orders the money of everybody on the roster who is not paid yet, to his own account.

    Whoever has no account in use is left and named; Raises Refused where nobody is left to be paid.
    """
    row = held(batch_id=batch_id, version=version, by=by, word=Word.SETTLE)
    if row.state not in PAYING or not row.amount_fen:
        raise StepRefused(say("这一批没有待付的慰问金。"), step="order")
    with beyond():
        fund = ledger.fund_in_scope(fund_id=fund_id, scope=by.scope_for(PayWord.ORDER))
        expense = value_of(key=EXPENSE, unit_id=fund.book.unit_id, day=day_of(at)).of(str)
        owed = queries.owed(batch=row)
        able = [one for one in owed if payments_queries.account_in_use(person_id=one.person_id) is not None]
    if not able:
        words = say("没有可以付款的：{n} 人还没有登记收款账户。请先登记。", n=len(owed))
        raise Refused(words if owed else say("名册上的人都已经开过支付单。"), field="fund_id")
    for one in able:
        draft = payments.OrderDraft(
            unit_id=fund.book.unit_id,
            fund_id=fund.pk,
            payee_id=one.person_id,
            amount=Yuan(row.amount_fen),
            about=(ROW_KIND, one.pk),
            purpose=str(KINDS[row.kind]),
            expense_code=expense,
        )
        payments.order_payment(draft=draft, by=by, at=at)
    with beyond():
        record(verb="order_handout_money", row=row, by=by, at=at, orders=len(able), each_fen=row.amount_fen)
    named = tuple(one.name for one in owed if one not in able)
    return Ordered(len(able), Yuan(row.amount_fen) * len(able), named)


def follow_money(*, order: "PaymentOrder", event: Event, by: Actor, at: datetime) -> None:
    """What became of the order of one of the roster: paid he has received, where there are no goods."""
    line = HandoutRow.objects.select_related("batch").get(pk=order.about_id)
    batch = HandoutBatch.objects.select_for_update(of=("self",)).get(pk=line.batch_id)
    row = HandoutRow.objects.select_for_update(of=("self",)).get(pk=line.pk)
    row.paid_on = order.paid_on if event == Event.PAID else None
    if event == Event.PAID and not batch.goods and row.outcome == Outcome.OPEN:
        row.outcome, row.way, row.outcome_at, row.outcome_by = Outcome.RECEIVED, Way.BANK, at, by.user_id
    row.version += 1
    row.save()
    if event == Event.PAID:
        settle_if_whole(row=batch, by=by, at=at)
    elif batch.state == State.SETTLED:
        batch.state = BATCH.advance(batch.state, "unsettle")
        batch.settled_at = None
        batch.version += 1
        batch.save()
        record(verb="unsettle_handout", row=batch, by=by, at=at, event=str(event))
        desk.pass_on(row=batch, by=by, at=at)


@transaction.atomic
def propose_batch_goods(
    *, batch_id: int, version: int | None, fund_id: int, by: Actor, at: datetime
) -> HandoutBatch:
    """The accountant proposes what the goods that were bought cost."""
    row = held(batch_id=batch_id, version=version, by=by, word=Word.SETTLE)
    cost = queries.goods_cost(batch=row)
    if row.state != State.CLOSED or not cost:
        raise StepRefused(say("这一批没有待入账的慰问品。请先结束发放。"), step="goods")
    words = say("{kind}慰问品：{name}", kind=KINDS[row.kind], name=row.name)
    goods.propose(about=(KIND, row.pk), amount=cost, words=words, fund_id=fund_id, by=by, at=at)
    with beyond():
        record(verb="propose_handout_goods", row=row, by=by, at=at, cost_fen=cost.fen)
    return row


@transaction.atomic
def check_batch_goods(*, batch_id: int, by: Actor, at: datetime) -> HandoutBatch:
    """Another person checked the goods voucher: it is booked."""
    row = _for_checking(batch_id, by=by)
    goods.check(about=(KIND, row.pk), by=by, at=at)
    with beyond():
        record(verb="book_handout_goods", row=row, by=by, at=at, cost_fen=queries.goods_cost(batch=row).fen)
        settle_if_whole(row=row, by=by, at=at)
    return row


@transaction.atomic
def refuse_batch_goods(*, batch_id: int, reason: str, by: Actor, at: datetime) -> HandoutBatch:
    """The goods voucher goes back to the accountant."""
    row = _for_checking(batch_id, by=by)
    goods.refuse(about=(KIND, row.pk), reason=reason, by=by, at=at)
    with beyond():
        record(verb="refuse_handout_goods", row=row, by=by, at=at, reason=reason)
    return row


def _for_checking(batch_id: int, *, by: Actor) -> HandoutBatch:
    """The batch for whoever reads it; that he may check is asked at the book."""
    queries.batch_for(batch_id=batch_id, actor=by)
    with beyond():
        return HandoutBatch.objects.select_for_update(of=("self",)).get(pk=batch_id)
