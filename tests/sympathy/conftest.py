import pytest

from tests.network import conftest as network
from tests.sympathy.worlds import Works

land, acting = network.land, network.acting


@pytest.fixture
def works(land):
    return Works(land)
