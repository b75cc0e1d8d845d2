"""Every step of a payment stands in the journal and lies with whoever is next."""

from datetime import date, timedelta

import pytest
from django.db import connection

from niangjia.kernel.models import JournalLine
from niangjia.payments import actions
from niangjia.payments.actions.settling import open_day
from niangjia.payments.models import Transfer
from niangjia.payments.rules import State
from niangjia.tasks.models import Task
from tests.conftest import AT, TODAY
from tests.payments.worlds import card


def verbs(order):
    lines = JournalLine.objects.filter(kind="payments.payment_order", object_id=order.pk).order_by("id")
    return list(lines.values_list("verb", flat=True))


def waiting():
    tasks = Task.objects.filter(kind__startswith="payments.", state="open").order_by("kind")
    return list(tasks.values_list("kind", flat=True))


def failed(payers, someone):
    (order,), batch = payers.sent(someone)
    payers.answer(batch, {1: False})
    return payers.fresh(order)


def test_a_corrected_order_waits_for_its_check_and_says_so(payers):
    someone = payers.person("林晓梅")
    order = failed(payers, someone)
    assert waiting() == ["payments.correct"]
    payers.account(someone, number=card(9001))
    actions.correct_order(order_id=order.pk, by=payers.accountant, at=AT)
    assert waiting() == ["payments.check"]
    assert verbs(order)[-1] == "correct_order"


def test_what_the_bank_refused_stands_in_the_journal_with_its_reason(payers):
    order = failed(payers, payers.person("林晓梅"))
    (line,) = JournalLine.objects.filter(verb="fail_order", object_id=order.pk)
    assert (line.reason, verbs(order)[-1]) == ("户名不符", "fail_order")


def test_an_answer_about_another_account_is_told_and_left(payers):
    (order,), batch = payers.sent(payers.person("林晓梅"))
    reading = payers.answer(batch, {1: payers.line(batch, 1, tail="0000")})
    assert reading.counts == {"differs": 1}
    assert payers.fresh(order).state == State.SENT


@pytest.mark.parametrize("days", [0, 3])
def test_the_bank_pays_from_the_day_of_sending_to_today(payers, days):
    (order,), batch = payers.sent(payers.person("林晓梅"))
    on = TODAY + timedelta(days=days)
    payers.answer(batch, {1: payers.line(batch, 1, on=on)}, at=AT + timedelta(days=3))
    assert payers.fresh(order).paid_on == on


@pytest.mark.parametrize(("days", "booked"), [(-1, TODAY), (0, TODAY), (1, date(2018, 1, 1))])
def test_what_belongs_to_a_closed_year_is_booked_today(payers, days, booked):
    order = payers.order(payers.person("林晓梅"))
    order.fund.book.closed_through = closed = date(2017, 12, 31)
    assert open_day(order=order, on=closed + timedelta(days=days), at=AT) == booked


def test_a_cancelled_order_lies_with_nobody(payers):
    order = failed(payers, payers.person("林晓梅"))
    actions.cancel_order(order_id=order.pk, reason="不再发放", by=payers.accountant, at=AT)
    assert waiting() == []
    assert verbs(order)[-1] == "cancel_order"


def test_a_refund_is_asked_for_and_confirmed_in_the_journal(payers):
    (order,) = payers.paid(payers.person("林晓梅"))
    actions.ask_refund(order_id=order.pk, reason="放弃入学", by=payers.accountant, at=AT)
    assert verbs(order)[-1] == "ask_refund"
    actions.refund_order(order_id=order.pk, on=TODAY, by=payers.cashier, at=AT)
    assert verbs(order)[-1] == "refund_order"
    (line,) = JournalLine.objects.filter(verb="refund_order", object_id=order.pk)
    assert line.after["contra"] == Transfer.objects.get(order=order.pk).contra_id is not None


def test_a_batch_stands_in_the_journal(payers):
    _, batch = payers.sent(payers.person("林晓梅"))
    (line,) = JournalLine.objects.filter(verb="send_batch", object_id=batch.pk)
    assert line.after["orders"] == 1


def test_the_batches_of_a_union_wait_in_line(payers):
    _, batch = payers.sent(payers.person("林晓梅"))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid() "
            "AND granted AND ((classid::bigint << 32) | objid::bigint) = hashtextextended(%s, 0)",
            [f"payment batches of {batch.unit_id}"],
        )
        assert cursor.fetchone() == (1,)
