"""The desk of aid in a browser, at every size, in large type and in English."""

import os
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.db import transaction
from django.urls import reverse

from niangjia.kernel import clock
from niangjia.kernel.access import EVERYWHERE
from niangjia.kernel.scoping import enter_scope
from tests.browser.conftest import DESK, PHONE
from tests.browser.relief import stand_still
from tests.casework.worlds import People
from tests.conftest import AT
from tests.network import conftest as network
from tests.portal import acting

SHOTS = os.environ.get("NIANGJIA_SHOTS", "")
FATHER, DAUGHTER = "990101199001010019", "990101200002290011"


class Scene:
    """The people of aid, committed; and the cases that they have before them."""

    def __init__(self):
        with transaction.atomic():
            enter_scope(EVERYWHERE)
            self.people = people = People(network.land.__wrapped__(None))
            home = people.family()
            other = people.family(number=FATHER, name="王大海", members=(("child", "王小红", DAUGHTER),))
            self.waiting = people.submitted(home)
            people.visit(home)
            self.noticed = people.reviewed(other, admission_no="A2018002")
            people.noticed(self.noticed)
            self.noticed = people.fresh(self.noticed)


@pytest.fixture
def site(live_server, settings):
    settings.NIANGJIA_ACTOR_LOADER = "tests.portal.acting.loader"
    yield SimpleNamespace(url=live_server.url)
    acting.enter(None)


@pytest.fixture
def scene(site, monkeypatch):
    stand_still(monkeypatch)
    with clock.fixed(AT):
        yield Scene()


def shot(eye, name):
    if SHOTS:
        eye.page.screenshot(path=str(Path(SHOTS) / f"{name}.png"), full_page=True)


def desk_pages(scene):
    waiting, noticed = scene.waiting.pk, scene.noticed.pk
    return {
        "list": reverse("aid-applications"),
        "case": reverse("aid-application", args=[waiting]),
        "case-noticed": reverse("aid-application", args=[noticed]),
        "new": reverse("new-aid-application") + f"?household={scene.waiting.household_id}",
        "recipients": reverse("aid-recipients") + "?by=household&state=asking",
        "rounds": reverse("aid-rounds"),
        "round": reverse("aid-round", args=[scene.noticed.round_id or 1]),
        "batch": reverse("aid-batch-round"),
        "year": reverse("aid-year"),
        "register": reverse("aid-register"),
        "overlooked": reverse("aid-overlooked"),
    }


def wrong_with(eye, address):
    eye.at(address)
    return eye.axe() + ([("overflow", eye.overflow())] if eye.overflow() > 0 else [])


@pytest.mark.parametrize(
    ("size", "more"), [(DESK, {}), (PHONE, {}), (PHONE, {"elder": True}), (DESK, {"english": True})]
)
def test_every_page_of_the_desk_is_sound_at_every_size(scene, look, size, more):
    eye, told = look(size, **more), {}
    for name, address in desk_pages(scene).items():
        acting.enter(scene.people.county if name == "case-noticed" else scene.people.mate)
        wrong = wrong_with(eye, address)
        told |= {name: wrong} if wrong else {}
        shot(
            eye, f"{name}-{size[0]}{'-elder' if 'elder' in more else ''}{'-en' if 'english' in more else ''}"
        )
    assert told == {}
    assert eye.troubles == []
