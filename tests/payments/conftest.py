import pytest
from django.db import connection

from tests.network import conftest as network
from tests.payments.worlds import Payers

land = network.land
acting = network.acting


@pytest.fixture
def payers(land):
    return Payers(land)


@pytest.fixture
def committed():
    """What the database asks at commit is asked now."""

    def ask():
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")

    return ask
