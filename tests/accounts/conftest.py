"""A city with two counties and their administrators, built through the public actions."""

from datetime import date

import pytest

from niangjia.accounts import actions, queries
from niangjia.kernel.access import SYSTEM, Role
from niangjia.tree.actions import plant_unit
from tests.conftest import AT, TODAY

SINCE = date(2016, 1, 1)
PASSWORD = "jia-yuan-2018-tulip"  # noqa: S105 - invented
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"  # noqa: S105 - invented


class Place:
    """Units by name, and the people who act in them."""

    def __init__(self):
        self.units = {}

    def unit(self, kind, name, parent=None):
        above = self.units[parent] if parent else None
        self.units[name] = plant_unit(kind=kind, name=name, parent=above, division=None, since=SINCE)

    def account(self, username, *, name="陈某", by=SYSTEM, unit=None, must_change=False, person=None):
        return actions.open_account(
            username=username,
            name=name,
            password=PASSWORD,
            by=by,
            at=AT,
            person=person,
            unit_id=self.units[unit].pk if unit else None,
            must_change=must_change,
        )

    def grant(self, user, unit, role, *, by=SYSTEM, since=SINCE, **more):
        return actions.grant_post(
            user=user, unit_id=self.units[unit].pk, role=role, since=since, by=by, at=AT, **more
        )

    def officer(self, username, unit, role, day=TODAY):
        """An account with one post, and the actor of that post."""
        user = self.account(username, unit=unit)
        post = self.grant(user, unit, role)
        return queries.actor_for(post=post, day=day)


@pytest.fixture
def place(world):
    built = Place()
    built.unit("city_union", "甲市")
    for county in ("东县", "西县"):
        built.unit("county_union", county, "甲市")
        built.unit("town_union", f"{county}镇", county)
        built.unit("single_primary_union", f"{county}厂", f"{county}镇")
    return built


@pytest.fixture
def chair(place):
    return place.officer("east.chair", "东县", Role.CTY)
