import pytest
from tests.conftest import AT
from tests.founding import conftest as founding
from tests.network.acting import NOW, Desk

from niangjia.kernel import clock
from niangjia.kernel.access import PUBLIC

land, founders = founding.land, founding.founders


@pytest.fixture
def desk(founders, client, settings):
    """`desk(actor)` is a browser at which somebody works."""
    settings.NIANGJIA_ACTOR_LOADER = "tests.network.acting.loader"
    with clock.fixed(AT):
        yield lambda actor=PUBLIC: Desk(client, actor)
    NOW["actor"] = PUBLIC
