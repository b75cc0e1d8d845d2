import pytest

from tests.hardship import conftest as hardship
from tests.network import conftest as network
from tests.network.acting import Desk

land, acting, hill = network.land, network.acting, hardship.hill


@pytest.fixture
def desk(client, acting):
    """The browser of whoever acts."""
    return lambda actor: Desk(client, actor)
