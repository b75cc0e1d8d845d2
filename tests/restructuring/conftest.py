import pytest

from niangjia.network import actions as network
from tests.conftest import AT, TODAY
from tests.restructuring import worlds


@pytest.fixture
def land(world):
    made = worlds.town()
    network.recount_tallies(today=TODAY, at=AT)
    return made


@pytest.fixture
def who(land):
    return worlds.acting(land)
