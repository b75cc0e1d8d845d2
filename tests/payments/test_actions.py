"""The way of an order through the actions: success and refusal from one set-up."""

from datetime import timedelta

import pytest

from niangjia.kernel.errors import BadInput, NotAllowed, NotVisible, Refused, StepRefused
from niangjia.kernel.models import JournalLine
from niangjia.kernel.money import Yuan
from niangjia.ledger import queries as ledger
from niangjia.payments import actions, queries
from niangjia.payments.models import PaymentBatch
from niangjia.payments.rules import Chosen, State
from niangjia.people.models import Person
from niangjia.tasks.models import Task
from tests.conftest import AT, TODAY
from tests.payments import followers, matters
from tests.payments.worlds import BANK, SHARE, card

LATER = AT + timedelta(days=1)


@pytest.fixture
def told(settings):
    """What the app whose matter is paid hears."""
    settings.NIANGJIA_PAYMENT_FOLLOWERS = {matters.KIND: "tests.payments.followers.hear"}
    followers.heard.clear()
    return followers.heard


def holds(payers):
    return ledger.fund_available(fund_id=payers.fund.pk)


def open_tasks(**more):
    return list(
        Task.objects.filter(kind__startswith="payments.", state="open", **more).values_list("kind", "step")
    )


def test_an_order_is_made_checked_sent_and_paid_and_booked_once(payers, committed, told):
    someone = payers.person("林晓梅")
    (order,), batch = payers.sent(someone)
    assert (order.state, batch.count, batch.total_fen) == (State.SENT, 1, SHARE.fen)
    assert (holds(payers), queries.fund_free(fund_id=payers.fund.pk)) == (Yuan.of("100000"), Yuan.of("99400"))
    assert told == []
    payers.answer(batch, {1: True})
    order = payers.fresh(order)
    assert (order.state, order.paid_on) == (State.PAID, TODAY)
    assert holds(payers) == queries.fund_free(fund_id=payers.fund.pk) == Yuan.of("99400")
    assert told == [(order.pk, "paid")]
    verbs = JournalLine.objects.filter(kind="payments.payment_order", object_id=order.pk).order_by("id")
    assert list(verbs.values_list("verb", flat=True)) == [
        "order_payment",
        "check_order",
        "send_order",
        "pay_order",
    ]
    committed()


def test_the_bank_reports_twice_and_it_counts_once(payers, committed, told):
    (order,), batch = payers.sent(payers.person("林晓梅"))
    first, again = payers.answer(batch, {1: True}), payers.answer(batch, {1: True})
    assert (first.counts, again.counts) == ({"paid": 1}, {"same": 1})
    assert holds(payers) == Yuan.of("99400")
    assert told == [(order.pk, "paid")]
    committed()


def test_a_bounced_transfer_is_corrected_sent_again_and_counts_once(payers, committed, told):
    someone = payers.person("林晓梅")
    (order,), batch = payers.sent(someone)
    payers.answer(batch, {1: False})
    order = payers.fresh(order)
    assert (order.state, order.reason) == (State.FAILED, "户名不符")
    assert open_tasks() == [("payments.correct", "correct")]
    with pytest.raises(Refused, match="还是没有付成的那一个"):
        actions.correct_order(order_id=order.pk, by=payers.accountant, at=AT)
    payers.account(someone, number=card(9001))
    order = actions.correct_order(order_id=order.pk, by=payers.accountant, at=AT)
    assert (order.state, order.checker, order.sender) == (State.MADE, None, None)
    payers.answer(payers.send(*payers.check(order)), {1: True})
    assert payers.fresh(order).state == State.PAID
    assert payers.attempts(order) == ["failed", "paid"]
    assert holds(payers) == Yuan.of("99400")
    assert told == [(order.pk, "failed"), (order.pk, "paid")]
    assert open_tasks() == []
    committed()


def test_money_that_the_bank_had_reported_paid_and_that_came_back_is_taken_back_and_paid_again(
    payers, committed, told
):
    someone = payers.person("林晓梅")
    (order,), batch = payers.sent(someone)
    payers.answer(batch, {1: True})
    reading = payers.answer(batch, {1: False}, at=LATER)
    assert reading.counts == {"returned": 1}
    assert (payers.fresh(order).state, holds(payers)) == (State.FAILED, Yuan.of("100000"))
    assert queries.fund_free(fund_id=payers.fund.pk) == Yuan.of("99400"), "the sum stays set aside"
    assert payers.answer(batch, {1: True}, at=LATER).counts == {"same": 1}, "the old answer says nothing new"
    payers.account(someone, number=card(9002))
    actions.correct_order(order_id=order.pk, by=payers.accountant, at=LATER)
    payers.answer(payers.send(*payers.check(order)), {1: True}, at=LATER)
    assert payers.attempts(order) == ["returned", "paid"]
    assert holds(payers) == Yuan.of("99400")
    assert [event for _, event in told] == ["paid", "failed", "paid"]
    committed()


def test_the_accountant_asks_for_a_refund_and_the_cashier_confirms_it(payers, committed, told):
    (order,) = payers.paid(payers.person("林晓梅"))
    refund = {"order_id": order.pk, "on": TODAY, "at": AT}
    with pytest.raises(StepRefused, match="先由会计登记"):
        actions.refund_order(**refund, by=payers.cashier)
    actions.ask_refund(order_id=order.pk, reason="学生放弃入学", by=payers.accountant, at=AT)
    with pytest.raises(NotAllowed):
        actions.refund_order(**refund, by=payers.accountant)
    order = actions.refund_order(**refund, by=payers.cashier)
    assert (order.state, order.reason) == (State.REFUNDED, "学生放弃入学")
    assert holds(payers) == queries.fund_free(fund_id=payers.fund.pk) == Yuan.of("100000")
    assert [event for _, event in told] == ["paid", "refunded"]
    committed()


def test_a_matter_that_was_refunded_may_be_paid_again(payers, committed):
    someone = payers.person("林晓梅")
    about = matters.matter(77, payee=someone.pk, fen=SHARE.fen)
    order = payers.order(someone, about=about)
    with pytest.raises(Refused, match="已经有一张支付单"):
        payers.order(someone, about=about)
    actions.cancel_order(order_id=order.pk, reason="填错", by=payers.accountant, at=AT)
    again = payers.order(someone, about=about)
    assert queries.order_of(about=about, scope=payers.accountant.scope_for("payments.read")) == again
    committed()


def test_a_cancelled_order_frees_its_sum_and_is_told(payers, told):
    order = payers.order(payers.person("林晓梅"))
    with pytest.raises(BadInput) as refused:
        actions.cancel_order(order_id=order.pk, reason=" ", by=payers.accountant, at=AT)
    assert refused.value.field == "reason"
    actions.cancel_order(order_id=order.pk, reason="填错", by=payers.accountant, at=AT)
    assert queries.fund_free(fund_id=payers.fund.pk) == Yuan.of("100000")
    assert told == [(order.pk, "cancelled")]
    assert open_tasks() == []
    with pytest.raises(StepRefused):
        payers.check(order)


def test_the_warrant_says_why_money_may_not_move(payers):
    someone = payers.person("林晓梅")
    about = matters.matter(5, payee=someone.pk, fen=SHARE.fen, approved=False)
    with pytest.raises(Refused, match="还没有批准"):
        payers.order(someone, about=about)
    matters.matter(5, payee=someone.pk, fen=SHARE.fen)
    with pytest.raises(Refused, match="和批准的不一致"):
        payers.order(someone, about=about, amount=Yuan.of("601"))
    with pytest.raises(Refused, match="没有付款依据"):
        payers.order(someone, about=("test.nothing", 5))
    order = payers.order(someone, about=about)
    matters.matter(5, payee=someone.pk, fen=SHARE.fen, approved=False)
    with pytest.raises(Refused, match="还没有批准"):
        payers.check(order)
    matters.matter(5, payee=someone.pk, fen=SHARE.fen)
    payers.check(order)
    matters.matter(5, payee=someone.pk, fen=SHARE.fen, approved=False)
    with pytest.raises(Refused, match="还没有批准"):
        payers.send(order)


@pytest.mark.parametrize("hand", ["accountant", "second", "cashier"])
def test_whoever_approved_the_matter_handles_no_step_of_its_payment(payers, hand):
    someone = payers.person("林晓梅")
    approver = getattr(payers, hand).user_id
    about = matters.matter(6, payee=someone.pk, fen=SHARE.fen, approver=approver)
    with pytest.raises(Refused, match="批准人不能经手"):
        payers.send(*payers.check(payers.order(someone, about=about)))


def test_what_was_sent_is_noted_as_the_bank_tells_it_whatever_became_of_the_matter(payers, committed):
    """A fact needs no warrant: the money is out, and the books must say so."""
    someone = payers.person("林晓梅")
    about = matters.matter(8, payee=someone.pk, fen=SHARE.fen)
    order = payers.order(someone, about=about)
    batch = payers.send(*payers.check(order))
    matters.matter(8, payee=someone.pk, fen=SHARE.fen, approved=False)
    payers.answer(batch, {1: True})
    assert payers.fresh(order).state == State.PAID
    committed()


def test_a_payee_without_an_account_is_told_what_to_do_first(payers):
    someone = payers.person("林晓梅", account=False)
    with pytest.raises(Refused, match="还没有登记收款账户") as refused:
        payers.order(someone)
    assert refused.value.field == "payee"
    payers.account(someone)
    assert payers.order(someone).account is not None


def test_an_account_that_changed_before_it_was_sent_is_put_right_first(payers):
    someone = payers.person("林晓梅")
    order = payers.order(someone)
    payers.check(order)
    payers.account(someone, number=card(9003))
    with pytest.raises(Refused, match="已经停用"):
        payers.send(order)
    actions.send_back_order(order_id=order.pk, reason="换了账户", by=payers.cashier, at=AT)
    actions.correct_order(order_id=order.pk, by=payers.accountant, at=AT)
    assert payers.send(*payers.check(order)).count == 1


def test_nobody_who_has_died_is_paid(payers):
    someone = payers.person("林晓梅")
    order = payers.order(someone)
    payers.check(order)
    Person.objects.filter(pk=someone.pk).update(deceased_on=TODAY)
    with pytest.raises(Refused, match="已去世"):
        payers.send(order)
    with pytest.raises(Refused, match="已去世"):
        payers.order(someone)


def test_exactly_what_was_seen_is_checked_and_sent(payers):
    orders = [payers.order(payers.person(name)) for name in ("林晓梅", "王建国")]
    ids = [one.pk for one in orders]
    with pytest.raises(Refused, match="您看到的是 3 笔"):
        actions.check_orders(order_ids=ids, seen=Chosen(3, Yuan.of("1800")), by=payers.second, at=AT)
    seen = Chosen(2, Yuan.of("1200"))
    actions.check_orders(order_ids=ids, seen=seen, by=payers.second, at=AT)
    with pytest.raises(Refused, match="您看到的是 1 笔"):
        actions.send_batch(order_ids=ids, seen=Chosen(1, SHARE), by=payers.cashier, at=AT)
    batch = actions.send_batch(order_ids=ids, seen=seen, by=payers.cashier, at=AT)
    assert (batch.count, batch.total_fen) == (2, 120_000)


def test_one_that_cannot_be_checked_leaves_all_as_they_were(payers):
    fine, late = (payers.order(payers.person(name)) for name in ("林晓梅", "王建国"))
    matters.matter(late.about_id, payee=late.payee_id, fen=SHARE.fen, approved=False)
    with pytest.raises(Refused):
        payers.check(fine, late)
    assert payers.fresh(fine).state == State.MADE


def test_a_batch_is_of_one_book_and_leaves_from_an_asset(payers):
    order = payers.order(payers.person("林晓梅"))
    payers.check(order)
    for code in ("404", "999"):
        with pytest.raises(Refused, match="没有资产科目"):
            actions.send_batch(order_ids=[order.pk], bank_code=code, by=payers.cashier, at=AT)
    batch = actions.send_batch(order_ids=[order.pk], by=payers.cashier, at=AT)
    assert (batch.bank_code, batch.number) == (BANK, 1)
    second = payers.send(*payers.check(payers.order(payers.person("王建国"))))
    assert second.number == 2


def test_an_answer_with_an_impossible_day_is_not_noted_at_all(payers):
    orders, batch = payers.sent(*[payers.person(name) for name in ("林晓梅", "王建国")])
    rows = [payers.line(batch, 1), payers.line(batch, 2, on=TODAY + timedelta(days=1))]
    with pytest.raises(BadInput, match="第 3 行的交易日期不对"):
        actions.read_results(batch_id=batch.pk, rows=rows, by=payers.cashier, at=AT)
    assert {payers.fresh(one).state for one in orders} == {State.SENT}


def test_lines_that_do_not_fit_are_told_and_the_others_noted(payers, committed):
    orders, batch = payers.sent(*[payers.person(name) for name in ("林晓梅", "王建国", "陈一")])
    wrong = payers.line(batch, 2, amount=Yuan(1))
    reading = payers.answer(batch, {1: True, 2: wrong, 9: payers.line(batch, 1, number=9)})
    assert reading.counts == {"paid": 1, "unknown": 1, "differs": 1}
    assert [one["verdict"] for one in reading.troubles] == ["differs", "unknown"]
    assert [payers.fresh(one).state for one in orders] == [State.PAID, State.SENT, State.SENT]
    assert PaymentBatch.objects.get(pk=batch.pk).settled_at is None
    committed()


def test_tasks_lie_with_whoever_is_next(payers):
    first = payers.order(payers.person("林晓梅"))
    second = payers.order(payers.person("王建国"))
    step = f"check:{payers.accountant.user_id}"
    assert open_tasks() == [("payments.check", step)], "one task for all that wait"
    assert Task.objects.get(kind="payments.check").due_on == TODAY + timedelta(days=1)
    payers.check(first)
    assert sorted(open_tasks()) == [("payments.check", step), ("payments.send", "send")]
    payers.check(second)
    assert open_tasks() == [("payments.send", "send")]
    batch = payers.send(first, second)
    assert open_tasks() == []
    payers.answer(batch, {1: False, 2: True})
    (task,) = Task.objects.filter(kind="payments.correct", state="open")
    assert (task.holder_id, task.about_id) == (payers.accountant.user_id, first.pk)


def test_an_order_is_given_back_with_its_reason(payers):
    order = payers.order(payers.person("林晓梅"))
    with pytest.raises(BadInput):
        actions.send_back_order(order_id=order.pk, reason="", by=payers.second, at=AT)
    row = actions.send_back_order(order_id=order.pk, reason="科目不对", by=payers.second, at=AT)
    assert (row.state, row.reason) == (State.FAILED, "科目不对")
    assert open_tasks() == [("payments.correct", "correct")]
    actions.correct_order(order_id=order.pk, same_account=True, by=payers.accountant, at=AT)
    payers.check(order)
    with pytest.raises(NotAllowed):
        actions.send_back_order(order_id=order.pk, reason="不对", by=payers.second, at=AT)


def test_who_is_elsewhere_sees_nothing_and_who_reads_only_does_nothing(payers):
    order = payers.order(payers.person("林晓梅"))
    ids = {"order_ids": [order.pk], "at": AT}
    with pytest.raises(NotVisible):
        actions.check_orders(**ids, by=payers.elsewhere)
    for actor in (payers.auditor, payers.cashier):
        with pytest.raises(NotAllowed):
            actions.check_orders(**ids, by=actor)
    with pytest.raises(NotAllowed):
        payers.order(payers.person("王建国"), by=payers.auditor)
    payers.check(order)
    for actor in (payers.auditor, payers.second, payers.leader):
        with pytest.raises(NotAllowed):
            actions.send_batch(**ids, by=actor)
    batch = payers.send(order)
    for actor, error in (
        (payers.auditor, NotAllowed),
        (payers.elsewhere, NotAllowed),
        (payers.far, NotVisible),
    ):
        with pytest.raises(error):
            payers.answer(batch, {1: True}, by=actor)
