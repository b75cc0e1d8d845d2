"""Who may begin an application, for whom it is begun, and what of it is kept."""

import pytest

from niangjia.accounts import queries as accounts
from niangjia.aid import actions
from niangjia.aid.actions import Draft
from niangjia.aid.rules import AidKind
from niangjia.kernel.errors import NotAllowed
from niangjia.kernel.models import JournalLine
from niangjia.kernel.money import Yuan
from tests.aid.worlds import AT

TOLD = Draft(AidKind.TEMPORARY, 2018, asked=Yuan.of(600), words="家里失火。")


def begun(home, by):
    return actions.draft_application(household_id=home.pk, draft=TOLD, by=by, at=AT)


def test_an_officer_asks_on_behalf_and_it_stands_in_the_journal(aiders):
    home = aiders.family()
    spouse = next(one.person for one in home.members.all() if one.relation == "spouse")
    kin = aiders.officer("kin", aiders.land["left_town"], aiders.town.role, person=spouse)
    for by in (aiders.town, kin):
        row = begun(home, by)
        assert (row.on_behalf, row.asked_by) == (True, by.user_id)
        assert row.path == aiders.land["left_town"].path
        (line,) = JournalLine.objects.filter(verb="draft_application", object_id=row.pk)
        assert line.after["kind"] == "temporary"


def test_the_worker_asks_for_himself_without_any_post(aiders):
    home = aiders.family()
    himself = accounts.actor_as_oneself(user=aiders.account("himself", home.head))
    row = begun(home, himself)
    assert (row.on_behalf, row.payee_id) == (False, home.head_id)


def test_whoever_only_reads_households_begins_nothing(aiders):
    with pytest.raises(NotAllowed):
        begun(aiders.family(), aiders.auditor)
