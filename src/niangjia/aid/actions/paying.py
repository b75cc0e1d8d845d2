"""What was granted is paid to the named person's account, received, confirmed; or given back (R-AID-13)."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from niangjia.aid import rules
from niangjia.aid.actions import desk
from niangjia.aid.actions.stepping import advanced, record, stepped
from niangjia.aid.models import AidApplication
from niangjia.aid.rules import APPLICATION, KINDS, State
from niangjia.kernel import clock
from niangjia.kernel.access import SYSTEM, Actor
from niangjia.kernel.errors import BadInput
from niangjia.kernel.money import Yuan
from niangjia.kernel.policing import value_of
from niangjia.kernel.reaching import beyond
from niangjia.kernel.words import say
from niangjia.payments import actions as payments

if TYPE_CHECKING:
    from niangjia.payments.models import PaymentOrder


@transaction.atomic
def order_aid(*, application_ids: Sequence[int], by: Actor, at: datetime) -> list["PaymentOrder"]:
    """Payment orders are made for granted applications: all of them or none."""
    return [_ordered(one, by=by, at=at) for one in dict.fromkeys(application_ids)]


def _ordered(application_id: int, *, by: Actor, at: datetime) -> "PaymentOrder":
    with beyond():
        row, _ = stepped(application_id=application_id, step="order", version=None, by=by, at=at)
        row.save()
        record(verb="order_aid", row=row, by=by, at=at, amount=row.amount_fen)
        code = value_of(key="aid.expense_account", unit_id=row.unit_id, day=clock.day_of(at)).of(str)
        draft = payments.OrderDraft(
            unit_id=by.unit_id or row.unit_id,
            fund_id=row.fund_id or 0,
            payee_id=row.payee_id,
            amount=Yuan(row.amount_fen or 0),
            about=(rules.KIND, row.pk),
            purpose=KINDS[row.kind].render(str),
            expense_code=code,
        )
        order = payments.order_payment(draft=draft, by=by, at=at)
        desk.pass_on(row=row, by=by, at=at)
    return order


def follow_payment(*, order: "PaymentOrder", event: str, by: Actor, at: datetime) -> None:
    """What the bank said of an order changes its application (port of `payments`, same transaction)."""
    with beyond():
        rows = AidApplication.objects.select_for_update(of=("self",)).select_related(
            "payee", "household", "unit"
        )
        row = rows.get(pk=order.about_id)
        if event == "failed" and row.state != State.PAID:
            return
        step = EVENTS[event]
        row.state = advanced(row=row, step=APPLICATION.step(row.state, step), by=SYSTEM, at=at)
        row.version += 1
        if step == "pay":
            row.paid_on = clock.day_of(at)
        if step == "refund":
            row.closed_at = at
        row.save()
        record(verb=VERBS[event], row=row, by=by, at=at, order=order.pk)
        desk.pass_on(row=row, by=by, at=at)
        if step == "pay":
            words = say("{matter}已付款，请查收并确认。", matter=desk.matter_of(row=row))
            desk.tell(row=row, words=words, by=by, at=at)


EVENTS = {"paid": "pay", "failed": "bounce", "cancelled": "stop_order", "refunded": "refund"}
VERBS = {
    "paid": "aid_arrived",
    "failed": "aid_bounced",
    "cancelled": "stop_aid_order",
    "refunded": "refund_aid",
}


@transaction.atomic
def confirm_receipt(
    *, application_id: int, version: int | None, how: str, by: Actor, at: datetime
) -> AidApplication:
    """The family says that the money arrived: itself, or on a signed paper that the officer keeps."""
    if not how.strip():
        raise BadInput(say("请写明怎样确认的，例如：本人在手机上确认、签字单。"), field="how")
    with beyond():
        row, _ = stepped(application_id=application_id, step="confirm", version=version, by=by, at=at)
        row.confirmed_at, row.confirmed_how = at, how.strip()
        row.save()
        record(verb="confirm_receipt", row=row, by=by, at=at, how=row.confirmed_how)
        desk.pass_on(row=row, by=by, at=at)
    return row


@transaction.atomic
def close_application(*, application_id: int, version: int | None, by: Actor, at: datetime) -> AidApplication:
    """Everything is done."""
    with beyond():
        row, _ = stepped(application_id=application_id, step="close", version=version, by=by, at=at)
        row.closed_at = at
        row.save()
        record(verb="close_application", row=row, by=by, at=at)
        desk.pass_on(row=row, by=by, at=at)
    return row
