"""A second person checks orders; he, or the cashier, gives one back to be put right."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from niangjia.kernel.access import Actor
from niangjia.kernel.errors import BadInput
from niangjia.kernel.money import Yuan
from niangjia.kernel.reaching import beyond
from niangjia.kernel.words import say
from niangjia.payments import rules
from niangjia.payments.actions import desk
from niangjia.payments.actions.stepping import (
    locked,
    one_locked,
    record,
    require_hands,
    require_version,
    step,
)
from niangjia.payments.models import PaymentOrder
from niangjia.payments.permissions import Word
from niangjia.payments.rules import Chosen, State


@transaction.atomic
def check_orders(
    *,
    order_ids: Sequence[int],
    seen: Chosen | None = None,
    versions: Mapping[int, int] | None = None,
    by: Actor,
    at: datetime,
) -> list[PaymentOrder]:
    """The orders are checked, all of them or none; they wait for the cashier.

    `seen` is what the page told: with other orders or another sum by now nothing is done (ui.md B4).
    """
    rows = locked(order_ids=order_ids, word=Word.CHECK, by=by)
    rules.require_same(seen, Chosen.of(Yuan(row.amount_fen) for row in rows))
    for row in rows:
        require_version(row=row, version=(versions or {}).get(row.pk))
    with beyond():
        for row in rows:
            rules.PAYMENT.step(row.state, "check")
            require_hands(row=row, by=by)
            step(row=row, name="check", checker=by.user_id, checked_at=at)
            record(verb="check_order", row=row, by=by, at=at)
            desk.left(row=row, was=State.MADE, maker=row.maker, by=by, at=at)
            desk.arrived(row=row, by=by, at=at)
    return rows


@transaction.atomic
def send_back_order(
    *, order_id: int, version: int | None = None, reason: str, by: Actor, at: datetime
) -> PaymentOrder:
    """Whoever made the order has it again, and reads why; its sum stays set aside."""
    if not reason.strip():
        raise BadInput(say("请写明要更正什么，制单人会读到。"), field="reason")
    word = Word.CHECK if by.may(Word.CHECK) else Word.PAY
    row = one_locked(order_id=order_id, version=version, word=word, by=by)
    asked = rules.PAYMENT.step(row.state, "send_back")
    by.require(asked.by, at=row.path)
    with beyond():
        require_hands(row=row, by=by)
        was = row.state
        step(row=row, name="send_back", reason=reason.strip())
        record(verb="send_back_order", row=row, by=by, at=at, reason=reason)
        desk.left(row=row, was=was, maker=row.maker, by=by, at=at)
        desk.to_be_corrected(row=row, by=by, at=at)
    return row
