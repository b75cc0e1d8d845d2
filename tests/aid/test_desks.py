"""Whoever may not take a step is told with whom it lies; each desk decides what is its alone."""

import pytest

from niangjia.aid import actions, queries
from niangjia.aid.rules import APPLICATION, AidKind, State
from niangjia.kernel.access import SYSTEM, Scope
from niangjia.kernel.errors import NotAllowed, StepRefused
from tests.aid.worlds import AT, LATER
from tests.conftest import TODAY
from tests.members.people import number_of


def refused(action, row, *, by, **told):
    with pytest.raises(NotAllowed) as found:
        action(application_id=row.pk, version=row.version, by=by, at=AT, **told)
    return str(found.value)


def test_each_refusal_names_the_desk(aiders):
    row = aiders.fresh(aiders.submitted(aiders.family()))
    town, county = aiders.land["left_town"].name, aiders.land["left_county"].name
    assert "由申请人办理" in refused(actions.withdraw_application, row, by=aiders.auditor, reason="填错")
    assert "由申请人办理" in refused(actions.withdraw_application, row, by=aiders.county, reason="填错")
    aiders.visit(row.household)
    row = aiders.fresh(row)
    assert f"这一步由{town}办理" in refused(actions.review_application, row, by=aiders.county)
    row = actions.review_application(application_id=row.pk, version=None, by=aiders.mate, at=AT)
    aiders.noticed(row)
    aiders.run_out()
    with pytest.raises(NotAllowed, match=f"这一步由{county}办理"):
        aiders.approve(row, by=aiders.mate)
    aiders.approve(row)
    with pytest.raises(NotAllowed, match="这一步由会计办理"):
        actions.order_aid(application_ids=[row.pk], by=aiders.county, at=AT + LATER)


def test_each_step_is_open_to_its_desk_alone(aiders):
    row = aiders.fresh(aiders.submitted(aiders.family()))
    desks = queries.desks_of(row=row, day=TODAY)
    ask, review = APPLICATION.step(State.DRAFT, "submit"), APPLICATION.step(State.VISITED, "review")
    approve, pay = APPLICATION.step(State.NOTICED, "approve"), APPLICATION.step(State.APPROVED, "order")
    may = {
        (step.name, name): queries.may_take(row=row, step=step, actor=getattr(aiders, name), desks=desks)
        for step in (ask, review, approve, pay)
        for name in ("town", "county", "city", "acc", "auditor", "elsewhere")
    }
    assert {pair for pair, open_ in may.items() if open_} == {
        ("submit", "town"), ("review", "town"), ("approve", "county"), ("order", "acc"),
    }  # fmt: skip
    assert all(
        queries.may_take(row=row, step=step, actor=SYSTEM, desks=desks)
        for step in (ask, review, approve, pay)
    )


def test_whoever_is_paid_sees_his_own_application_wherever_it_lies(aiders):
    row = aiders.submitted(aiders.family())
    seen = queries.applications_within(scope=Scope(own=row.payee_id))
    assert list(seen) == [row]
    assert not queries.applications_within(scope=Scope(own=row.payee_id + 1)).exists()
    assert not queries.applications_within(scope=Scope()).exists()


def test_the_family_takes_its_own_steps_and_no_other(aiders):
    home = aiders.family()
    row = aiders.fresh(aiders.submitted(home, kind=AidKind.TEMPORARY, campaign=False))
    head = aiders.officer("head", aiders.land["right_town"], aiders.town.role, person=home.head)
    desks = queries.desks_of(row=row, day=TODAY)
    ask, review = APPLICATION.step(State.DRAFT, "submit"), APPLICATION.step(State.VISITED, "review")
    assert queries.may_take(row=row, step=ask, actor=head, desks=desks)
    assert not queries.may_take(row=row, step=review, actor=head, desks=desks)
    spouse = next(one.person for one in home.members.all() if one.relation == "spouse")
    kin = aiders.officer("kin", aiders.land["right_town"], aiders.town.role, person=spouse)
    assert not queries.may_take(row=row, step=ask, actor=kin, desks=desks), "the worker asks, not his kin"


def test_an_officer_whom_the_matter_does_not_concern_decides_it(aiders):
    home, other = aiders.family(), aiders.family(number=number_of(31), name="赵三", members=())
    row = aiders.fresh(aiders.submitted(home))
    neighbour = aiders.officer("neighbour", aiders.land["left_town"], aiders.town.role, person=other.head)
    desks = queries.desks_of(row=row, day=TODAY)
    review = APPLICATION.step(State.VISITED, "review")
    assert queries.may_take(row=row, step=review, actor=neighbour, desks=desks)


def test_a_form_opened_before_another_step_is_refused(aiders):
    row = aiders.fresh(aiders.submitted(aiders.family()))
    told = {"application_id": row.pk, "by": aiders.town, "at": AT, "reason": "填错"}
    with pytest.raises(StepRefused, match="刚刚有人办过"):
        actions.withdraw_application(version=row.version - 1, **told)
    actions.withdraw_application(version=row.version, **told)
    assert aiders.state(row) == State.WITHDRAWN
