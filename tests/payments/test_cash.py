"""Cash: two witnesses, a picture of the signed receipt, booked from the till."""

import pytest
from django.db import DatabaseError, connection, transaction

from niangjia.kernel.errors import BadInput, NotAllowed, Refused, StepRefused
from niangjia.kernel.money import Yuan
from niangjia.ledger import queries as ledger
from niangjia.payments import actions
from niangjia.payments.rules import KIND, State
from niangjia.people.models import Person
from niangjia.tasks.models import Task
from tests.conftest import AT, TODAY
from tests.payments.worlds import SHARE


@pytest.fixture
def order(payers):
    """A cash order that is checked; the till holds what was drawn for it."""
    row = payers.order(payers.person("林晓梅", account=False), method="cash")
    payers.check(row)
    payers.draw(Yuan.of("1000"))
    return payers.fresh(row)


def hand_out(payers, order, *, witnesses=("second", "town"), on=TODAY, by=None):
    told = [getattr(payers, name).user_id for name in witnesses]
    return actions.pay_cash(order_id=order.pk, witnesses=told, on=on, by=by or payers.cashier, at=AT)


def test_cash_is_paid_before_two_witnesses_with_a_picture_of_the_receipt(payers, order, committed):
    with pytest.raises(Refused, match="收据拍照"):
        hand_out(payers, order)
    payers.receipt(order)
    row = hand_out(payers, order)
    assert (row.state, payers.attempts(row)) == (State.PAID, ["paid"])
    till = [one for one in ledger.balances_of(book_id=payers.book.pk) if one.code == "101"]
    assert [one.amount for one in till] == [Yuan.of("1000") - SHARE]
    waiting = Task.objects.filter(kind="payments.send", state="open")
    assert not waiting.exists(), "the last one of the queue is handed out"
    with pytest.raises(StepRefused):
        hand_out(payers, row)
    committed()


@pytest.mark.parametrize("witnesses", [("second",), ("second", "second"), ("second", "cashier"), ()])
def test_two_other_people_bear_witness(payers, order, witnesses):
    payers.receipt(order)
    with pytest.raises(BadInput, match="两位见证人"):
        hand_out(payers, order, witnesses=witnesses)
    assert payers.fresh(order).state == State.CHECKED


def test_a_witness_is_somebody_with_an_account(payers, order):
    payers.receipt(order)
    with pytest.raises(BadInput, match="两位见证人"):
        actions.pay_cash(
            order_id=order.pk, witnesses=[payers.second.user_id, 10**9], on=TODAY, by=payers.cashier, at=AT
        )


def test_the_payee_is_not_his_own_witness(payers, order):
    payers.receipt(order)
    himself = payers.member(order.payee)
    told = [himself.user_id, payers.second.user_id]
    with pytest.raises(BadInput, match="不能见证自己"):
        actions.pay_cash(order_id=order.pk, witnesses=told, on=TODAY, by=payers.cashier, at=AT)


def test_cash_and_transfer_are_not_taken_for_each_other(payers, order):
    with pytest.raises(Refused, match="付现金的"):
        payers.send(order)
    bank = payers.order(payers.person("王建国"))
    payers.check(bank)
    with pytest.raises(Refused, match="走银行转账"):
        hand_out(payers, bank)


def test_whoever_made_or_checked_it_does_not_hand_it_out(payers, order):
    payers.receipt(order)
    with pytest.raises(NotAllowed):
        hand_out(payers, order, by=payers.as_cashier(payers.second))


def test_without_the_receipt_the_database_refuses_too(payers, order):
    payers.receipt(order)
    hand_out(payers, order)
    with (  # noqa: PT012 - whatever the owner of a row may do
        pytest.raises(DatabaseError) as refused,
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "UPDATE papers_attachment SET voided_at = now(), void_reason = '试' WHERE about_kind = %s", [KIND]
        )
        cursor.execute("UPDATE payments_paymentorder SET version = version WHERE id = %s", [order.pk])
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    assert refused.value.__cause__.diag.constraint_name == "payment_order_receipt"


def test_a_day_before_the_order_was_made_is_refused(payers, order):
    payers.receipt(order)
    with pytest.raises(BadInput) as refused:
        hand_out(payers, order, on=TODAY.replace(day=1))
    assert refused.value.field == "on"


def test_nobody_who_has_died_is_handed_cash(payers, order):
    payers.receipt(order)
    Person.objects.filter(pk=order.payee_id).update(deceased_on=TODAY)
    with pytest.raises(Refused, match="已去世"):
        hand_out(payers, order)
