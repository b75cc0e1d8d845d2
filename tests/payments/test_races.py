"""Several at the same moment: the sum is held once, and the control shows that the race is real."""

import pytest
from django.db import connections, transaction

from niangjia.kernel.access import EVERYWHERE
from niangjia.kernel.errors import NiangjiaError
from niangjia.kernel.money import Yuan
from niangjia.kernel.scoping import enter_scope
from niangjia.ledger import queries as ledger
from niangjia.payments import actions, queries
from niangjia.payments.models import PaymentBatch, PaymentOrder, Transfer
from niangjia.payments.rules import State
from tests.conftest import AT
from tests.network.test_races import together
from tests.network.worlds import zhejiang
from tests.payments.worlds import Payers

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True, databases=["default", "owner"])]
COPIES = 6
LOCK = "PERFORM 1 FROM ledger_fund WHERE id = of_fund AND restricted FOR NO KEY UPDATE;"
NO_LOCK = "PERFORM 1 FROM ledger_fund WHERE id = of_fund AND restricted; PERFORM pg_sleep(0.4);"


def within(act):
    with transaction.atomic():
        enter_scope(EVERYWHERE)
        return act()


@pytest.fixture
def payers():
    return within(lambda: Payers(zhejiang(), holds="900"))


def at_once(*acts):
    """Each act in a transaction of its own; how many were done, and what the others were told."""
    told = []

    def tried(act):
        try:
            within(act)
            told.append("done")
        except NiangjiaError as refused:
            told.append(str(refused))

    assert together(*[lambda act=act: tried(act) for act in acts]) == []
    return told


def six_orders(payers):
    """Six drafts of 600 out of a fund that holds 900."""
    return [within(lambda n=n: payers.draft(payers.person("甲乙丙丁戊己"[n] * 2))) for n in range(COPIES)]


def ordered(payers, drafts):
    return at_once(
        *[
            lambda draft=draft: actions.order_payment(draft=draft, by=payers.accountant, at=AT)
            for draft in drafts
        ]
    )


def taken(payers):
    return within(lambda: queries.reserved(fund_id=payers.fund.pk))


def test_of_many_orders_at_once_a_fund_promises_what_it_holds(payers):
    told = ordered(payers, six_orders(payers))
    assert told.count("done") == 1
    assert all("专款余额不够" in words for words in told if words != "done")
    assert taken(payers) == Yuan.of("600")


def test_without_the_lock_of_the_fund_it_would_promise_more(payers):
    """The control: the same check without the lock lets several through."""
    drafts = six_orders(payers)
    with changed("payments_fund_holds(bigint)", LOCK, NO_LOCK):
        told = ordered(payers, drafts)
    assert told.count("done") > 1
    assert taken(payers) > Yuan.of("900")


class changed:  # noqa: N801 - it reads as a clause
    """The owner's function with other words, for a while."""

    def __init__(self, name, was, now):
        self.name, self.was, self.now = name, was, now

    def _put(self, was, now):
        with connections["owner"].cursor() as cursor:
            cursor.execute("SELECT pg_get_functiondef(%s::regprocedure)", [self.name])
            text = cursor.fetchone()[0]
            assert was in text
            cursor.execute(text.replace(was, now))

    def __enter__(self):
        self._put(self.was, self.now)

    def __exit__(self, *_):
        self._put(self.now, self.was)


def test_one_matter_has_one_order_however_many_press_the_button(payers):
    draft = within(lambda: payers.draft(payers.person("林晓梅")))
    told = ordered(payers, [draft] * COPIES)
    assert told.count("done") == 1
    assert all("已经有一张支付单" in words or "专款余额不够" in words for words in told if words != "done")


def test_two_cashiers_at_once_send_an_order_once_and_note_its_answer_once(payers):
    order = within(lambda: payers.order(payers.person("林晓梅")))
    within(lambda: payers.check(order))
    ids = [order.pk]
    told = at_once(
        *[
            lambda who=who: actions.send_batch(order_ids=ids, by=who, at=AT)
            for who in (payers.cashier, payers.cashier2) * 2
        ]
    )
    assert told.count("done") == 1
    batch = within(PaymentBatch.objects.get)
    told = at_once(
        *[lambda who=who: payers.answer(batch, {1: True}, by=who) for who in (payers.cashier,) * 4]
    )
    assert told == ["done"] * 4
    assert within(lambda: PaymentOrder.objects.get().state) == State.PAID
    assert within(Transfer.objects.count) == 1
    assert within(lambda: ledger.fund_available(fund_id=payers.fund.pk)) == Yuan.of("300")


def test_refund_and_bounce_at_once_take_the_money_back_once(payers):
    (order,) = within(lambda: payers.paid(payers.person("林晓梅")))
    batch = within(PaymentBatch.objects.get)
    within(lambda: actions.ask_refund(order_id=order.pk, reason="退学", by=payers.accountant, at=AT))
    at_once(
        lambda: actions.refund_order(order_id=order.pk, on=order.paid_on, by=payers.cashier, at=AT),
        lambda: payers.answer(batch, {1: False}, by=payers.cashier2),
    )
    assert within(lambda: ledger.fund_available(fund_id=payers.fund.pk)) == Yuan.of("900")
    assert within(lambda: Transfer.objects.get().outcome) == "returned"
    assert within(lambda: PaymentOrder.objects.get().state) in {State.REFUNDED, State.FAILED}
