"""What a phone and a desk really show: accessibility, bytes, sizes, keyboard, no JavaScript."""

import pytest
from django.urls import reverse

from tests.browser.conftest import DESK, NARROW, PHONE, SMALLEST

FIRST_LOAD = 150_000
REQUESTS = 12
DEVICES = {
    "phone": {"size": PHONE},
    "desk": {"size": DESK},
    "elder": {"size": NARROW, "elder": True},
    "english": {"size": DESK, "english": True},
}


def without_404(troubles):
    return [trouble for trouble in troubles if "404" not in trouble]


@pytest.mark.parametrize("device", DEVICES)
def test_no_page_breaks_a_rule_of_accessibility_or_of_the_content_policy(look, pages, device):
    eye = look(**DEVICES[device])
    found = {name: eye.at(address).axe() for name, address in pages.items()}
    assert {name: violations for name, violations in found.items() if violations} == {}
    assert without_404(eye.troubles) == []


@pytest.mark.parametrize("device", DEVICES)
def test_the_desk_breaks_no_rule_of_accessibility(look, site, device):
    site.acts(site.officer)
    eye = look(**DEVICES[device]).at(reverse("desk"))
    assert eye.axe() == []
    assert eye.troubles == []


def test_a_phone_page_weighs_little(look, pages):
    weights = {name: look(PHONE).at(address).weight() for name, address in pages.items()}
    heavy = {
        name: weight for name, weight in weights.items() if weight[0] > REQUESTS or weight[1] > FIRST_LOAD
    }
    assert heavy == {}, weights


@pytest.mark.parametrize("elder", [False, True])
def test_the_smallest_phone_never_scrolls_sideways(look, pages, elder):
    eye = look(SMALLEST, elder=elder)
    assert {name: eye.overflow() for name, address in pages.items() if eye.at(address).overflow() > 0} == {}


@pytest.mark.parametrize(("elder", "least"), [(False, 44), (True, 60)])
def test_every_target_is_large_enough_for_a_thumb(look, pages, elder, least):
    eye = look(NARROW, elder=elder)
    found = {name: eye.at(address).small_targets(least) for name, address in pages.items()}
    assert {name: small for name, small in found.items() if small} == {}


def test_without_javascript_a_worker_finds_the_union_and_the_rows_behind_its_number(look, site):
    page = look(PHONE, js=False).at("/").page
    page.get_by_role("searchbox").fill("下应商圈")
    page.get_by_role("button", name="搜索").click()
    page.get_by_role("link", name="下应商圈工会联合会 工会联合会").click()
    assert page.get_by_role("heading", level=1).inner_text() == "下应商圈工会联合会"
    page.get_by_role("link", name="覆盖单位 7").click()
    assert page.locator("tbody tr").count() == 7


def test_without_javascript_a_place_leads_to_the_union_responsible(look, site):
    page = look(PHONE, js=False).at(reverse("find")).page
    for name in ("浙江省", "宁波市", "鄞州区", "下应街道"):
        page.get_by_role("link", name=name, exact=True).click()
    assert page.get_by_role("link", name="下应街道总工会").first.is_visible()


def test_without_javascript_the_larger_size_is_set_and_stays(look, site):
    eye = look(PHONE, js=False).at("/")
    eye.page.get_by_role("button", name="长辈版").click()
    assert eye.page.locator("html").get_attribute("data-size") == "elder"
    assert (
        float(eye.at("/board/").page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)")) >= 18
    )


def test_the_keyboard_alone_drills_from_the_province_to_an_employer(look, site):
    page = look(DESK).at("/").page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className").startswith("skip")
    page.keyboard.press("Enter")
    for step in ("工会地图", "宁波", "鄞州", "下应街道"):
        page.get_by_role("link", name=step).first.focus()
        page.keyboard.press("Enter")
        page.wait_for_load_state("load")
    page.get_by_role("link", name="9", exact=True).first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/employers/**")
    assert page.locator("tbody tr").count() == 9


def test_the_focus_is_always_seen(look, pages):
    """At once, too: the link past the navigation must not be on its way in when the focus reaches it."""
    page = look(DESK).at(pages["board"]).page
    for _ in range(25):
        page.keyboard.press("Tab")
        box = page.evaluate("document.activeElement.getBoundingClientRect().toJSON()")
        assert box["bottom"] > 0
        assert box["top"] < DESK[1]
