"""A file from lead to lifting, through the actions."""

from niangjia.dossiers import actions as dossiers
from niangjia.hardship import actions, queries
from niangjia.hardship.actions import Asked
from niangjia.hardship.rules import State
from tests.conftest import AT, TODAY
from tests.hardship.worlds import NOTICE_OVER


def test_a_lead_becomes_a_file_by_visit_check_notice_and_approval(hill):
    lead = hill.lead()
    assert lead.state == State.LEAD
    home = hill.home()
    row = actions.apply_for_file(
        file_id=lead.pk, household_id=home.pk, asked=Asked(), version=lead.version, by=hill.pri, at=AT
    )
    assert (row.state, row.worker_id, row.number) == (State.APPLIED, home.head_id, f"KN2018{row.pk:06d}")
    row = hill.first(row)
    assert row.state == State.PRIMARY
    row = hill.visit(row)
    assert (row.state, row.visit.household_id) == (State.VISITED, home.pk)
    hill.sign(home)
    row = hill.check(row)
    assert row.state == State.CHECK
    row = hill.town_review(hill.answer(row))
    assert (row.state, row.category) == (State.TOWN, "deep")
    row = hill.notice(row)
    assert row.state == State.NOTICED
    hill.let_the_notice_run()
    row = hill.approve(row)
    assert (row.state, row.review_due_on.isoformat()) == (State.APPROVED, "2019-08-27")
    assert queries.is_filed(household_id=home.pk, day=row.approved_on)
    assert not queries.is_filed(household_id=home.pk, day=TODAY)
    row = dossiers.enter_file(file_id=row.pk, version=row.version, by=hill.town, at=NOTICE_OVER)
    assert row.state == State.ACTIVE
