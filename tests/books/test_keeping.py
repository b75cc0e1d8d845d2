"""Vouchers, years, trails and export on their pages."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from niangjia.books.queries.vouchers import vouchers_to_do
from niangjia.kernel import clock
from niangjia.ledger.models import Entry, Voucher
from tests.conftest import AT, TODAY
from tests.payments.worlds import BANK, INCOME


def text(answer):
    return BeautifulSoup(answer.content.decode(), "html.parser").get_text(" ", strip=True)


def told(**more):
    """A voucher as its form is filled in: 50 yuan received."""
    lines = {
        "account_1": BANK, "fund_1": "Z01", "debit_1": "50.00", "credit_1": "", "source_1": "利息",
        "account_2": INCOME, "fund_2": "Z01", "debit_2": "", "credit_2": "50.00", "source_2": "",
    }  # fmt: skip
    return {"kind": "receipt", "on": TODAY.isoformat(), "words": "存款利息", **lines, **more}


@pytest.fixture
def voucher(payers, desk):
    answer = desk(payers.accountant).post(reverse("propose-voucher", args=[payers.book.pk]), **told())
    assert answer.status_code == 302, text(answer)
    return Voucher.objects.get()


def test_a_voucher_is_filled_in_by_one_and_checked_by_another(payers, voucher, desk):
    assert [one.road_args for one in vouchers_to_do(actor=payers.second, today=TODAY)] == [(voucher.pk,)]
    assert vouchers_to_do(actor=payers.accountant, today=TODAY) == []
    page = text(desk(payers.second).get(reverse("voucher", args=[voucher.pk])))
    assert "复核通过，入账" in page
    assert "撤回这张凭证" in text(desk(payers.accountant).get(reverse("voucher", args=[voucher.pk])))
    road = reverse("check-voucher", args=[voucher.pk])
    refused = desk(payers.accountant).post(road, version=str(voucher.version))
    assert refused.status_code == 422
    assert "制单人不能复核自己的凭证" in text(refused)
    assert desk(payers.second).post(road, version=str(voucher.version)).status_code == 302
    entry = Entry.objects.get(words="存款利息")
    page = text(desk(payers.auditor).get(reverse("entry", args=[entry.pk])))
    assert "这笔钱到哪去" in page
    assert "还在账上，没有用出去" in page


def test_a_voucher_goes_back_with_a_reason_or_is_taken_back(payers, voucher, desk):
    version = str(voucher.version)
    road = reverse("refuse-voucher", args=[voucher.pk])
    assert desk(payers.second).post(road, version=version, reason="").status_code == 422
    assert desk(payers.second).post(road, version=version, reason="缺附件").status_code == 302
    assert "缺附件" in text(desk(payers.accountant).get(reverse("voucher", args=[voucher.pk])))
    desk(payers.accountant).post(reverse("propose-voucher", args=[payers.book.pk]), **told())
    again = Voucher.objects.latest("id")
    road = reverse("withdraw-voucher", args=[again.pk])
    assert desk(payers.accountant).post(road, version=str(again.version)).status_code == 302


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"credit_2": "40"}, "借贷不平"), ({"debit_2": "50"}, "正好填一个"), ({"words": ""}, "请填写"),
        ({"account_1": "50301", "account_2": BANK}, "只能凭支付单列支"),
        ({"kind": "correction"}, "更正的理由"),
    ],
)  # fmt: skip
def test_a_voucher_that_does_not_fit_is_refused_with_what_is_missing(payers, desk, wrong, words):
    answer = desk(payers.accountant).post(reverse("propose-voucher", args=[payers.book.pk]), **told(**wrong))
    assert answer.status_code == 422
    assert words in text(answer)
    assert not Voucher.objects.exists()


def test_a_payment_shows_where_its_money_came_from_and_the_grant_where_it_went(payers, desk):
    (order,) = payers.paid(payers.person("林晓梅"))
    entry = Entry.objects.get(kind="payment")
    page = text(desk(payers.auditor).get(reverse("entry", args=[entry.pk])))
    assert "这笔钱从哪来" in page
    assert "上级拨入" in page
    assert f"支付单 {order.pk}" in page
    brought = Entry.objects.get(kind="receipt")
    page = text(desk(payers.auditor).get(reverse("entry", args=[brought.pk])))
    assert "这笔钱到哪去" in page
    assert "春风助学款" in page


def test_a_year_is_closed_once_it_is_over_and_its_statement_stays(payers, desk):
    payers.paid(payers.person("林晓梅"))
    road = reverse("close-year", args=[payers.book.pk])
    years = range(payers.book.opened_on.year, TODAY.year + 1)
    assert desk(payers.leader).post(road, year=str(TODAY.year)).status_code == 422, "the year goes on"
    with clock.fixed(AT + timedelta(days=365)):
        for year in years:
            answer = desk(payers.leader).post(road, year=str(year))
            assert answer.status_code == 302, text(answer)
        page = text(desk(payers.auditor).get(answer["Location"]))
    assert "结账时间" in page
    assert "困难职工帮扶费" in page
    assert "600.00 元" in page


@pytest.mark.parametrize("form", ["hledger", "beancount"])
def test_the_journal_leaves_for_other_programs_and_names_nobody(payers, desk, form):
    payers.paid(payers.person("林晓梅"))
    answer = desk(payers.auditor).get(reverse("export-book", args=[payers.book.pk, form]))
    body = b"".join(answer.streaming_content).decode()
    assert "600.00" in body
    assert "林晓梅" not in body
    assert desk(payers.auditor).get(reverse("export-book", args=[payers.book.pk, "other"])).status_code == 404
