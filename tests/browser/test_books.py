"""Five families are paid in the browser: one bounces, is put right and paid again (feature 37)."""

import os
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.db import transaction
from django.urls import reverse

from niangjia.kernel import clock
from niangjia.kernel.access import EVERYWHERE
from niangjia.kernel.money import Yuan
from niangjia.kernel.scoping import enter_scope
from niangjia.ledger import queries as ledger
from niangjia.payments import queries
from niangjia.payments.models import PaymentBatch, PaymentOrder, Transfer
from niangjia.payments.rules import State
from tests.browser.conftest import DESK, PHONE
from tests.conftest import AT
from tests.network.worlds import zhejiang
from tests.payments.worlds import Payers, card
from tests.portal import acting

SHOTS = os.environ.get("NIANGJIA_SHOTS", "")
NAMES = ("林晓梅", "王建国", "陈小妹", "赵大山", "钱阿婆")


def seen(query):
    with transaction.atomic():
        enter_scope(EVERYWHERE)
        return query()


@pytest.fixture
def site(live_server, settings):
    """A county with a book and a fund, five families with accounts, five orders that wait to be checked."""
    settings.NIANGJIA_ACTOR_LOADER = "tests.portal.acting.loader"

    def build():
        payers = Payers(zhejiang(), holds="20000")
        families = [payers.person(name) for name in NAMES]
        payers.orders = [payers.order(one) for one in families]
        return payers

    payers = seen(build)
    with clock.fixed(AT + timedelta(hours=2)):
        yield SimpleNamespace(url=live_server.url, payers=payers, acts=acting.enter)
    acting.enter(None)


class Walk:
    """An officer going from page to page; each is looked at, on a desk and on a phone."""

    def __init__(self, eye, site):
        self.eye, self.site, self.found, self.shots = eye, site, {}, 0

    def as_(self, actor):
        self.site.acts(actor)
        return self

    def open(self, address):
        self.eye.at(address)
        return self.look()

    def look(self):
        address = self.eye.page.url
        for name, (width, height) in (("phone", PHONE), ("desk", DESK)):
            self.eye.page.set_viewport_size({"width": width, "height": height})
            trouble = self.eye.axe() + (
                [("overflow", self.eye.overflow())] if self.eye.overflow() > 0 else []
            )
            self.found |= {f"{address} {name}": trouble} if trouble else {}
            if SHOTS:
                path = Path(SHOTS) / f"books-{self.shots:02}-{name}.png"
                self.eye.page.screenshot(path=str(path), full_page=True)
        self.shots += 1
        return self

    def press(self, words):
        self.eye.page.get_by_role("button", name=words).click()
        self.eye.page.wait_for_load_state("load")
        return self.look()

    def fill(self, **told):
        for name, value in told.items():
            field = self.eye.page.locator(f"[name='{name}']").first
            if isinstance(value, dict):
                field.set_input_files(value)
            elif field.evaluate("e => e.type") in {"radio", "checkbox"}:
                self.eye.page.locator(f"[name='{name}'][value='{value}']").check(force=True)
            else:
                field.fill(value)
        return self

    def says(self, words):
        assert words in self.eye.page.inner_text("main"), self.eye.page.inner_text("main")
        return self


def answer(content):
    return {"name": "结果.csv", "mimeType": "text/csv", "buffer": content.encode("utf-8-sig")}


def test_five_families_are_paid_and_one_that_bounces_counts_once(look, site):  # noqa: PLR0915 - one story
    payers, eye = site.payers, look(DESK)
    walk = Walk(eye, site)
    walk.as_(payers.accountant).open(reverse("payments")).says("3,000.00")
    walk.as_(payers.second).open(reverse("payments-to-check")).says("将作用于 5 笔，合计 3,000.00 元。")
    walk.press("复核通过这 5 笔").says("现在没有等您办理的支付单。")
    walk.as_(payers.cashier).open(reverse("payments-to-send")).says("将作用于 5 笔，合计 3,000.00 元。")
    walk.press("把这 5 笔编成一批送银行").says("等结果")
    batch = seen(PaymentBatch.objects.get)
    walk.open(reverse("bank-file", args=[batch.pk])).fill(shape="csv", words="送农行代发系统")
    with eye.page.expect_download() as download:
        eye.page.get_by_role("button", name="记下用途并下载").click()
    content = Path(download.value.path()).read_text("utf-8-sig")
    assert content.splitlines()[2].split(",")[1:3] == ["王建国", card(payers.orders[1].payee_id)]
    rows = "".join(f"{n},600.00,{'失败,户名不符' if n == 2 else '成功,'}\n" for n in range(1, 6))
    told = answer(f"序号,金额,处理结果,失败原因\n{rows}9,600.00,成功,\n")
    walk.open(reverse("read-results", args=[batch.pk])).fill(file=told).press("读取并登记结果")
    walk.says("这次读取有几行要核对").says("这一批里没有这个序号")
    order = seen(lambda: PaymentOrder.objects.get(state=State.FAILED))
    walk.as_(payers.accountant).open(reverse("payment", args=[order.pk])).says("户名不符")
    walk.open(reverse("person-account", args=[order.payee_id]))
    walk.fill(number="6228480000000000019", bank="农业银行", holder="王建国").press("登记为收款账户")
    walk.says("卡号的校验没有通过")
    walk.fill(number=card(9_500)).press("登记为收款账户").says(card(9_500)[-4:])
    walk.open(reverse("correct-payment", args=[order.pk])).press("更正后重新提交复核").says("已制单，待复核")
    walk.as_(payers.second).open(reverse("payments-to-check")).press("复核通过这 1 笔")
    walk.as_(payers.cashier).open(reverse("payments-to-send")).press("把这 1 笔编成一批送银行")
    second = seen(lambda: PaymentBatch.objects.get(number=2))
    walk.open(reverse("read-results", args=[second.pk]))
    walk.fill(file=answer("序号,金额,处理结果\n1,600.00,成功\n")).press("读取并登记结果")
    walk.open(reverse("payment", args=[order.pk])).says("付成")
    assert seen(lambda: sorted(Transfer.objects.filter(order=order).values_list("outcome", flat=True))) == [
        "failed",
        "paid",
    ]
    assert seen(lambda: set(PaymentOrder.objects.values_list("state", flat=True))) == {State.PAID}
    assert seen(lambda: ledger.fund_available(fund_id=payers.fund.pk)) == Yuan.of("17000")
    assert seen(lambda: queries.reserved(fund_id=payers.fund.pk)) == Yuan(0)
    walk.as_(payers.auditor)
    for name, args in (
        ("money", ()), ("fund", (payers.fund.pk,)), ("book", (payers.book.pk,)),
        ("entries", (payers.book.pk,)),
        ("payments", ()), ("payment-batches", ()), ("payment-batch", (batch.pk,)), ("payment", (order.pk,)),
    ):  # fmt: skip
        walk.open(reverse(name, args=args))
        assert eye.page.locator("main form[method=post]").count() == 0, (
            f"{name}: the audit committee changes nothing"
        )
    assert walk.found == {}
    assert [said for said in eye.troubles if "422" not in said] == []
