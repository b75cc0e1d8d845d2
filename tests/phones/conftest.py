import pytest

from tests.phones.boxing import Phone
from tests.visits import conftest as visits

land, mountain = visits.land, visits.mountain


@pytest.fixture
def phone(mountain):
    return Phone(mountain.town, mountain.mate)
