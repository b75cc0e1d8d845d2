import pytest
from tests.founding.worlds import Founders
from tests.network import conftest as network

land = network.land


@pytest.fixture
def founders(land):
    return Founders(land)
