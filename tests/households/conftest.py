import pytest

from tests.households.worlds import Village
from tests.network import conftest as network

land = network.land


@pytest.fixture
def village(land):
    return Village(land)
