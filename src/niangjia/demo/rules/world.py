"""The whole demo world on paper: general unions, the page's places, Ningbo, officers. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from niangjia.demo.rules.dice import Dice
from niangjia.demo.rules.elsewhere import dazhou_town, elsewhere
from niangjia.demo.rules.firms import Firms
from niangjia.demo.rules.membership import Membership, membership
from niangjia.demo.rules.ningbo import CITY, Size, ningbo
from niangjia.demo.rules.places import NINGBO_SMALL, TOWNS, Places, general_unions
from niangjia.demo.rules.sketch import OrganisationSketch, Sketch
from niangjia.demo.rules.staff import log_in_people, staffed
from niangjia.network.rules import OrgKind

SEED = 20180820
GROWN_WITH_COMMITTEE = 20
FIRST_CODE = 1000
"""Credit codes below it belong to the firms of Dazhou."""


@dataclass(frozen=True, slots=True)
class World:
    """What is laid down first (one by one), then at once, the officers, and who is a member where."""

    general: Sketch
    dazhou: Sketch
    many: Sketch
    officers: Sketch
    membership: Membership


def world(*, size: Size, dazhou_facts: Mapping[str, Any], today: date) -> World:
    """The demo world of a size, as of a day; the same day and size give the same world."""
    dice = Dice(SEED)
    firms = Firms(dice, first=FIRST_CODE)
    places = Places.read()
    codes = tuple(places.ningbo) if size is Size.FULL else NINGBO_SMALL
    towns = {code: name for code, (name, _) in TOWNS.items()}
    towns |= {code: places.ningbo[code] for code in codes}
    general = general_unions(places, today=today, towns=towns)
    dazhou = dazhou_town(dazhou_facts, today=today)
    many = elsewhere(today=today, dice=dice, firms=firms)
    many.add(ningbo(size=size, places=places, today=today, dice=dice, firms=firms, codes=codes))
    chaired = [row for row in general.organisations if _is_shown(row)]
    chaired += dazhou.organisations
    chaired += [row for row in many.organisations if _is_of_the_page(row)]
    officers = staffed(chaired, today=today, dice=dice)
    officers.people += log_in_people(dice=dice)
    joined = membership(dazhou=dazhou, many=many, today=today, dice=dice)
    return World(general, dazhou, many, officers, joined)


def _is_shown(row: OrganisationSketch) -> bool:
    """Province, cities, the counties of Ningbo; of other counties and towns those the page speaks of."""
    if row.kind is OrgKind.TOWN:
        return row.key in TOWNS
    shown = {town[:6] for town in TOWNS}
    return row.kind is not OrgKind.COUNTY or row.key in shown or row.key.startswith(CITY)


def _is_of_the_page(row: OrganisationSketch) -> bool:
    """Drawn by hand, and of a kind whose committee is shown; of the grown ones the first few too."""
    if row.key.startswith("fed"):
        return row.kind is OrgKind.FEDERATION and int(row.key[3:]) < GROWN_WITH_COMMITTEE
    return row.kind in (OrgKind.FEDERATION, OrgKind.INDUSTRY) or row.key.endswith("工会")
