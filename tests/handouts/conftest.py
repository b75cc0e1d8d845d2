import pytest

from tests.handouts.worlds import Givers
from tests.network import conftest as network

land, acting = network.land, network.acting


@pytest.fixture
def givers(land):
    return Givers(land)
