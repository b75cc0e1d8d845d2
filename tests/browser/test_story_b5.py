"""B5 in a browser: four families reported, visited without signal, paid, one given back (S-LA-01 to 11)."""

import csv
import io
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.urls import reverse

from niangjia.accounts import actions as accounts
from niangjia.aid.models import AidApplication
from niangjia.aid.rules import State
from niangjia.campaigns.models import Target
from niangjia.campaigns.rules import CampaignKind
from niangjia.demo.actions import relief as acts
from niangjia.demo.rules.sketch import OrganisationSketch
from niangjia.demo.rules.starting import shipped_facts
from niangjia.demo.stories.b5 import _money, _wrong
from niangjia.households.models import Household
from niangjia.kernel import clock
from niangjia.kernel.access import EVERYWHERE, SYSTEM, Role
from niangjia.network.rules import OrgKind
from niangjia.notices import actions as notices
from niangjia.notices import queries as notice_rows
from niangjia.payments.models import PaymentBatch, PaymentOrder
from niangjia.people.models import Person
from niangjia.visits.models import HomeVisit
from tests.browser import effort, relief
from tests.browser.conftest import PHONE
from tests.browser.handset import Handset, Signal
from tests.browser.relief import Desk, seen

WHO = ("town", "mate", "county", "accountant", "second", "cashier", "elsewhere")
"""Whoever acts on a page of the story; the family comes at its end."""


@pytest.fixture
def story(live_server, settings, tmp_path, monkeypatch):
    """The unions stand, their officers have accounts, the county has money and runs the campaign."""
    settings.KEY_RING = tmp_path / "ring"
    relief.stand_still(monkeypatch)
    facts = shipped_facts("B5")

    def lay():
        other = OrganisationSketch(
            "other", OrgKind.TOWN, facts["other_parent"]["town"], facts["place"]["since"], "county"
        )
        stage = acts.set_up(facts=facts, further=[other])
        acts.enlist(stage=stage, name="elsewhere", role=Role.TWN, unit="other", since=facts["place"]["since"])
        told = facts["campaign"]
        campaign = acts.run_campaign(
            stage=stage,
            kind=CampaignKind.SPRING,
            name=told["name"],
            opens_on=told["opens_on"],
            closes_on=told["closes_on"],
        )
        relief.make_ready(*WHO)
        return stage, campaign

    with clock.fixed(facts["day"]):
        with relief.timed("laid"):
            stage, campaign = seen(lay)
        families = acts.families(how_many=facts["families"]["reported"], seed=facts["seed"])
        yield SimpleNamespace(
            url=live_server.url, facts=facts, stage=stage, campaign=campaign.pk, families=families,
            money=_money(facts["families"]), board=f"/campaigns/{campaign.pk}/",
        )  # fmt: skip


def desks(chromium, story):
    return SimpleNamespace(**{name: Desk(chromium, story.url, name) for name in WHO if name != "town"})


def test_b5_four_families_are_found_visited_paid_and_none_is_left_out(chromium, story):
    first = story.facts["day"] - timedelta(days=2)
    phone = Handset(chromium, story.url, "town", now=clock.at_noon(first))
    with clock.fixed(first), relief.timed("reported"):
        reported(phone.log_in(), story)
        phone.enrol().effort.clear()
    at = desks(chromium, story)
    with relief.timed("visited without signal"):
        visited_without_signal(phone, story, first)
    with relief.timed("sent"):
        sent(phone, at.county, story)
    with relief.timed("second parent"):
        second_parent(at.elsewhere, story)
    with relief.timed("reviewed"):
        reviewed(phone, at.mate, story)
    ends_on = posted(at.mate, story)
    with clock.fixed(ends_on):
        with relief.timed("paid"):
            approved(at.county, story)
            paid(at, story)
        with relief.timed("confirmed, refunded, closed"):
            confirmed(chromium, phone, story)
            given_back(at, story)
            closed(at.county, story)
    for desk in (phone, *vars(at).values()):
        assert [one for one in desk.look.troubles if "Failed to load resource" not in one] == []
    effort.compared_with_the_page()


def reported(phone, story):
    """One at a time, in three fields."""
    for place, one in enumerate(story.families):
        phone.open(reverse("report-lead"))
        if not place:
            phone.effort.clear()
            phone.brought()
        phone.fill(name=one.name, place=one.place, words="孩子考上大学，学费有困难").press("上报，请工会上门")
        if not place:
            effort.told("lead", phone.effort)
    assert seen(Target.objects.count) == len(story.families)


def visited_without_signal(phone, story, first):
    """Days in the mountains: two doors, the tab closed, two more, closed again; four lie on the phone."""
    wrong = story.facts["families"]["wrong_digit_in"]
    mate = story.stage["mate"].user_id
    phone.context.set_offline(True)
    for place, one in enumerate(story.families, 1):
        phone.day(first + timedelta(days=place // 2))
        number = _wrong(one.child_number) if place == wrong else one.child_number
        phone.visit(one, story.money, mate=mate, number=number)
        if place == 1:
            effort.told("visit", phone.effort)
        if place % 2 == 0:
            phone.reopened()
    phone.counts("4 条中 0 条已送达", "4 条待传").picture("b5-kit")
    assert seen(HomeVisit.objects.count) == 0


def sent(phone, county, story):
    """Signal comes, one answer is lost, then the signal itself; in the end each is there once."""
    signal = Signal(phone, "lost answer", "through", "through", "through", "lost")
    phone.signal_is_back().announces("没有信号")
    assert seen(HomeVisit.objects.count) == 1, "it arrived, and the phone does not know"
    phone.send_now().counts("4 条中 3 条已送达")
    assert seen(HomeVisit.objects.count) == 3
    county.open(story.board).click("结束行动")
    county.says("还有 1 户没有走访结果，不能结束", story.families[-1].name).picture("b5-open").accessible()
    phone.send_now().counts("4 条中 4 条已送达")
    assert signal.passed == 6
    assert seen(HomeVisit.objects.count) == 4
    assert seen(AidApplication.objects.count) == 4
    county.open(story.board).says("对象 4 户＝已走访 4＋本人谢绝 0＋联系不上 0＋待走访 0", "全部上门 100%")
    county.picture("b5-board").accessible()


def second_parent(elsewhere, story):
    """The other parent asks in another town. The child's number leads to its household at once; without it
    the admission notice leads to the first application, and nothing is paid twice (D-1)."""
    parent = acts.families(how_many=1, seed=story.facts["seed"], begin=9_000, children=False)[0]
    child, school, town = story.families[0], story.money["school"], story.facts["place"]["town"]
    first = seen(lambda: AidApplication.objects.order_by("pk").first().pk)
    elsewhere.open(reverse("open-household")).fill(number=parent.number, name=parent.name)
    elsewhere.press("登记这一户，接着填家庭情况")
    home = seen(lambda: Household.objects.latest("pk").pk)
    elsewhere.open(reverse("add-household-member", args=[home]))
    elsewhere.fill(relation="child", number=child.child_number, name=child.child)
    elsewhere.press("添加，接着填他的情况", refused=True)
    elsewhere.says("已登记在第", f"登记工会：{town}", "一个人只在一户")
    elsewhere.fill(number="").press("添加，接着填他的情况")
    elsewhere.open(f"{reverse('new-aid-application')}?household={home}").fill(kind="study")
    elsewhere.page.select_option("main [name=student]", label=child.child)
    elsewhere.fill(
        stage=school["stage"],
        school=school["school"],
        admission_no=child.admission_no,
        tuition=school["tuition"],
    ).press("存为草稿，接着核对")
    elsewhere.click("提交，请镇街上门走访").press("提交，请镇街上门走访")
    elsewhere.says(f"先有第 {first} 号申请（{town}）", "这件不另发放")
    elsewhere.picture("b5-linked").accessible()


def rows_of(story):
    return seen(lambda: list(AidApplication.objects.filter(campaign=story.campaign).order_by("pk")))


def reviewed(phone, mate, story):
    """By another hand; a number that does not pass stops it in words until the card was looked at."""
    rows, wrong = rows_of(story), story.facts["families"]["wrong_digit_in"] - 1

    def keep():
        for place, row in enumerate(rows, 1):
            acts.keep_account(
                stage=story.stage, person_id=row.payee_id, name=story.families[place - 1].name, serial=place
            )

    seen(keep)
    stopped = rows[wrong]
    mate.open(f"/aid/{stopped.pk}/").press("审核通过，安排公示", refused=True).picture(
        "b5-stopped"
    ).accessible()
    mate.says("证件号码", "校验")
    assert seen(lambda: AidApplication.objects.get(pk=stopped.pk).state) == State.VISITED
    phone.open(reverse("household", args=[stopped.household_id])).says("校验")
    phone.picture("b5-household").click(story.families[wrong].child)
    phone.click("核对证件号码").fill(number=story.families[wrong].child_number)
    phone.press("已对照原件，登记号码").says("已核对")
    mate.effort.clear()
    for place, row in enumerate(rows):
        mate.open(f"/aid/{row.pk}/")
        if not place:
            mate.picture("b5-case")
            mate.effort.clear()
            mate.effort["prefilled"] += mate.page.evaluate(KNOWN)
        mate.press("审核通过，安排公示").says("已审核")
        if not place:
            effort.told("review", mate.effort)


KNOWN = "() => document.querySelectorAll('main dl > div').length"


def posted(mate, story):
    """They hang together as long as the rules say; returns the day on which that is over."""
    mate.open("/aid/?state=reviewed").click("安排公示")
    mate.says("将作用于筛选出的 4 件，合计 12,000.00 元。").fill(
        name="2018年春风助学第一批", board="镇政府公示栏"
    )
    mate.press("安排公示这 4 件，合计 12,000.00 元").picture("b5-round").accessible()

    def hang():
        rows = notice_rows.notices_in_scope(scope=EVERYWHERE)
        notice = rows.get(about_kind="aid.round")
        for day in (clock.today(), notice.ends_on):
            notices.turn_the_day(today=day, at=clock.at_noon(day))
        return notice.ends_on

    return seen(hang)


def approved(county, story):
    """All of them at once, and the button says how many and what sum."""
    county.effort.clear()
    county.open("/aid/?state=noticed").click("成批审批").says(
        "将作用于筛选出的 4 件，合计 12,000.00 元。"
    ).brought()
    county.picture("b5-approve").accessible().fill(fund_id=str(story.stage.fund.pk))
    county.press("审批同意这 4 件，合计 12,000.00 元")
    effort.told("approve", county.effort)
    assert {one.state for one in rows_of(story)} == {State.APPROVED}


def paid(at, story):
    """Ordered, checked, sent, and the bank's file brought back, each by another hand."""
    at.accountant.open("/aid/?state=approved").click("成批开支付单").press(
        "开具这 4 张支付单，合计 12,000.00 元"
    )
    at.second.open(reverse("payments-to-check")).says("将作用于 4 笔，合计 12,000.00 元。").press(
        "复核通过这 4 笔"
    )
    cashier = at.cashier
    cashier.effort.clear()
    cashier.open(reverse("payments-to-send")).press("把这 4 笔编成一批送银行").picture(
        "b5-batch"
    ).accessible()
    batch = seen(lambda: PaymentBatch.objects.get().pk)
    cashier.open(reverse("bank-file", args=[batch])).fill(shape="csv", words="送农商行代发系统")
    with cashier.page.expect_download() as download:
        cashier.effort["clicks"] += 1
        cashier.page.get_by_role("button", name="记下用途并下载").click()
    lines = list(csv.reader(io.StringIO(Path(download.value.path()).read_text("utf-8-sig"))))
    written = [line for line in lines if line and line[0].isdecimal()]
    assert [line[2] for line in written] == [acts.card(serial=place) for place in range(1, 5)]
    answer = "序号,金额,处理结果\n" + "".join(f"{line[0]},3000.00,成功\n" for line in written)
    told = {"name": "结果.csv", "mimeType": "text/csv", "buffer": answer.encode("utf-8-sig")}
    cashier.open(reverse("read-results", args=[batch])).fill(file=told).press("读取并登记结果")
    effort.told("pay", cashier.effort)
    cashier.says("4").picture("b5-paid")
    assert {one.state for one in rows_of(story)} == {State.PAID}


def confirmed(chromium, phone, story):
    """One family on its own phone, the others on paper that the officer keeps."""
    rows = rows_of(story)
    person = rows[0].payee_id

    def account():
        accounts.open_account(
            username="story-family", name=story.families[0].name, password=relief.password_of("family"),
            by=SYSTEM, at=clock.now(), person=Person.objects.get(pk=person), must_change=False,
        )  # fmt: skip

    seen(account)
    family = Desk(chromium, story.url, "family", size=PHONE)
    family.open(reverse("my-aid-application", args=[rows[0].pk])).picture("b5-family").accessible()
    family.click("我收到了").press("确认收到这笔钱").says("谢谢您确认", "3,000.00")
    for row in rows[1:]:
        phone.open(f"/aid/{row.pk}/").click("登记家庭已确认收到").fill(how="本人在发放花名册上签字")
        phone.press("登记家庭已确认收到")
    assert {one.state for one in rows_of(story)} == {State.CONFIRMED}


def given_back(at, story):
    """One did not go to school: the money comes back by a contra entry."""
    row = rows_of(story)[story.facts["money"]["refund_of_family"] - 1]
    order = seen(lambda: PaymentOrder.objects.get(about_id=row.pk).pk)
    at.accountant.open(reverse("ask-refund", args=[order])).fill(reason="未入学").press(
        "登记退款，等出纳确认"
    )
    at.cashier.open(reverse("refund-payment", args=[order])).press("款已收回，确认退款")
    at.cashier.open(reverse("payment", args=[order])).says("退款").picture("b5-refund").accessible()
    assert seen(lambda: AidApplication.objects.get(pk=row.pk).state) == State.REFUNDED
    at.accountant.open(reverse("fund", args=[story.stage.fund.pk])).says("91,000.00").picture("b5-fund")


def closed(county, story):
    """Nobody is open any more: the campaign ends, and says so."""
    county.open(story.board).click("结束行动").press("结束行动")
    county.says("已结束", "全部上门 100%").picture("b5-closed")
