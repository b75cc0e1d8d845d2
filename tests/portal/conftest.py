import pytest

from niangjia.bodies.permissions import GRANTS as BODIES_GRANTS
from niangjia.kernel import clock
from niangjia.kernel.access import Actor, Role
from niangjia.network.permissions import GRANTS as NETWORK_GRANTS
from niangjia.portal.permissions import GRANTS as PORTAL_GRANTS
from tests.conftest import TODAY
from tests.portal import acting, building


@pytest.fixture(autouse=True)
def acts(settings):
    """Nobody is logged in unless the test says who acts; the day is the tests' own."""
    settings.NIANGJIA_ACTOR_LOADER = "tests.portal.acting.loader"
    with clock.fixed(TODAY):
        yield acting.enter
    acting.enter(None)


@pytest.fixture
def ningbo(world):
    return building.ningbo()


@pytest.fixture
def officer(ningbo):
    """The town union's officer."""
    words = {
        grant.word: grant.roles[Role.TWN]
        for grant in (*NETWORK_GRANTS, *BODIES_GRANTS, *PORTAL_GRANTS)
        if Role.TWN in grant.roles
    }
    return Actor(
        name="方国强",
        role=Role.TWN,
        user_id=1,
        post_id=1,
        unit_id=ningbo.town.pk,
        unit_path=ningbo.town.path,
        unit_name="下应街道总工会",
        words=words,
    )
