"""A term that ends is on the desk and in the inbox six, three and one months before (R-ORG-09)."""

from datetime import date, timedelta

import pytest
from tests.accounts.conftest import PASSWORD
from tests.conftest import AT
from tests.network import conftest as network
from tests.network.acting import officer
from tests.network.worlds import SINCE

from niangjia.accounts import actions as accounts
from niangjia.bodies import actions, queries
from niangjia.kernel.access import SYSTEM, Role
from niangjia.messaging.models import Message

land = network.land
ENDS = date(2019, 2, 28)
MARKS = (date(2018, 8, 28), date(2018, 11, 28), date(2019, 1, 28))


@pytest.fixture
def told(land):
    """The chair of the union and the officer of the federation above, each with an account."""
    union = land["left_single"]
    actions.open_term(
        organisation=union, number=1, since=date(2016, 2, 28), term_years=3, elected_on=None,
        approval_doc_no="", by=SYSTEM, at=AT,
    )  # fmt: skip
    for username, at, role in (("chair", union, Role.PRI), ("above", land["left_fed"], Role.FED)):
        user = accounts.open_account(username=username, name="陈某", password=PASSWORD, by=SYSTEM, at=AT)
        accounts.grant_post(user=user, unit_id=at.pk, role=role, since=SINCE, by=SYSTEM, at=AT)
    return union


def run(day):
    return actions.remind_of_terms(today=day, at=AT + (day - AT.date()))


def messages():
    return list(Message.objects.filter(kind="bodies.term").order_by("pk"))


def test_each_of_the_three_reminders_reaches_the_inbox_of_both_once(told):
    assert run(MARKS[0] - timedelta(days=1)) == 0
    for count, day in enumerate(MARKS, 1):
        assert run(day) == 2
        assert run(day) == 0
        assert run(day + timedelta(days=3)) == 0
        assert len(messages()) == 2 * count
    assert {one.road for one in messages()} == {"open-term"}


def test_at_each_of_the_three_days_it_lies_on_the_desk_of_both(told, land):
    chair, above = officer(Role.PRI, told), officer(Role.FED, land["left_fed"])
    for day in MARKS:
        for who in (chair, above):
            assert ENDS in [one.due_on for one in queries.terms_to_do(actor=who, today=day)]
    before = MARKS[0] - timedelta(days=1)
    assert ENDS not in [one.due_on for one in queries.terms_to_do(actor=chair, today=before)]


def test_a_day_without_a_worker_is_made_up_for_and_a_long_gap_is_not(told):
    assert run(MARKS[0] + timedelta(days=10)) == 2
    assert run(MARKS[1] + timedelta(days=40)) == 0
    assert run(MARKS[2]) == 2


def test_a_term_that_was_renewed_is_reminded_of_no_more(told):
    actions.open_term(
        organisation=told, number=2, since=date(2018, 8, 1), term_years=3, elected_on=None,
        approval_doc_no="", by=SYSTEM, at=AT,
    )  # fmt: skip
    assert run(MARKS[0]) == 0
