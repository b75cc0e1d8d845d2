from datetime import date

import pytest

from niangjia.accounts.models import Post, User
from niangjia.accounts.queries import actor_for
from niangjia.kernel import clock
from niangjia.kernel.access import PUBLIC, Role
from niangjia.network import actions
from tests.conftest import AT, TODAY
from tests.exchange.files import Office
from tests.network.acting import NOW
from tests.network.worlds import zhejiang

SINCE = date(2017, 1, 1)


@pytest.fixture
def land(world):
    made = zhejiang()
    actions.recount_tallies(today=TODAY, at=AT)
    return made


def seated(role, organisation, name):
    """An officer with an account and a post, as a job finds him again."""
    user = User.objects.create(username=name, name=name, created_at=AT)
    post = Post.objects.create(user=user, unit=organisation.unit, role=role, since=SINCE, granted_at=AT)
    return actor_for(post=post, day=TODAY)


@pytest.fixture
def officer(land):
    return seated(Role.CTY, land["left_county"], "陈晓")


@pytest.fixture
def second(land):
    return seated(Role.CTY, land["left_county"], "方敏")


@pytest.fixture
def office(land, officer):
    """The desk at which files come in and go out, without pages."""
    return Office(officer)


@pytest.fixture
def acting(settings):
    settings.NIANGJIA_ACTOR_LOADER = "tests.network.acting.loader"
    NOW["actor"] = PUBLIC
    with clock.fixed(AT):
        yield
    NOW["actor"] = PUBLIC
