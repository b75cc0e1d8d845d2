"""B6 in a browser: the year of relief as officers and the auditor read it, number by number (S-DZ-08, 09)."""

from types import SimpleNamespace

import pytest
from django.urls import reverse

from niangjia.campaigns.models import Campaign
from niangjia.demo.rules.starting import shipped_facts
from niangjia.demo.stories import b6
from niangjia.kernel import clock
from niangjia.ledger.models import Book, Fund
from niangjia.payments.models import Transfer
from tests.browser import relief
from tests.browser.relief import Desk, seen

AMOUNT = """() => [...document.querySelectorAll("main tbody tr")]
  .map(row => [...row.querySelectorAll("td, th")].map(cell => cell.innerText.trim()))"""


@pytest.fixture
def year(live_server, settings, tmp_path, monkeypatch):
    """The story's own actions have laid the year down, committed; the clock stands on the story's day."""
    settings.KEY_RING = tmp_path / "ring"
    relief.stand_still(monkeypatch)
    facts = shipped_facts("B6")
    with clock.fixed(facts["day"]):
        with relief.timed("laid"):
            seen(lambda: (b6.play(facts), relief.make_ready("town", "auditor")))
        yield SimpleNamespace(url=live_server.url, facts=facts)


def rows_under(desk, *, page_name, how_many, amount=""):
    """Every row that stands behind a number, page after page; each says the sum that it counts."""
    found, first = [], True
    while True:
        found += desk.page.evaluate(AMOUNT)
        if first:
            desk.picture(page_name).accessible()
        first = False
        onward = desk.page.locator("main a[rel=next]")
        if not onward.count():
            break
        desk.go(onward)
    assert len(found) == how_many
    assert not amount or all(any(amount in cell for cell in row) for row in found)
    return found


def figure(desk, label):
    """A large number of the page: what it says, with its unit and its newspaper's words."""
    cards = desk.page.locator("main .figure-nj")
    return cards.filter(has=desk.page.locator(".figure-label", has_text=label)).first


def says(desk, label, *words):
    told = figure(desk, label).inner_text().replace("\n", " ")
    for one in words:
        assert one in told, told


def opened(desk, label):
    return desk.go(figure(desk, label).locator("a"))


def test_b6_the_year_reads_as_the_page_says_it_and_every_number_opens_its_rows(chromium, year):
    with relief.timed("the town's year"):
        of_the_town(Desk(chromium, year.url, "town"))
    with relief.timed("the auditor"):
        of_the_auditor(Desk(chromium, year.url, "auditor"))


def of_the_town(town):
    """34 grants of 20,400.00 yuan, in the newspaper's words too; 17 households ask for study aid."""
    here = reverse("aid-year") + "?year=2018"
    town.open(here).picture("b6-year").accessible()
    says(town, "救助", "34 笔", "34笔")
    says(town, "金额", "20,400.00 元", "2万余元")
    assert "元 元" not in figure(town, "金额").inner_text()
    town.says("账簿列支（凭证合计，已减冲销）").says("差额")
    for label, name, amount in (
        ("救助", "b6-grants", "600.00"), ("金额", "", "600.00"), ("受助家庭", "b6-homes", "600.00"),
        ("受助职工", "b6-people", "600.00"),
    ):  # fmt: skip
        opened(town.open(here), label)
        rows_under(town, page_name=name or "b6-sum", how_many=34, amount=amount)
        assert town.page.locator(".chip", has_text="大洲镇总工会").count() == 1, (
            "the filter is told by its name"
        )
    autumn = seen(lambda: Campaign.objects.get(name="2018年金秋助学").pk)
    town.open(f"{reverse('aid-applications')}?campaign={autumn}")
    says(town, "提出申请", "17 户")
    says(town, "已发放", "0 笔")
    rows_under(opened(town, "提出申请"), page_name="b6-asking", how_many=17)
    town.open(reverse("campaign", args=[autumn])).says(
        "对象 17 户＝已走访 17＋本人谢绝 0＋联系不上 0＋待走访 0"
    )
    town.picture("b6-campaign").accessible()


def of_the_auditor(auditor):
    """A voucher for every movement, the bank's balance, the bounced transfer once; nothing may be changed."""
    book, fund = seen(lambda: (Book.objects.get().pk, Fund.objects.get().pk))
    failed = seen(lambda: Transfer.objects.get(outcome="failed"))
    auditor.open(reverse("money")).picture("b6-money").accessible()
    says(auditor, "资产合计", "29,600.00 元")
    auditor.open(reverse("fund", args=[fund])).picture("b6-fund").accessible()
    says(auditor, "结存", "29,600.00 元")
    auditor.open(reverse("book", args=[book])).says("50,000.00", "20,400.00", "29,600.00").picture("b6-book")
    auditor.click("全部凭证").says("共 35")
    vouchers = rows_under(auditor, page_name="b6-vouchers", how_many=35)
    assert sum("付款" in row for row in vouchers) == 34
    auditor.open(f"{reverse('payments')}?state=paid").says("共 34", "20,400.00")
    rows_under(auditor, page_name="b6-payments", how_many=34, amount="600.00")
    auditor.open(reverse("payment", args=[failed.order_id])).says("账号与户名不符").picture(
        "b6-bounced"
    ).accessible()
    auditor.says("付成", "600.00")
    auditor.open(reverse("payment-batch", args=[failed.batch_id])).picture("b6-batch").accessible()
    for road, args in (
        ("payment", [failed.order_id]),
        ("payment-batch", [failed.batch_id]),
        ("book", [book]),
    ):
        assert auditor.open(reverse(road, args=args)).page.locator("main form[method=post]").count() == 0
