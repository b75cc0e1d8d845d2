"""What of a visit or a batch is still to be paid and booked, and who may do it."""

from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse

from niangjia.handouts import queries as handouts
from niangjia.handouts.rules import KIND as BATCH_KIND
from niangjia.handouts.rules import State as BatchState
from niangjia.kernel.access import EVERYWHERE, Actor
from niangjia.kernel.shapes import Act, Fact
from niangjia.kernel.words import say
from niangjia.ledger import queries as ledger
from niangjia.ledger.permissions import Word as LedgerWord
from niangjia.payments.permissions import Word as PayWord
from niangjia.payments.rules import LABELS as PAY_LABELS
from niangjia.sympathy import queries as sympathy
from niangjia.sympathy.permissions import Word
from niangjia.sympathy.rules import GOODS, KIND, GoodsState, State

if TYPE_CHECKING:
    from niangjia.handouts.models import HandoutBatch
    from niangjia.ledger.models import Fund
    from niangjia.sympathy.models import GoodsVoucher, SympathyVisit


def funds_for(*, actor: Actor, today: date) -> "list[Fund]":
    """The funds from which an acting accountant may pay today."""
    return list(ledger.funds_in_scope(scope=actor.scope_for(PayWord.ORDER), day=today))


def visit_settling(*, row: "SympathyVisit", actor: Actor, kept: bool) -> tuple[list[Fact], list[Act]]:
    """How far money and goods of a visit are, and the next steps; asked inside `beyond`."""
    order = sympathy.order_standing(about=(KIND, row.pk), scope=EVERYWHERE) if row.amount_fen else None
    voucher = sympathy.goods_voucher(about=(KIND, row.pk)) if row.gift_fen else None
    facts = [Fact(say("支付单"), PAY_LABELS[order.state], _order_href(order.pk, actor))] if order else []
    facts += [Fact(say("慰问品凭证"), GOODS.label(voucher.state))] if voucher else []
    if kept or row.state != State.DONE:
        return facts, []
    acts = []
    settles = actor.may(Word.SETTLE, at=row.path)
    if settles and row.amount_fen and row.receipt and order is None:
        acts.append(Act(say("开慰问金支付单"), reverse("pay-sympathy", args=[row.pk]), kind="primary"))
    if settles and row.gift_fen and voucher is None:
        acts.append(Act(say("慰问品制单"), reverse("sympathy-goods", args=[row.pk])))
    return facts, [*acts, *_checks(voucher, row.pk, "sympathy", actor)]


def batch_settling(*, row: "HandoutBatch", actor: Actor) -> tuple[list[Fact], list[Act]]:
    """The same for a batch."""
    voucher = sympathy.goods_voucher(about=(BATCH_KIND, row.pk)) if row.each_fen else None
    ordered = handouts.ordered(batch=row) if row.amount_fen else 0
    facts = [Fact(say("已开支付单"), say("{n} 张", n=ordered))] if row.amount_fen else []
    facts += [Fact(say("慰问品凭证"), GOODS.label(voucher.state))] if voucher else []
    acts = []
    settles = actor.may(Word.SETTLE, at=row.path)
    owed = bool(row.amount_fen) and bool(handouts.owed(batch=row))
    if settles and owed and row.state in {BatchState.APPROVED, BatchState.CLOSED}:
        acts.append(Act(say("开慰问金支付单"), reverse("pay-handout", args=[row.pk]), kind="primary"))
    if settles and row.state == BatchState.CLOSED and voucher is None and handouts.goods_cost(batch=row):
        acts.append(Act(say("慰问品制单"), reverse("handout-goods", args=[row.pk])))
    return facts, [*acts, *_checks(voucher, row.pk, "handout", actor)]


def _checks(voucher: "GoodsVoucher | None", number: int, what: str, actor: Actor) -> list[Act]:
    """A voucher that waits is checked by whoever may at its book, never by who made it."""
    waits = voucher is not None and voucher.state == GoodsState.PROPOSED
    if voucher is None or not waits or actor.user_id == voucher.made_by:
        return []
    if not actor.may(LedgerWord.CHECK, at=voucher.path):
        return []
    check, refuse = f"check-{what}-goods", f"refuse-{what}-goods"
    return [
        Act(say("复核慰问品凭证"), reverse(check, args=[number]), kind="primary"),
        Act(say("退回慰问品凭证"), reverse(refuse, args=[number])),
    ]


def _order_href(number: int, actor: Actor) -> str:
    return reverse("payment", args=[number]) if actor.may(PayWord.READ) else ""
