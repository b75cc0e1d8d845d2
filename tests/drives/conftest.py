import pytest

from niangjia.kernel import clock
from niangjia.kernel.access import PUBLIC, Role
from niangjia.members import actions as members
from niangjia.network import actions as network
from tests.conftest import AT, TODAY
from tests.network.acting import NOW, Desk, officer
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
def acting(settings):
    settings.NIANGJIA_ACTOR_LOADER = "tests.network.acting.loader"
    NOW["actor"] = PUBLIC
    with clock.fixed(AT):
        yield
    NOW["actor"] = PUBLIC


@pytest.fixture
def visitor(land, client, acting):
    """Somebody with a phone who is not logged in."""
    return Desk(client, PUBLIC)


@pytest.fixture
def chair(land, client, acting):
    """The chair of the single union on the left, at the desk."""
    return Desk(client, officer(Role.PRI, land["left_single"]))


@pytest.fixture
def town(land, client, acting):
    """The town union's officer on the left."""
    return Desk(client, officer(Role.TWN, land["left_town"]))
