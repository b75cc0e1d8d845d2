"""Cash is handed over before two witnesses, with a picture of the signed receipt (domain.md §2.2)."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from niangjia.accounts import queries as accounts
from niangjia.kernel import clock
from niangjia.kernel.access import EVERYWHERE, Actor
from niangjia.kernel.errors import BadInput, Refused
from niangjia.kernel.reaching import beyond
from niangjia.kernel.words import say
from niangjia.papers import queries as papers
from niangjia.papers.rules import AttachmentKind
from niangjia.payments import rules
from niangjia.payments.actions import desk
from niangjia.payments.actions.ordering import require_living
from niangjia.payments.actions.sending import CASH, account_code
from niangjia.payments.actions.settling import paid
from niangjia.payments.actions.stepping import one_locked, record, require_hands, step, user_of
from niangjia.payments.models import PaymentOrder, Transfer
from niangjia.payments.permissions import Word
from niangjia.payments.rules import Method, State

RECEIPTS = (AttachmentKind.PHOTO, AttachmentKind.SIGNED)
WITNESSES = 2


@transaction.atomic
def pay_cash(
    *, order_id: int, version: int | None = None, witnesses: Sequence[int], on: date, by: Actor, at: datetime
) -> PaymentOrder:
    """The payee has the cash; two officers saw it, the signed receipt hangs on the order; it is booked.

    `witnesses` are two accounts, neither the cashier's nor the payee's. Raises BadInput, Refused.
    """
    row = one_locked(order_id=order_id, version=version, word=Word.PAY, by=by)
    if row.method != Method.CASH:
        raise Refused(say("这张支付单走银行转账，请编入批次送银行。"))
    with beyond():
        rules.PAYMENT.step(row.state, "send")
        require_hands(row=row, by=by)
        require_living(person_id=row.payee_id)
        _require_witnesses(row, witnesses, by=by)
        _require_receipt(row)
        if not clock.day_of(row.made_at) <= on <= clock.day_of(at):
            raise BadInput(say("付款日要在制单那天到今天之间。请核对。"), field="on")
        code = account_code(book=row.fund.book, key=CASH, code="", at=at)
        transfer = Transfer.objects.create(
            order=row, attempt=row.transfers.count() + 1, amount_fen=row.amount_fen, sent_at=at,
            witness_one=witnesses[0], witness_two=witnesses[1],
        )  # fmt: skip
        step(row=row, name="send", sender=user_of(by=by), sent_at=at)
        desk.left(row=row, was=State.CHECKED, maker=row.maker, by=by, at=at)
        record(verb="hand_out_cash", row=row, by=by, at=at, witnesses=sorted(witnesses))
        paid(transfer=transfer, order=row, on=on, bank_code=code, by=by, at=at)
    return row


def _require_witnesses(row: PaymentOrder, witnesses: Sequence[int], *, by: Actor) -> None:
    """Two other people with accounts of their own; the payee cannot be his own witness."""
    told = set(witnesses) - {by.user_id}
    if len(told) != WITNESSES or len(accounts.account_names(user_ids=told)) != WITNESSES:
        raise BadInput(
            say("付现金要有两位见证人，不能是出纳本人。请各填一位同志的账号。"), field="witness_one"
        )
    if told & set(accounts.accounts_of(people=[row.payee_id])):
        raise BadInput(say("收款人不能见证自己的款项。请换一位见证人。"), field="witness_one")


def _require_receipt(row: PaymentOrder) -> None:
    hanging = papers.attachments_of(about_kind=rules.KIND, about_id=row.pk, scope=EVERYWHERE)
    if not hanging.filter(kind__in=[str(one) for one in RECEIPTS], voided_at=None).exists():
        raise Refused(say("付现金要先把收款人签字的收据拍照，作为附件传到这张支付单上，再登记付款。"))
