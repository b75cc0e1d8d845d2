"""Money to the named person, by a payment order; and what the bank says of it (R-AID-13, App. D 8, 21)."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from niangjia.kernel.access import EVERYWHERE, Actor
from niangjia.kernel.clock import day_of
from niangjia.kernel.errors import Refused, StepRefused
from niangjia.kernel.money import Yuan
from niangjia.kernel.policing import value_of
from niangjia.kernel.reaching import beyond
from niangjia.kernel.words import say
from niangjia.ledger import queries as ledger
from niangjia.payments import actions as payments
from niangjia.payments.permissions import Word as PayWord
from niangjia.payments.rules import Event, Method
from niangjia.sympathy import queries, rules
from niangjia.sympathy.actions import desk, goods
from niangjia.sympathy.actions.settling import settle_if_whole
from niangjia.sympathy.actions.stepping import held, record, stepped
from niangjia.sympathy.models import SympathyVisit
from niangjia.sympathy.permissions import Word
from niangjia.sympathy.rules import KIND, OCCASIONS, State

if TYPE_CHECKING:
    from niangjia.payments.models import PaymentOrder

EXPENSE = "visit.money_account"


@transaction.atomic
def order_visit_money(  # noqa: PLR0913 - from which fund, how, on what was seen
    *,
    visit_id: int,
    version: int | None,
    fund_id: int,
    method: str = Method.BANK,
    seen_other: bool = False,
    by: Actor,
    at: datetime,
) -> SympathyVisit:
    """The accountant orders what was given to be paid to whom it was given, out of a fund of his book.

    Raises Refused while nobody signed, or where the same person is to be paid otherwise on the same day and
    nobody has looked at it (App. D 21).
    """
    row = held(visit_id=visit_id, version=version, by=by, word=Word.SETTLE)
    _require_owed(row)
    with beyond():
        fund = ledger.fund_in_scope(fund_id=fund_id, scope=by.scope_for(PayWord.ORDER))
        if not seen_other and queries.paid_otherwise(person_id=row.recipient_id or 0, day=day_of(at)):
            words = say("同一天还有另一笔款付给这位职工。请核对不是重复发放，勾选确认后再办。")
            raise Refused(words, field="seen_other")
        expense = value_of(key=EXPENSE, unit_id=fund.book.unit_id, day=day_of(at)).of(str)
    draft = payments.OrderDraft(
        unit_id=fund.book.unit_id,
        fund_id=fund.pk,
        payee_id=row.recipient_id or row.person_id,
        amount=Yuan(row.amount_fen),
        about=(KIND, row.pk),
        purpose=f"{OCCASIONS[row.occasion]}慰问金",
        expense_code=expense,
        method=method,
    )
    order = payments.order_payment(draft=draft, by=by, at=at)
    with beyond():
        record(verb="order_sympathy_money", row=row, by=by, at=at, order=order.pk, amount_fen=row.amount_fen)
        _waits_no_more(row, by=by, at=at)
    return row


def _require_owed(row: SympathyVisit) -> None:
    if row.state != State.DONE or not row.amount_fen:
        raise StepRefused(say("这次慰问没有待付的慰问金。"), step="order")
    if not row.receipt:
        raise Refused(rules.NOT_RECEIVED)


def _waits_no_more(row: SympathyVisit, *, by: Actor, at: datetime) -> None:
    """The accountant has done his part once money is ordered and goods are proposed."""
    if not row.gift_fen or queries.goods_voucher(about=(KIND, row.pk)) is not None:
        desk.done(row=row, by=by, at=at)


def follow_money(*, order: "PaymentOrder", event: Event, by: Actor, at: datetime) -> None:
    """What became of the order: paid it may settle, taken back it does not (a payment follower)."""
    row = SympathyVisit.objects.select_for_update(of=("self",)).get(pk=order.about_id)
    if event == Event.PAID:
        row.paid_on = order.paid_on
        row.version += 1
        row.save()
        settle_if_whole(row=row, by=by, at=at)
        return
    row.paid_on = None
    if row.state == State.SETTLED:
        stepped(row=row, step="reopen")
        row.closed_at = None
        record(verb="reopen_visit", row=row, by=by, at=at, event=str(event))
    row.save()
    if event in {Event.REFUNDED, Event.CANCELLED} and row.state == State.DONE:
        desk.lay_settling(row=row, by=by, at=at)


@transaction.atomic
def propose_visit_goods(
    *, visit_id: int, version: int | None, fund_id: int, by: Actor, at: datetime
) -> SympathyVisit:
    """The accountant proposes what the goods of a visit cost."""
    row = held(visit_id=visit_id, version=version, by=by, word=Word.SETTLE)
    if row.state != State.DONE or not row.gift_fen:
        raise StepRefused(say("这次慰问没有待入账的慰问品。"), step="goods")
    words = say("{occasion}慰问品（第 {n} 号）", occasion=OCCASIONS[row.occasion], n=row.pk)
    goods.propose(about=(KIND, row.pk), amount=Yuan(row.gift_fen), words=words, fund_id=fund_id, by=by, at=at)
    with beyond():
        record(verb="propose_sympathy_goods", row=row, by=by, at=at, gift_fen=row.gift_fen)
        if not row.amount_fen or queries.order_standing(about=(KIND, row.pk), scope=EVERYWHERE):
            desk.done(row=row, by=by, at=at)
    return row


@transaction.atomic
def check_visit_goods(*, visit_id: int, by: Actor, at: datetime) -> SympathyVisit:
    """Another person checked the goods voucher: it is booked."""
    row = _for_checking(visit_id, by=by)
    goods.check(about=(KIND, row.pk), by=by, at=at)
    with beyond():
        record(verb="book_sympathy_goods", row=row, by=by, at=at, gift_fen=row.gift_fen)
        settle_if_whole(row=row, by=by, at=at)
    return row


@transaction.atomic
def refuse_visit_goods(*, visit_id: int, reason: str, by: Actor, at: datetime) -> SympathyVisit:
    """The goods voucher goes back to the accountant."""
    row = _for_checking(visit_id, by=by)
    goods.refuse(about=(KIND, row.pk), reason=reason, by=by, at=at)
    with beyond():
        record(verb="refuse_sympathy_goods", row=row, by=by, at=at, reason=reason)
        desk.lay_settling(row=row, by=by, at=at)
    return row


def _for_checking(visit_id: int, *, by: Actor) -> SympathyVisit:
    """The visit for whoever reads it; that he may check is asked at the book."""
    queries.visit_for(visit_id=visit_id, actor=by)
    with beyond():
        return SympathyVisit.objects.select_for_update(of=("self",)).get(pk=visit_id)
