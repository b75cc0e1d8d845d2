"""Joining by code on a narrow phone: with JavaScript, without, in 长辈版; counted here (A1-A4, A8, A9)."""

from datetime import timedelta

import pytest
from django.db import transaction

from niangjia.joining import queries
from niangjia.joining.models import MembershipApplication
from niangjia.kernel import clock
from niangjia.kernel.access import EVERYWHERE
from niangjia.kernel.scoping import enter_scope
from tests.browser.conftest import NARROW, SMALLEST
from tests.joining.applying import code_for
from tests.members.people import number_of

SCREENS, FIELDS, BYTES, REQUESTS = 3, 6, 150_000, 12
TYPED = {
    "name": "安平",
    "number": number_of(1),
    "mobile": "13957410001",
    "employer_told": "新华联商厦有限公司",
}


@pytest.fixture
def code(site, settings, tmp_path):
    """The address of a code of the mall's federation."""
    settings.KEY_RING = tmp_path / "ring"
    with transaction.atomic():
        enter_scope(EVERYWHERE)
        last = clock.today() + timedelta(days=30)
        made = code_for(site.world.mall, expires_on=last, at=clock.now())
        return f"/join/code/{queries.token_of(code=made)}/"


class Way:
    """One worker's way through the screens: how many there were, what was typed, what came over the wire."""

    def __init__(self, seen, code):
        self.seen, self.page = seen.at(code), seen.page
        self.screens, self.typed, self.first = 0, set(), seen.weight()

    def screen(self):
        self.screens += 1
        asked = self.page.query_selector_all(
            "main form.form-nj input:not([type=hidden]), main form.form-nj textarea"
        )
        visible = [
            one
            for one in asked
            if one.get_attribute("type") not in {"radio", "checkbox"} and one.is_visible()
        ]
        self.typed |= {one.get_attribute("name") for one in visible}
        return visible

    def fill(self):
        for field in self.screen():
            words = TYPED.get(field.get_attribute("name"))
            if words:
                field.fill(words)

    def onward(self):
        with self.page.expect_navigation():
            self.page.click("main form.form-nj button:not([type=button])")


def through(way):
    way.fill()
    way.onward()
    way.fill()
    way.onward()
    way.screen()
    way.page.check("input[name=consent]")
    way.onward()
    return way


@pytest.mark.parametrize(("js", "elder"), [(True, False), (False, False), (True, True), (False, True)])
def test_a_worker_joins_by_code_in_three_screens_and_six_fields(look, code, js, elder):
    way = through(Way(look(NARROW, js=js, elder=elder), code))
    assert way.screens <= SCREENS
    assert len(way.typed) <= FIELDS
    requests, weight = way.first
    assert requests <= REQUESTS
    assert weight <= BYTES
    assert "/join/mine/" in way.page.url
    assert way.page.inner_text("[data-receipt]").count("-") == 3
    with transaction.atomic():
        enter_scope(EVERYWHERE)
        row = MembershipApplication.objects.get()
        assert (row.name, row.channel, row.sex, row.employer_told) == (
            "安平", "qr", "male", TYPED["employer_told"],
        )  # fmt: skip
    assert way.seen.troubles == []


def fits(seen, least):
    """Accessible, no wider than the phone, everything large enough; a tick is pressed by its whole line."""
    assert seen.axe() == []
    assert seen.overflow() <= 0
    small = [one for one in seen.small_targets(least) if 'type="checkbox"' not in one]
    assert small == []
    for line in seen.page.query_selector_all("main label.choice"):
        assert line.bounding_box()["height"] >= least


@pytest.mark.parametrize("elder", [False, True])
def test_every_screen_is_accessible_and_fits(look, code, elder):
    least = 60 if elder else 44
    seen = look(SMALLEST if elder else NARROW, elder=elder)
    way = Way(seen, code)
    for _ in range(2):
        fits(seen, least)
        way.fill()
        way.onward()
    fits(seen, least)
    way.page.check("input[name=consent]")
    way.onward()
    fits(seen, least)


def test_back_and_reload_lose_nothing(look, code):
    way = Way(look(NARROW), code)
    way.fill()
    way.onward()
    way.page.go_back()
    assert way.page.input_value("input[name=name]") == "安平"
    way.page.reload()
    assert way.page.input_value("input[name=number]") == TYPED["number"]
    way.onward()
    way.fill()
    way.onward()
    assert TYPED["employer_told"] in way.page.inner_text("main")
    with way.page.expect_navigation():
        way.page.click("main dl a >> nth=0")
    way.page.fill("input[name=name]", "白露")
    way.onward()
    assert "/join/check/" in way.page.url
    assert "白露" in way.page.inner_text("main")


def test_a_mistake_is_put_before_the_readers_eyes(look, code):
    way = Way(look(NARROW), code)
    way.page.fill("input[name=name]", "安平")
    way.page.fill("input[name=number]", "990101198506010018")
    way.onward()
    assert way.page.title().startswith("有误：")
    assert way.page.evaluate("document.activeElement.hasAttribute('data-error-summary')")
    way.page.click("[data-error-summary] a")
    assert way.page.evaluate("document.activeElement.name") == "number"
    assert way.page.get_attribute("input[name=number]", "aria-invalid") == "true"
    assert way.page.input_value("input[name=name]") == "安平"
    assert way.seen.axe() == []


def test_a_signature_may_be_drawn_and_is_kept_sealed(look, code):
    way = Way(look(NARROW), code)
    for _ in range(2):
        way.fill()
        way.onward()
    sheet = way.page.query_selector("canvas")
    sheet.scroll_into_view_if_needed()
    box = sheet.bounding_box()
    way.page.mouse.move(box["x"] + 20, box["y"] + 20)
    way.page.mouse.down()
    way.page.mouse.move(box["x"] + 120, box["y"] + 60, steps=4)
    way.page.mouse.up()
    way.page.check("input[name=consent]")
    way.onward()
    with transaction.atomic():
        enter_scope(EVERYWHERE)
        row = MembershipApplication.objects.get()
        assert b"PNG" not in bytes(row.signature)
        assert queries.opened(application=row, field="signature").startswith("data:image/png;base64,")


@pytest.mark.parametrize(
    "address", ["/join/", "/join/find/", "/join/find/?employer=没有这家", "/join/follow/"]
)
def test_the_other_public_pages_are_accessible_and_fit(look, site, address):
    seen = look(NARROW).at(address)
    assert seen.axe() == []
    assert seen.overflow() <= 0
    assert seen.small_targets(44) == []
    assert seen.weight()[1] <= BYTES
