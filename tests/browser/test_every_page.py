"""Every page of every role is accessible and fits, on a phone and on a desk; no policy error."""

from types import SimpleNamespace

import pytest

from tests.browser import every_page
from tests.browser.conftest import DESK, PHONE
from tests.portal import acting

NEVER_LOOKED_AT = {
    "establishment", "establishments", "approve-establishment", "submit-result", "national-members",
    "member-year", "members", "membership", "record-dues", "transfer", "my-membership", "my-card", "drive",
    "visit-stop", "duplicate", "propose-merge", "decide-duplicate", "real-name-rows", "vitality-of",
    "seven-haves", "restructure", "execute-restructure", "application", "approve-application", "join-mine",
}  # fmt: skip
"""Pages that a list made by hand had left out: they must be among those that were opened."""
LEAST = 150


@pytest.fixture
def site(live_server, settings):
    settings.NIANGJIA_ACTOR_LOADER = "tests.portal.acting.loader"
    world = every_page.built()
    yield SimpleNamespace(url=live_server.url, world=world, acts=acting.enter)
    acting.enter(None)


def test_every_page_is_accessible_and_fits_on_a_phone_and_on_a_desk(look, site, settings):
    eye = look(PHONE)

    def judge(eye):
        eye.page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
        found = eye.axe() + every_page.wide(eye)
        eye.page.set_viewport_size({"width": DESK[0], "height": DESK[1]})
        return found + eye.axe() + every_page.wide(eye)

    pages = every_page.pages(site.world, settings)
    assert set() == NEVER_LOOKED_AT - set(pages)
    assert len(pages) > LEAST
    assert every_page.walk(eye, pages, judge) == {}
    assert [said for said in eye.troubles if "Content Security Policy" in said] == []
