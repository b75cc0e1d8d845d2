import pytest

from tests.campaigns.worlds import Drive
from tests.households.worlds import Village
from tests.network import conftest as network

land = network.land


@pytest.fixture
def drive(land):
    return Drive(Village(land))
