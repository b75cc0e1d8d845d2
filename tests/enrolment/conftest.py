import pytest

from niangjia.kernel import clock
from niangjia.kernel.access import PUBLIC, Role
from niangjia.members import actions as members
from niangjia.network import actions as network
from tests.conftest import AT, TODAY
from tests.exchange.conftest import seated
from tests.exchange.files import Office
from tests.network.acting import NOW
from tests.network.worlds import zhejiang


@pytest.fixture
def land(world, settings, tmp_path):
    """Two counties with unions and employers, the roll-ups counted; keys of their own."""
    settings.KEY_RING, settings.TOMBSTONES = tmp_path / "ring", tmp_path / "tombstones.jsonl"
    made = zhejiang()
    network.recount_tallies(today=TODAY, at=AT)
    members.recount_tallies(today=TODAY, at=AT)
    return made


@pytest.fixture
def town(land):
    """The officer of the town union on the left, with an account and a post."""
    return seated(Role.TWN, land["left_town"], "陈晓")


@pytest.fixture
def office(land, town):
    """The desk at which rolls come in for the single union on the left."""
    return Office(town, land["left_single"].pk, kind="members")


@pytest.fixture
def acting(settings):
    settings.NIANGJIA_ACTOR_LOADER = "tests.network.acting.loader"
    NOW["actor"] = PUBLIC
    with clock.fixed(AT):
        yield
    NOW["actor"] = PUBLIC
