import pytest
from tests.ledger.worlds import Office
from tests.network import conftest as network

land = network.land


@pytest.fixture
def office(land):
    return Office(land)
