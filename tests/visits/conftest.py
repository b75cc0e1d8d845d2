import pytest

from tests.network import conftest as network
from tests.visits.worlds import Mountain

land = network.land


@pytest.fixture
def mountain(land, settings, tmp_path):
    settings.KEY_RING = tmp_path / "ring"
    return Mountain(land)
