import pytest

from niangjia.accounts import queries as accounts
from niangjia.people import queries as register
from tests.enrolment import conftest as enrolment
from tests.households.worlds import Village
from tests.network import conftest as network
from tests.network.acting import Desk

land, acting = network.land, enrolment.acting


@pytest.fixture
def village(land):
    return Village(land)


@pytest.fixture
def desk(village, client, acting):
    """The town officer's desk; `desk.of(actor)` is another's."""
    return Office(client, village.town)


class Office(Desk):
    """A desk that may be given to somebody else."""

    def of(self, actor):
        return Office(self.client, actor)

    def page(self, url, **more):
        answer = self.get(url, **more)
        return answer.status_code, answer.content.decode()

    def sent(self, url, **told):
        answer = self.post(url, **told)
        return answer.status_code, answer.content.decode() if answer.content else ""


def worker(village, person_id, name="own"):
    """The account of somebody in his own affairs."""
    (person,) = register.records(person_ids=[person_id])
    return accounts.actor_as_oneself(user=village.account(name, person))
