import pytest

from niangjia.kernel.access import Role
from tests.members.conftest import acting, land  # noqa: F401 - fixtures
from tests.network.acting import Desk

from . import pairing


@pytest.fixture
def county(land, client, acting):  # noqa: F811
    """Two officers of the county on the left, each at his desk."""
    first, second = pairing.two_officers(land)
    return Desk(client, first), Desk(client, second)


@pytest.fixture
def officers(land):  # noqa: F811
    """One who proposes and one who decides."""
    return pairing.two_officers(land)


@pytest.fixture
def elsewhere(land):  # noqa: F811
    """The county on the right."""
    return pairing.officer_of(Role.CTY, land["right_county"], 30)
