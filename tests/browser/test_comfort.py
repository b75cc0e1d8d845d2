"""Sympathy on the phone, at the bed and at the site: signed with the finger; every page sound."""

from types import SimpleNamespace

import pytest
from django.db import transaction
from playwright.sync_api import expect

from niangjia.handouts.rules import BatchKind
from niangjia.kernel import clock
from niangjia.kernel.access import EVERYWHERE
from niangjia.kernel.scoping import enter_scope
from niangjia.members import actions as members
from niangjia.members import queries
from niangjia.sympathy.models import SympathyVisit
from niangjia.sympathy.rules import Occasion, Receipt, Signed
from tests.browser.conftest import DESK, PHONE, SMALLEST
from tests.handouts.worlds import Givers
from tests.network.worlds import zhejiang
from tests.portal import acting
from tests.sympathy.worlds import DRAWN

TAP = 44


@pytest.fixture
def site(live_server, settings, tmp_path):
    """The works union behind a live server; who acts is set by the test."""
    settings.NIANGJIA_ACTOR_LOADER = "tests.portal.acting.loader"
    settings.KEY_RING = tmp_path / "ring"
    with transaction.atomic():
        enter_scope(EVERYWHERE)
        givers = Givers(zhejiang())
        givers.member("何秀英", female=True)
    yield SimpleNamespace(url=live_server.url, givers=givers, acts=acting.enter)
    acting.enter(None)


def done(act):
    """Something committed beforehand."""
    with transaction.atomic():
        enter_scope(EVERYWHERE)
        return act()


def drawn(page):
    """A finger goes over the sheet."""
    box = page.locator("canvas").bounding_box()
    page.mouse.move(box["x"] + 20, box["y"] + 30)
    page.mouse.down()
    page.mouse.move(box["x"] + 120, box["y"] + 60, steps=4)
    page.mouse.up()


def sent(page):
    with page.expect_navigation():
        page.click("main form.form-nj button:not([type=button])")


def test_a_visit_is_recorded_and_signed_at_the_bed(look, site):
    row = done(site.givers.report)
    site.acts(site.givers.pri)
    seen = look(PHONE).at(f"/sympathy/{row.pk}/record/")
    page = seen.page
    assert seen.overflow() <= 0
    page.check(f"input[name=officers][value='{site.givers.pri2.user_id}']")
    page.fill("input[name=visited_on]", "2018-08-20")
    page.fill("input[name=gift]", "水果")
    page.fill("input[name=gift_value]", "99")
    page.locator("canvas").scroll_into_view_if_needed()
    drawn(page)
    sent(page)
    assert page.url.endswith(f"/sympathy/{row.pk}/")
    assert "当面签名" in page.inner_text("main")
    assert done(lambda: SympathyVisit.objects.get(pk=row.pk).receipt) == Receipt.SIGNED
    assert seen.troubles == []


def test_two_are_handed_out_with_a_finger_and_the_list_counts_down(look, site):
    row = done(site.givers.approved)
    site.acts(site.givers.pri)
    seen = look(SMALLEST).at(f"/handouts/{row.pk}/giving/")
    page = seen.page
    assert "待领 2 人，已领 0 人" in page.inner_text("main")
    for left in (1, 0):
        assert seen.small_targets(TAP) == []
        page.locator(".give-row").first.click()
        page.wait_for_selector("canvas")
        page.locator("canvas").scroll_into_view_if_needed()
        drawn(page)
        sent(page)
        assert f"待领 {left} 人" in page.inner_text("main")
    assert "每个人都有结果了" in page.inner_text("main")
    assert seen.troubles == []


EYE = """text => {
  window.BarcodeDetector = class { async detect() { return [{ rawValue: text }]; } };
  navigator.mediaDevices.getUserMedia = async () => document.createElement("canvas").captureStream();
}"""
"""A browser of a phone: it sees a camera, and in it the card that is held before it."""


def test_a_member_card_is_read_with_the_camera_where_the_browser_can(look, site):
    row = done(site.givers.approved)
    card = done(lambda: card_of(site.givers.jin))
    site.acts(site.givers.pri)
    seen = look(PHONE)
    seen.page.add_init_script(f"({EYE})({card!r})")
    page = seen.at(f"/handouts/{row.pk}/card/").page
    page.click("button:has-text('摄像头')")
    expect(page.locator("input[name=card]")).to_have_value(card)
    sent(page)
    assert "已领 1 人" in page.inner_text("main")
    assert seen.troubles == []


def card_of(person):
    membership = queries.counting_now(person_id=person.pk, day=clock.today())
    return members.issue_card(membership=membership, today=clock.today())


def test_without_javascript_a_row_is_signed_on_paper(look, site):
    row = done(site.givers.approved)
    one = done(lambda: site.givers.rows(row))[0]
    site.acts(site.givers.pri)
    page = look(PHONE, js=False).at(f"/handouts/{row.pk}/rows/{one.pk}/").page
    page.click("summary:has-text('不方便签名')")
    page.check("input[name=on_paper]")
    sent(page)
    assert "已领 1 人" in page.inner_text("main")


def roads(givers):
    """Every page of sympathy with something on it, and who opens it."""
    reported, given = givers.report(), givers.report(occasion=Occasion.MISFORTUNE)
    givers.record(given, amount="600", gift="水果", value="99", words="盼早日复工")
    signed = givers.report(occasion=Occasion.DEATH)
    draft, approved = givers.arrange(BatchKind.BIRTHDAY, name="六月生日"), givers.approved(name="中秋慰问")
    givers.hand_out(approved, givers.rows(approved)[0], signed=Signed(DRAWN))
    check = givers.approved(BatchKind.WOMEN, name="体检")
    heat = givers.approved(BatchKind.HEAT, name="高温", counted=True, goods="绿豆汤", each="5", site="工地")
    waiting = givers.submit(givers.arrange(name="国庆慰问", amount="200"))
    left = givers.rows(approved)[1]
    pri, one, batch = givers.pri, f"/sympathy/{reported.pk}/", f"/handouts/{approved.pk}/"
    return [
        (pri, "/sympathy/"), (givers.grp, "/sympathy/new/"), (givers.grp, "/sympathy/reported/"), (pri, one),
        (pri, f"{one}plan/"), (pri, f"{one}record/"), (pri, f"{one}cancel/"), (pri, f"/sympathy/{given.pk}/"),
        (pri, f"/sympathy/{given.pk}/receipt/"), (pri, f"/sympathy/{given.pk}/again/"),
        (pri, f"/sympathy/{signed.pk}/record/"), (givers.acc, f"/sympathy/{given.pk}/pay/"),
        (pri, "/handouts/"), (pri, "/handouts/new/"), (pri, f"/handouts/{draft.pk}/"),
        (pri, f"/handouts/{draft.pk}/edit/"), (pri, f"/handouts/{draft.pk}/add/"), (pri, batch),
        (pri, f"{batch}giving/"), (pri, f"{batch}card/"), (pri, f"{batch}rows/{left.pk}/"),
        (pri, f"{batch}rows/{left.pk}/miss/"), (pri, f"{batch}close/"), (pri, f"/handouts/{heat.pk}/"),
        (pri, f"/handouts/{check.pk}/giving/"), (pri, f"/handouts/{heat.pk}/heads/"),
        (givers.pri2, f"/handouts/{waiting.pk}/approve/"), (givers.acc, f"/handouts/{waiting.pk}/"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("size", "more"), [(PHONE, {}), (DESK, {}), (PHONE, {"elder": True}), (PHONE, {"english": True})]
)
def test_no_page_breaks_a_rule_of_axe_or_sticks_out(look, site, size, more):
    pages = done(lambda: roads(site.givers))
    eye, wrong = look(size, **more), {}
    for who, address in pages:
        site.acts(who)
        seen = eye.at(address)
        found = seen.axe() + ([("overflow", seen.overflow())] if seen.overflow() > 0 else [])
        wrong |= {address: found} if found else {}
    assert wrong == {}
    assert eye.troubles == []
