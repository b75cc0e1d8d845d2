from dataclasses import dataclass
from datetime import date

import pytest

from niangjia.kernel import clock
from niangjia.kernel.access import PUBLIC, Actor, Role, words_of
from niangjia.policies.permissions import GRANTS
from niangjia.tree import actions as tree
from niangjia.tree.models import Unit
from tests.conftest import TODAY

BEGAN = date(2010, 1, 1)
acting: list[Actor] = [PUBLIC]


def loader(_request):
    return acting[-1]


@dataclass
class Line:
    """One line of unions from the province down."""

    province: Unit
    city: Unit
    county: Unit
    town: Unit
    federation: Unit
    primary: Unit
    other_city: Unit


def plant(kind, name, parent=None):
    return tree.plant_unit(kind=kind, name=name, parent=parent, division=None, since=BEGAN)


@pytest.fixture
def line(world):
    province = plant("provincial_union", "浙江省总工会")
    city = plant("city_union", "宁波市总工会", province)
    county = plant("county_union", "慈溪市总工会", city)
    town = plant("town_union", "匡堰镇总工会", county)
    federation = plant("union_federation", "高家村工会联合会", town)
    primary = plant("single_primary_union", "第一厂工会", federation)
    return Line(
        province, city, county, town, federation, primary, plant("city_union", "杭州市总工会", province)
    )


def officer(role, unit):
    return Actor(
        name="方国强",
        role=role,
        user_id=7,
        post_id=9,
        unit_id=unit.pk,
        unit_path=unit.path,
        unit_name=unit.name,
        words=words_of(role, GRANTS),
    )


@pytest.fixture
def acts(settings):
    """Who acts in the requests of a test; the day is the tests' own."""
    settings.NIANGJIA_ACTOR_LOADER = "tests.policies.conftest.loader"
    with clock.fixed(TODAY):
        yield acting.append
    acting[1:] = []


MUN, CTY, TWN, PRI = Role.MUN, Role.CTY, Role.TWN, Role.PRI
