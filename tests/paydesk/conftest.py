import pytest

from niangjia.kernel import clock
from niangjia.kernel.access import PUBLIC
from tests.conftest import AT
from tests.network.acting import NOW, Desk
from tests.payments import conftest as payments

land, payers = payments.land, payments.payers


@pytest.fixture
def desk(payers, client, settings):
    """`desk(actor)` is a browser at which somebody works."""
    settings.NIANGJIA_ACTOR_LOADER = "tests.network.acting.loader"
    with clock.fixed(AT):
        yield lambda actor=PUBLIC: Desk(client, actor)
    NOW["actor"] = PUBLIC
