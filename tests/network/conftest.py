import pytest
from tests.conftest import AT, TODAY
from tests.network.acting import NOW, Desk, officer
from tests.network.worlds import zhejiang

from niangjia.kernel import clock
from niangjia.kernel.access import PUBLIC, Role
from niangjia.network import actions


@pytest.fixture
def land(world):
    made = zhejiang()
    actions.recount_tallies(today=TODAY, at=AT)
    return made


@pytest.fixture
def acting(settings):
    settings.NIANGJIA_ACTOR_LOADER = "tests.network.acting.loader"
    NOW["actor"] = PUBLIC
    with clock.fixed(AT):
        yield
    NOW["actor"] = PUBLIC


@pytest.fixture
def county_desk(land, client, acting):
    return Desk(client, officer(Role.CTY, land["left_county"]))
