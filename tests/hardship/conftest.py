import pytest

from tests.hardship.worlds import Hill
from tests.network import conftest as network

land = network.land


@pytest.fixture
def hill(land, settings, tmp_path):
    settings.KEY_RING = tmp_path / "ring"
    return Hill(land)
