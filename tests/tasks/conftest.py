"""A city, its counties, a town, a firm's union; officers at each, and a task to lay."""

from datetime import date

import pytest

from niangjia.kernel.access import SYSTEM, Role
from niangjia.kernel.words import say
from niangjia.tasks import actions
from tests.accounts import conftest as accounts
from tests.conftest import AT

MONDAY = date(2018, 8, 20)


class Desks:
    """The officers of one branch of the tree, and tasks on their desks."""

    def __init__(self, place):
        self.place = place
        self.county = place.officer("east.county", "东县", Role.CTY)
        self.town = place.officer("east.town", "东县镇", Role.TWN)
        self.mate = place.officer("east.mate", "东县镇", Role.TWN)
        self.chair = place.officer("east.chair", "东县厂", Role.PRI)
        self.city = place.officer("city", "甲市", Role.MUN)
        self.west = place.officer("west.town", "西县镇", Role.TWN)

    def draft(self, key="join:1", unit="东县镇", **more):
        told = {
            "kind": "tasks.yearly_duty",
            "title": say("答复入会申请"),
            "word": "tasks.read",
            "due_key": "join.decide_workdays",
            "by_hand": True,
        }
        return actions.TaskDraft(key=key, unit_id=self.place.units[unit].pk, **told | more)

    def lay(self, key="join:1", unit="东县镇", by=SYSTEM, at=AT, **more):
        return actions.lay(draft=self.draft(key, unit, **more), by=by, at=at)


place = accounts.place


@pytest.fixture
def desks(place):
    return Desks(place)
