"""The money of Dazhou's relief year (story B6): 34 grants, one bounces, bank and books say the same."""

import csv
import io
from datetime import timedelta

from niangjia.kernel.counting import Style, wording
from niangjia.kernel.money import Yuan
from niangjia.ledger import queries as ledger
from niangjia.payments import actions, queries
from niangjia.payments.models import PaymentBatch, PaymentOrder, Transfer
from niangjia.payments.rules import Chosen, State
from niangjia.statements import queries as statements
from niangjia.statements.actions import read_statement
from tests.conftest import AT, TODAY
from tests.payments.worlds import card

GRANTS, EACH = 34, Yuan.of("600")
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱"
LATER = AT + timedelta(days=2)


def results(batch, failed=()):
    """The file that the bank sends back."""
    out = io.StringIO()
    lines = queries.transfers_of(batch=batch)
    told = [[one.line, card_tail(one), "600.00", "失败" if one.line in failed else "成功"] for one in lines]
    csv.writer(out).writerows([["序号", "收款账号", "金额", "处理结果"], *told])
    return queries.result_rows(content=out.getvalue().encode("utf-8-sig"))


def card_tail(one):
    return f"622848*********{one.account.tail}"


def statement(*rows):
    head = [["交易日期", "支出", "收入", "余额", "摘要"]]
    out = io.StringIO()
    csv.writer(out).writerows([*head, *rows])
    return statements.statement_rows(content=out.getvalue().encode("utf-8-sig"))


def test_34_grants_of_600_are_paid_one_that_bounced_counts_once_and_the_bank_agrees_to_the_fen(
    payers, committed
):
    households = [payers.person(f"{name}大山") for name in SURNAMES]
    orders = [payers.order(household) for household in households for _ in range(2)]
    assert len(orders) == GRANTS
    seen = Chosen(GRANTS, Yuan.of("20400"))
    actions.check_orders(order_ids=[one.pk for one in orders], seen=seen, by=payers.second, at=AT)
    batch = actions.send_batch(order_ids=[one.pk for one in orders], seen=seen, by=payers.cashier, at=AT)
    reading = actions.read_results(
        batch_id=batch.pk, rows=results(batch, failed={7}), by=payers.cashier, at=AT
    )
    assert reading.counts == {"paid": 33, "failed": 1}
    bounced = PaymentOrder.objects.get(state=State.FAILED)
    payers.account(bounced.payee, number=card(9_700))
    actions.correct_order(order_id=bounced.pk, by=payers.accountant, at=AT)
    again = payers.send(*payers.check(bounced))
    actions.read_results(batch_id=again.pk, rows=results(again), by=payers.cashier, at=AT)
    committed()

    paid = PaymentOrder.objects.filter(state=State.PAID)
    assert (paid.count(), queries.sum_of(rows=paid)) == (34, Yuan.of("20400"))
    assert wording(paid.count(), "笔", Style.EXACT) == "34笔"
    assert wording(queries.sum_of(rows=paid), "元", digits=1) == "2万余元"
    assert paid.order_by().values("payee").distinct().count() == 17
    assert (Transfer.objects.count(), PaymentBatch.objects.count()) == (35, 2)
    assert ledger.fund_available(fund_id=payers.fund.pk) == Yuan.of("79600")


def the_bank_agrees(payers):
    day, next_day = TODAY.isoformat(), (TODAY + timedelta(days=1)).isoformat()
    told = statement(
        [day, "", "100000.00", "100000.00", "上级拨入"], [day, "20400.00", "", "79600.00", "批量代发"],
        [next_day, "", "600.00", "80200.00", "退汇"], [next_day, "600.00", "", "79600.00", "代发"],
    )  # fmt: skip
    row = read_statement(book_id=payers.book.pk, rows=told, by=payers.cashier, at=LATER)
    compared = statements.compared(statement=row)
    assert compared.agrees
    assert compared.bank_balance == compared.book_balance == Yuan.of("79600")
