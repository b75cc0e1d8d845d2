"""The pages of orders and batches: what they say, exactly; who may press what; what a refusal tells."""

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from niangjia.kernel.access import SYSTEM
from niangjia.kernel.models import JournalLine
from niangjia.payments import actions
from niangjia.payments.models import BankAccount, PaymentBatch
from niangjia.payments.rules import State
from tests.conftest import AT, TODAY
from tests.payments import matters
from tests.payments.worlds import SHARE, card

SHUT = {302, 403}
"""To the log-in, or told that this post may not: these browsers carry no session."""


def text(answer):
    return BeautifulSoup(answer.content.decode(), "html.parser").get_text(" ", strip=True)


def hidden(answer):
    """The hidden fields of the page's form, as a browser sends them back."""
    page = BeautifulSoup(answer.content.decode(), "html.parser")
    return {one["name"]: one["value"] for one in page.select("main form[method=post] input[type=hidden]")}


@pytest.fixture
def orders(payers):
    return [payers.order(payers.person(name)) for name in ("林晓梅", "王建国", "陈小妹")]


def test_a_queue_says_how_many_and_how_much_and_acts_on_exactly_these(payers, orders, desk):
    second = desk(payers.second)
    page = second.get(reverse("payments-to-check"))
    assert "将作用于 3 笔，合计 1,800.00 元。" in text(page)
    late = payers.order(payers.person("赵大山"))
    assert second.post(reverse("payments-to-check"), **hidden(page)).status_code == 302
    assert {payers.fresh(one).state for one in orders} == {State.CHECKED}
    assert payers.fresh(late).state == State.MADE, "what came later was not seen, so it was not checked"


def test_a_queue_that_changed_meanwhile_is_shown_anew_and_nothing_is_done(payers, orders, desk):
    second = desk(payers.second)
    page = second.get(reverse("payments-to-check"))
    told = hidden(page) | {"count": "2"}
    answer = second.post(reverse("payments-to-check"), **told)
    assert answer.status_code == 422
    assert "您看到的是 2 笔" in text(answer)
    assert payers.fresh(orders[0]).state == State.MADE


def test_nobody_finds_his_own_orders_in_the_queue(payers, orders, desk):
    assert "现在没有等您办理的支付单。" in text(desk(payers.accountant).get(reverse("payments-to-check")))
    payers.check(*orders)
    assert desk(payers.second).get(reverse("payments-to-send")).status_code in SHUT
    assert "把这 3 笔编成一批送银行" in text(desk(payers.cashier).get(reverse("payments-to-send")))


@pytest.mark.parametrize("told", [{"orders": "1,x"}, {"orders": ""}, {"count": "-1"}, {"orders": "9" * 30}])
def test_a_tampered_form_is_refused_gently(payers, orders, desk, told):
    second = desk(payers.second)
    sent = hidden(second.get(reverse("payments-to-check"))) | told
    assert second.post(reverse("payments-to-check"), **sent).status_code in {404, 422}
    assert payers.fresh(orders[0]).state == State.MADE


def test_an_order_shows_its_hands_its_sum_in_capitals_and_what_may_be_done(payers, orders, desk):
    page = text(desk(payers.second).get(reverse("payment", args=[orders[0].pk])))
    assert "陆佰元整" in page
    assert card(orders[0].payee_id) not in page
    assert card(orders[0].payee_id)[-4:] in page
    assert "复核通过，交出纳支付" in page
    assert "复核通过" not in text(desk(payers.accountant).get(reverse("payment", args=[orders[0].pk])))
    assert "作废这张支付单" in text(desk(payers.accountant).get(reverse("payment", args=[orders[0].pk])))
    assert desk(payers.elsewhere).get(reverse("payment", args=[orders[0].pk])).status_code == 404


def test_a_stale_form_says_what_changed_and_by_whom(payers, orders, desk):
    order = orders[0]
    seen = payers.fresh(order).version
    actions.send_back_order(order_id=order.pk, reason="科目不对", by=payers.second, at=AT)
    answer = desk(payers.accountant).post(
        reverse("cancel-payment", args=[order.pk]), version=str(seen), reason="填错了"
    )
    assert answer.status_code == 409
    assert "孙复核" in text(answer)
    assert payers.fresh(order).state == State.FAILED


def test_a_refusal_of_the_warrant_comes_back_with_its_reason(payers, orders, desk):
    order = orders[0]
    matters.matter(order.about_id, payee=order.payee_id, fen=SHARE.fen, approved=False)
    second = desk(payers.second)
    answer = second.post(reverse("payments-to-check"), **hidden(second.get(reverse("payments-to-check"))))
    assert answer.status_code == 422
    assert matters.NOT_APPROVED in text(answer)


def test_the_banks_file_is_given_to_the_cashier_for_a_purpose_and_to_nobody_else(payers, desk):
    _, batch = payers.sent(payers.person("林晓梅"))
    road = reverse("bank-file", args=[batch.pk])
    assert desk(payers.accountant).get(road).status_code in SHUT
    cashier = desk(payers.cashier)
    assert cashier.post(road, shape="csv", words="看").status_code == 422
    answer = cashier.post(road, shape="csv", words="送农行代发系统")
    body = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert "林晓梅" in body
    assert answer["Cache-Control"] == "private, no-store"
    assert JournalLine.objects.filter(verb="fetch_bank_file").count() == 1


def test_an_answer_of_the_bank_that_is_none_leaves_everything_as_it_was(payers, desk):
    (order,), batch = payers.sent(payers.person("林晓梅"))
    road = reverse("read-results", args=[batch.pk])
    for content in (b"%PDF-1.7", "序号,金额\n1,600\n".encode(), b""):
        file = SimpleUploadedFile("结果.csv", content)
        answer = desk(payers.cashier).post(road, file=file)
        assert answer.status_code == 422
    assert payers.fresh(order).state == State.SENT
    file = SimpleUploadedFile("结果.csv", "序号,金额,处理结果\n1,600.00,成功\n".encode())
    assert desk(payers.cashier).post(road, file=file).status_code == 302
    assert payers.fresh(order).state == State.PAID
    page = text(desk(payers.auditor).get(reverse("payment-batch", args=[batch.pk])))
    assert "付成 1" in page


def test_an_account_is_kept_by_an_officer_and_by_the_person_himself(payers, desk):
    someone = payers.person("林晓梅", account=False)
    told = {"number": card(61), "bank": "农业银行", "holder": "林小梅"}
    road = reverse("person-account", args=[someone.pk])
    answer = desk(payers.accountant).post(road, **told)
    assert answer.status_code == 422
    assert "户名和收款人的姓名不一致" in text(answer)
    assert desk(payers.accountant).post(road, **told | {"holder": "林晓梅"}).status_code == 302
    himself = payers.member(someone)
    mine = desk(himself).post(reverse("my-bank-account"), **told | {"number": card(62), "holder": "林晓梅"})
    assert mine.status_code == 302
    assert BankAccount.objects.get(ended_at=None).tail == card(62)[-4:]
    (order,) = payers.paid(someone)
    page = text(desk(himself).get(reverse("my-payments")))
    assert "600.00 元" in page
    assert "已付到本人账户" in page
    assert desk(himself).get(reverse("payment", args=[order.pk])).status_code in SHUT


def test_a_full_number_is_shown_once_for_a_purpose(payers, desk):
    someone = payers.person("林晓梅")
    row = BankAccount.objects.get()
    road = reverse("reveal-account", args=[someone.pk, row.pk])
    assert card(someone.pk) not in text(desk(payers.accountant).get(road))
    answer = desk(payers.accountant).post(road, purpose="payment", words="核对退票的账号")
    assert card(someone.pk) in text(answer)
    assert answer["Cache-Control"] == "no-store"
    other = payers.person("王建国")
    assert desk(payers.accountant).get(reverse("reveal-account", args=[other.pk, row.pk])).status_code == 404


def test_cash_and_refund_go_by_their_forms(payers, desk):
    order = payers.order(payers.person("林晓梅", account=False), method="cash")
    payers.check(order)
    payers.draw(SHARE)
    payers.receipt(order)
    version = str(payers.fresh(order).version)
    told = {"version": version, "on": TODAY.isoformat(), "witness_one": "acc2", "witness_two": "nobody"}
    road = reverse("pay-cash", args=[order.pk])
    assert "没有这个用户名" in text(desk(payers.cashier).post(road, **told))
    assert desk(payers.cashier).post(road, **told | {"witness_two": "twn"}).status_code == 302
    version = str(payers.fresh(order).version)
    asked = desk(payers.accountant).post(
        reverse("ask-refund", args=[order.pk]), version=version, reason="退学"
    )
    assert asked.status_code == 302
    version = str(payers.fresh(order).version)
    done = desk(payers.cashier).post(
        reverse("refund-payment", args=[order.pk]), version=version, on=TODAY.isoformat()
    )
    assert done.status_code == 302
    assert payers.fresh(order).state == State.REFUNDED


def test_a_single_order_is_checked_put_right_and_sent_back_by_its_forms(payers, orders, desk):
    order = orders[0]
    back = {"version": str(order.version), "reason": "科目不对"}
    assert desk(payers.second).post(reverse("send-back-payment", args=[order.pk]), **back).status_code == 302
    right = {"version": str(payers.fresh(order).version)}
    answer = desk(payers.accountant).post(reverse("correct-payment", args=[order.pk]), **right)
    assert "还是没有付成的那一个" in text(answer)
    right["same_account"] = "on"
    assert (
        desk(payers.accountant).post(reverse("correct-payment", args=[order.pk]), **right).status_code == 302
    )
    check = {"version": str(payers.fresh(order).version)}
    assert desk(payers.second).post(reverse("check-payment", args=[order.pk]), **check).status_code == 302
    assert payers.fresh(order).state == State.CHECKED


def test_the_lists_open_for_whoever_reads_and_every_number_opens_its_rows(payers, orders, desk):
    payers.check(*orders)
    payers.send(*orders)
    batch = PaymentBatch.objects.get()
    for road, args in (
        ("payments", ()), ("payment-batches", ()), ("payment-batch", (batch.pk,)), ("money", ()),
        ("fund", (payers.fund.pk,)), ("book", (payers.book.pk,)), ("entries", (payers.book.pk,)),
        ("statements", ()),
    ):  # fmt: skip
        answer = desk(payers.auditor).get(reverse(road, args=args))
        assert answer.status_code == 200, road
        figures = BeautifulSoup(answer.content.decode(), "html.parser").select("main .figure-nj a")
        assert all(desk(payers.auditor).get(one["href"].split("#")[0]).status_code == 200 for one in figures)
    assert "没有符合条件的支付单。" in text(desk(payers.auditor).get(reverse("payments"), state="cancelled"))


def test_a_statement_is_read_and_compared_on_its_page(payers, desk):
    payers.paid(payers.person("林晓梅"))
    day = TODAY.isoformat()
    content = f"交易日期,支出,收入,余额,摘要\n{day},,100000,100000,拨入\n{day},600,,99400,代发\n"
    file = SimpleUploadedFile("对账单.csv", content.encode())
    road = reverse("read-statement", args=[payers.book.pk])
    assert desk(payers.accountant).get(road).status_code in SHUT
    answer = desk(payers.cashier).post(road, file=file)
    page = text(desk(payers.auditor).get(answer["Location"]))
    assert "银行与账上相符，分毫不差。" in page
    assert page.count("99,400.00 元") == 2
    file = SimpleUploadedFile("对账单.csv", (content + f"{day},12.50,,99387.50,手续费\n").encode())
    page = text(desk(payers.auditor).get(desk(payers.cashier).post(road, file=file)["Location"]))
    assert "银行有、账上没有" in page
    assert "12.50 元" in page


def test_the_system_itself_orders_nothing(payers):
    with pytest.raises(Exception, match="有账号的同志"):
        payers.order(payers.person("林晓梅"), by=SYSTEM)
