"""Every page of every role is accessible and fits: phone, desk, 长辈版, English; no policy error.

In parts, so that several workers look at the same time.
"""

from types import SimpleNamespace

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandlerMixin

from tests.browser import every_page
from tests.portal import acting

NEVER_LOOKED_AT = {
    "establishment", "establishments", "approve-establishment", "submit-result", "national-members",
    "member-year", "members", "membership", "record-dues", "transfer", "my-membership", "my-card", "drive",
    "visit-stop", "duplicate", "propose-merge", "decide-duplicate", "real-name-rows", "vitality-of",
    "seven-haves", "restructure", "execute-restructure", "application", "approve-application", "join-mine",
}  # fmt: skip
"""Pages that a list made by hand had left out: they must be among those that were opened."""
PARTS, LEAST = 4, 80


@pytest.fixture
def kept(monkeypatch):
    """Style and script are asked for once by a device, as they are where hashed names last for ever."""
    served = StaticFilesHandlerMixin.serve

    def lasting(self, request):
        response = served(self, request)
        response["Cache-Control"] = "max-age=3600"
        return response

    monkeypatch.setattr(StaticFilesHandlerMixin, "serve", lasting)


@pytest.fixture
def site(live_server, kept, settings):
    settings.NIANGJIA_ACTOR_LOADER = "tests.portal.acting.loader"
    world = every_page.built()
    yield SimpleNamespace(url=live_server.url, world=world, acts=acting.enter)
    acting.enter(None)


@pytest.mark.parametrize("number", range(PARTS))
def test_every_page_is_accessible_and_fits(look, site, settings, number):
    asked = every_page.part_of(number, PARTS)
    opened, troubles, said = every_page.looked_at(look, site.world, settings, asked)
    assert troubles == {}
    assert said == []
    assert {road.name for road in asked} & NEVER_LOOKED_AT <= opened
    assert len(opened) > LEAST
