"""The aiders of tests/aid, and workers who ask by themselves on the phone."""

from niangjia.accounts import actions as accounts
from niangjia.accounts import queries as accounts_queries
from niangjia.kernel.access import SYSTEM
from niangjia.people import actions as people
from niangjia.people.actions import PersonDraft
from tests.accounts.conftest import PASSWORD
from tests.aid.worlds import Aiders
from tests.conftest import AT
from tests.payments.worlds import card


class People(Aiders):
    """Officers, and workers with accounts of their own."""

    def worker(self, person, username="worker"):
        user = accounts.open_account(
            username=username, name=person.name, password=PASSWORD, by=SYSTEM, at=AT, person=person,
            must_change=False,
        )  # fmt: skip
        return accounts_queries.actor_as_oneself(user=user)

    def newcomer(self, name="林晓梅", username="newcomer"):
        """A worker of the left town who lives in no household yet."""
        person = people.register_person(
            draft=PersonDraft(name), keeper_id=self.land["left_town"].pk, today=AT.date(), by=SYSTEM, at=AT
        )
        return self.worker(person, username)

    def card_of(self, person_id):
        return card(person_id)
