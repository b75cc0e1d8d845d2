"""Every page that opens by its own address, for the first role that may open it, at an object that is there.

Read from the URLconf, like the matrix of rights: a page that is new is opened by itself.
"""

from datetime import timedelta
from itertools import islice, zip_longest

from django.db import transaction
from django.test import Client

from niangjia.accounts.models import User
from niangjia.kernel import clock
from niangjia.kernel.access import EVERYWHERE
from niangjia.kernel.scoping import enter_scope
from niangjia.tasks.models import Undo
from tests.browser.conftest import DESK, NARROW, PHONE
from tests.portal import acting
from tests.structure import test_once_everywhere as once
from tests.structure import two_cities
from tests.structure.roads import FOREIGN, roads

UNDONE_FOR = timedelta(hours=1)
OPENS, NOT_A_PAGE = 200, 405
DEVICES = (
    ({"size": PHONE}, (PHONE, DESK)),
    ({"size": NARROW, "elder": True}, (NARROW,)),
    ({"size": DESK, "english": True}, (DESK,)),
)
"""How a page is asked for, and in which windows it is then looked at."""
AT_ONCE = 40
"""So many pages are looked at on one device before a fresh one is taken: what axe leaves behind slows it."""
TRIES = 20
"""Of how many roles and places the first that opens is taken: a step is open to some only."""


def built():
    """The two cities with an object for each step, committed by the web role."""
    with transaction.atomic():
        enter_scope(EVERYWHERE)
        world = two_cities.build()
        world.spare = once._spare(world)
        User.objects.filter(pk=world.things["user_id"][0][0]).update(name="方国强")
        Undo.objects.update(expires_at=clock.now() + UNDONE_FOR)
    return world


def part_of(number, parts):
    """Every so many-th road: workers look at the pages at the same time."""
    found = [road for road in roads() if "GET" in road.methods and not _is_foreign(road)]
    return found[number::parts]


def pages(world, settings, asked):
    """By the name of the road who may open it where: asked in the house itself, which is quicker."""
    with transaction.atomic():
        enter_scope(EVERYWHERE)
        seats = {road.name: _turns(once.seats(road, world, settings))[:TRIES] for road in asked}
    found = {name: _first(Client(raise_request_exception=False), turns) for name, turns in seats.items()}
    acting.enter(None)
    return {name: seat for name, seat in found.items() if seat}


def _first(client, seats):
    """The first for whom it is a page: no button that only takes what is sent, no file, no refusal."""
    for who, address in seats:
        acting.enter(who)
        answer = client.get(address)
        if answer.status_code == NOT_A_PAGE:
            return None
        if answer.status_code == OPENS and answer.headers.get("Content-Type", "").startswith("text/html"):
            return who, address
    return None


def _turns(seats):
    """Every role at its likeliest place, then at the next."""
    by_role = {}
    for who, address in seats:
        by_role.setdefault(who.role, []).append((who, address))
    rounds = zip_longest(*by_role.values())
    return [seat for turn in rounds for seat in turn if seat is not None]


def _is_foreign(road):
    return road.route.startswith("api/") or any(road.module.startswith(start) for start in FOREIGN)


def looked_at(look, world, settings, asked):
    """These pages in every way: which were asked for, which opened, what is wrong, what was said."""
    found = pages(world, settings, asked)
    troubles, said = {}, []
    for told, windows in DEVICES:
        for part in batched(found.items(), AT_ONCE):
            eye = look(**told).axe_at_hand()
            for name, (who, address) in part:
                acting.enter(who)
                wrong = _judged(eye.at(address), windows)
                troubles |= {f"{name} {address} {told}": wrong} if wrong else {}
            said += [one for one in eye.troubles if "Content Security Policy" in one]
            eye.page.context.close()
    acting.enter(None)
    return set(found), troubles, said


def batched(rows, most):
    """Parts of so many, in order."""
    left = iter(rows)
    while part := list(islice(left, most)):
        yield part


def _judged(eye, windows):
    found = []
    for width, height in windows:
        eye.page.set_viewport_size({"width": width, "height": height})
        found += eye.axe() + wide(eye)
    return found


def wide(eye):
    """How far the page sticks out of its window, as a trouble."""
    return [("overflow", eye.overflow())] if eye.overflow() > 0 else []
