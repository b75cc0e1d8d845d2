import pytest

from tests.handouts.worlds import Givers
from tests.network import conftest as network
from tests.network.acting import Desk
from tests.sympathy.purse import Purse

land, acting = network.land, network.acting


@pytest.fixture
def givers(land):
    return Givers(land)


@pytest.fixture
def purse(givers):
    made = Purse(givers)
    made.account(givers.jin)
    return made


@pytest.fixture
def desk(client, acting):
    """Somebody of the world at a desk of his own."""
    return lambda actor: Desk(client, actor)
