"""Money comes back from the payee: the accountant asks, the cashier confirms it (domain.md §2.4)."""

from datetime import date, datetime

from django.db import transaction

from niangjia.kernel.access import Actor
from niangjia.kernel.errors import BadInput, NotAllowed, StepRefused
from niangjia.kernel.reaching import beyond
from niangjia.kernel.words import say
from niangjia.payments import rules
from niangjia.payments.actions.following import follow
from niangjia.payments.actions.settling import taken_back
from niangjia.payments.actions.stepping import one_locked, record, user_of
from niangjia.payments.models import PaymentOrder, Transfer
from niangjia.payments.permissions import Word
from niangjia.payments.rules import Event, Outcome, State


@transaction.atomic
def ask_refund(
    *, order_id: int, version: int | None = None, reason: str, by: Actor, at: datetime
) -> PaymentOrder:
    """The accountant notes why what was paid is to come back; the cashier confirms it when it is there."""
    if not reason.strip():
        raise BadInput(say("请写明为什么退款。"), field="reason")
    row = one_locked(order_id=order_id, version=version, word=Word.ORDER, by=by)
    if row.state != State.PAID:
        raise StepRefused(say("只有已付的支付单可以退款。"), step="refund")
    with beyond():
        told = {"refund_asked_by": user_of(by=by), "reason": reason.strip(), "version": row.version + 1}
        PaymentOrder.objects.filter(pk=row.pk).update(**told)
        record(verb="ask_refund", row=row, by=by, at=at, reason=reason)
        row.refresh_from_db()
    return row


@transaction.atomic
def refund_order(
    *, order_id: int, version: int | None = None, reason: str = "", on: date, by: Actor, at: datetime
) -> PaymentOrder:
    """The money is back: the contra stands in the books, the matter may be paid again (Appendix D 8).

    Raises StepRefused before the accountant has asked, NotAllowed for whoever asked himself.
    """
    row = one_locked(order_id=order_id, version=version, word=Word.PAY, by=by)
    rules.PAYMENT.advance(row.state, "refund", {"refund_asked": row.refund_asked_by is not None})
    if row.refund_asked_by == user_of(by=by):
        raise NotAllowed(say("退款由会计登记、由出纳确认，不能是同一人。"))
    with beyond():
        transfer = Transfer.objects.select_for_update().get(order=row, outcome=Outcome.PAID)
        taken_back(
            transfer=transfer, order=row, name="refund", reason=reason or row.reason, on=on, by=by, at=at,
            facts={"refund_asked": True}, refunded_by=by.user_id, closed_at=at,
        )  # fmt: skip
        record(verb="refund_order", row=row, by=by, at=at, reason=row.reason, contra=transfer.contra_id)
        follow(order=row, event=Event.REFUNDED, by=by, at=at)
    return row
