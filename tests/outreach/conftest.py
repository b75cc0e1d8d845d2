import pytest

from tests.campaigns.worlds import Drive
from tests.enrolment import conftest as enrolment
from tests.hearth.conftest import Office
from tests.households.worlds import Village
from tests.network import conftest as network

land, acting = network.land, enrolment.acting


@pytest.fixture
def drive(land):
    return Drive(Village(land))


@pytest.fixture
def desk(drive, client, acting):
    """The town officer's desk; `desk.of(actor)` is another's."""
    return Office(client, drive.village.town)


@pytest.fixture
def county(desk, drive):
    """The county officer's desk."""
    return desk.of(drive.village.county)
