import pytest
from django.utils.module_loading import import_string

from niangjia.kernel import clock
from niangjia.kernel.access import Actor, Role, words_of
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
def officer_of(settings):
    """An officer of an organisation with every word of a role."""
    grants = import_string(settings.NIANGJIA_GRANTS)

    def made(organisation, role=Role.TWN, user_id=1):
        return Actor(
            name="方国强",
            role=role,
            user_id=user_id,
            post_id=user_id,
            unit_id=organisation.unit_id,
            unit_path=organisation.path,
            unit_name=organisation.name,
            words=words_of(role, grants),
        )

    return made


@pytest.fixture
def officer(ningbo, officer_of):
    return officer_of(ningbo.town)
