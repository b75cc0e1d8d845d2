import pytest

from tests.aid.worlds import Aiders
from tests.network import conftest as network

land = network.land


@pytest.fixture
def aiders(land):
    return Aiders(land)
