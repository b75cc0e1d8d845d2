"""An order is made, put right and made anew, or cancelled."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from niangjia.kernel.access import EVERYWHERE, Actor
from niangjia.kernel.errors import BadInput, Refused
from niangjia.kernel.reaching import beyond
from niangjia.kernel.words import say
from niangjia.ledger import queries as ledger
from niangjia.ledger.rules import Klass
from niangjia.payments import queries, rules
from niangjia.payments.actions import desk
from niangjia.payments.actions.following import follow
from niangjia.payments.actions.stepping import one_locked, record, step, told_in_words, user_of
from niangjia.payments.models import BankAccount, PaymentOrder
from niangjia.payments.permissions import Word
from niangjia.payments.rules import Event, Method, OrderDraft
from niangjia.people import queries as people
from niangjia.tree import queries as tree

if TYPE_CHECKING:
    from niangjia.ledger.models import Book


@transaction.atomic
def order_payment(*, draft: OrderDraft, by: Actor, at: datetime) -> PaymentOrder:
    """The order stands, its sum set aside in the fund; it waits for a second person to check it.

    Raises Refused where the matter has no warrant or an order already, where the payee has no account in use,
    or where the fund would promise more than it holds; NotAllowed for a payment to oneself.
    """
    by.require(Word.ORDER)
    unit = tree.unit_in_scope(unit_id=draft.unit_id, scope=by.scope_for(Word.ORDER))
    purpose = rules.require_draft(draft)
    hands = rules.Hands(payee=draft.payee_id)
    rules.require_other_hands(hands, user_id=by.user_id, person_id=by.person_id)
    with beyond():
        require_living(person_id=draft.payee_id)
        fund = ledger.fund_in_scope(fund_id=draft.fund_id, scope=EVERYWHERE)
        _require_expense(fund.book, draft.expense_code)
        account = _account_of(draft.payee_id) if draft.method == Method.BANK else None
        row = PaymentOrder(
            unit=unit,
            fund=fund,
            payee_id=draft.payee_id,
            account=account,
            amount_fen=draft.amount.fen,
            method=draft.method,
            expense_code=draft.expense_code,
            purpose=purpose,
            about_kind=draft.about[0],
            about_id=draft.about[1],
            maker=user_of(by=by),
            made_at=at,
        )
        with told_in_words():
            row.save(force_insert=True)
        row.refresh_from_db(fields=["path"])
        about = f"{row.about_kind}:{row.about_id}"
        record(
            verb="order_payment",
            row=row,
            by=by,
            at=at,
            fund=row.fund_id,
            about=about,
            amount_fen=row.amount_fen,
        )
        desk.arrived(row=row, by=by, at=at)
    return row


def require_living(*, person_id: int) -> None:
    """Refuse to pay somebody who has died: what is unpaid goes back to the fund (Appendix D 11)."""
    if people.records(person_ids=[person_id]).filter(deceased_on__isnull=False).exists():
        words = say("收款人已去世，不能再付到他的账户。请作废这笔支付，由经办人与家属另行办理。")
        raise Refused(words, field="payee")


def _require_expense(book: "Book", code: str) -> None:
    if not book.accounts.filter(code=code, klass=Klass.EXPENSE).exists():
        words = say("账簿里没有支出科目“{code}”。请选账簿里的支出科目。", code=code)
        raise BadInput(words, field="expense_code")


def _account_of(person_id: int) -> BankAccount:
    found = queries.account_in_use(person_id=person_id)
    if found is None:
        words = say("收款人还没有登记收款账户。请先登记他本人（或监护人）的账户，再开支付单。")
        raise Refused(words, field="payee")
    return found


@transaction.atomic
def correct_order(
    *, order_id: int, version: int | None = None, same_account: bool = False, by: Actor, at: datetime
) -> PaymentOrder:
    """The order is made anew, to the account that the payee has in use now; it is checked and sent again.

    Raises Refused where the account is the one that failed, unless it was compared and is right.
    """
    row = one_locked(order_id=order_id, version=version, word=Word.ORDER, by=by)
    hands = rules.Hands(payee=row.payee_id)
    rules.require_other_hands(hands, user_id=by.user_id, person_id=by.person_id)
    with beyond():
        require_living(person_id=row.payee_id)
        account = _account_of(row.payee_id) if row.method == Method.BANK else None
        if account is not None and account.pk == row.account_id and not same_account:
            words = say(
                "收款账户还是没有付成的那一个。请先登记新账户；核对过没有错的，请勾选“账户无误，原样重付”。"
            )
            raise Refused(words, field="same_account")
        step(
            row=row, name="correct", account=account, maker=user_of(by=by), made_at=at, checker=None,
            checked_at=None, sender=None, sent_at=None, refund_asked_by=None,
        )  # fmt: skip
        record(verb="correct_order", row=row, by=by, at=at, account=row.account_id)
        desk.settled(row=row, by=by, at=at)
        desk.arrived(row=row, by=by, at=at)
    return row


@transaction.atomic
def cancel_order(
    *, order_id: int, version: int | None = None, reason: str, by: Actor, at: datetime
) -> PaymentOrder:
    """The order is void, its sum free again; the matter may have another order."""
    if not reason.strip():
        raise BadInput(say("请写明为什么作废。"), field="reason")
    row = one_locked(order_id=order_id, version=version, word=Word.ORDER, by=by)
    user_of(by=by)
    with beyond():
        was, maker = row.state, row.maker
        step(row=row, name="cancel", reason=reason.strip(), closed_at=at)
        record(verb="cancel_order", row=row, by=by, at=at, reason=reason)
        desk.left(row=row, was=was, maker=maker, by=by, at=at)
        desk.settled(row=row, by=by, at=at)
        follow(order=row, event=Event.CANCELLED, by=by, at=at)
    return row
