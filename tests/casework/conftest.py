import pytest

from niangjia.kernel import clock
from niangjia.kernel.access import PUBLIC
from tests.casework.worlds import People
from tests.conftest import AT
from tests.network import conftest as network
from tests.network.acting import NOW, Desk

land = network.land


@pytest.fixture
def people(land):
    return People(land)


@pytest.fixture
def desk(client, settings):
    """`desk(actor)` is a browser at which somebody works, on the day of the story."""
    settings.NIANGJIA_ACTOR_LOADER = "tests.network.acting.loader"
    with clock.fixed(AT):
        yield lambda actor=PUBLIC: Desk(client, actor)
    NOW["actor"] = PUBLIC
