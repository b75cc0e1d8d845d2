"""The way from the door to the account, and every refusal on it."""

from dataclasses import replace

import pytest

from niangjia.aid import actions, queries
from niangjia.aid.rules import AidKind, State
from niangjia.kernel.access import EVERYWHERE, PUBLIC
from niangjia.kernel.errors import BadInput, NotAllowed, NotVisible, StepRefused
from niangjia.kernel.money import Yuan
from niangjia.kernel.reaching import beyond
from niangjia.ledger import queries as ledger
from niangjia.notices import actions as notices
from niangjia.notices import queries as notice_rows
from niangjia.payments import actions as payments
from niangjia.payments import queries as order_rows
from niangjia.visits.rules import Ask, AskKind, Dweller
from tests.aid.worlds import AT, FAMILY, LATER, STUDY
from tests.conftest import TODAY
from tests.households.worlds import SON

FATHER = "990101199001010019"


def test_from_the_door_to_the_account(aiders):
    row = aiders.approved(aiders.family())
    assert aiders.state(row) == State.APPROVED
    aiders.pay(row)
    assert aiders.state(row) == State.PAID
    actions.confirm_receipt(application_id=row.pk, version=None, how="签字单", by=aiders.town, at=AT + LATER)
    actions.close_application(application_id=row.pk, version=None, by=aiders.mate, at=AT + LATER)
    assert aiders.state(row) == State.CLOSED
    counted = queries.granted(rows=queries.applications_for(actor=aiders.county))
    assert (counted.grants, counted.households, counted.total) == (1, 1, Yuan.of(3_000))
    assert ledger.fund_available(fund_id=aiders.fund.pk) == Yuan.of(97_000)


def test_without_a_visit_nothing_is_reviewed(aiders):
    row = aiders.submitted(aiders.family())
    assert aiders.state(row) == State.SUBMITTED
    with pytest.raises(StepRefused):
        actions.review_application(application_id=row.pk, version=None, by=aiders.mate, at=AT)


def test_a_visit_carries_on_what_waited_for_it(aiders):
    home = aiders.family()
    row = aiders.submitted(home)
    aiders.visit(home)
    assert aiders.state(row) == State.VISITED


def test_a_wrong_id_digit_cannot_be_approved(aiders):
    members = (FAMILY[0], ("child", "王小明", SON[:-1] + "9"))
    home = aiders.family(members=members)
    row = aiders.submitted(home)
    aiders.visit(home)
    with pytest.raises(StepRefused, match="证件号码"):
        actions.review_application(application_id=row.pk, version=None, by=aiders.mate, at=AT)


def test_before_the_notice_has_run_nothing_is_approved(aiders):
    row = aiders.reviewed(aiders.family())
    aiders.noticed(row)
    with pytest.raises(StepRefused, match="公示"):
        aiders.approve(row)


def test_an_open_objection_stops_the_approval_and_an_upheld_one_takes_the_family_out(aiders):
    one = aiders.reviewed(aiders.family())
    two = aiders.reviewed(
        aiders.family(number=FATHER, name="周大山", members=(), study={}), kind=AidKind.TEMPORARY
    )
    made = aiders.noticed(one, two)
    notice = notice_of(made)
    with beyond():
        notices.turn_the_day(today=TODAY, at=AT)
        notices.object_to(
            token=notice.token, words="他家有两套房。", signed="", today=TODAY, by=PUBLIC, at=AT
        )
        notices.turn_the_day(today=TODAY + LATER, at=AT + LATER)
    with pytest.raises(StepRefused, match="公示"):
        aiders.approve(one)
    uphold(aiders, notice)
    with pytest.raises(StepRefused, match="公示"):
        aiders.approve(one)
    actions.take_out(application_id=two.pk, reason="有两套住房", by=aiders.county, at=AT + LATER)
    assert aiders.state(two) == State.RETURNED
    assert aiders.approve(one).state == State.APPROVED


def notice_of(made):
    with beyond():
        rows = notice_rows.notices_in_scope(scope=EVERYWHERE)
        return rows.get(about_kind="aid.round", about_id=made.pk)


def uphold(aiders, notice):
    """The county looks into the objection and finds it true."""
    (found,) = notice_rows.objections_of(notice=notice)
    notices.answer_objection(
        objection_id=found.pk, outcome="upheld", answer="已核实，属实。", by=aiders.county, at=AT + LATER
    )
    notices.resolve(notice_id=notice.pk, by=aiders.county, at=AT + LATER)


def test_whoever_asked_or_reviewed_does_not_approve(aiders):
    row = aiders.reviewed(aiders.family())
    aiders.noticed(row)
    aiders.run_out()
    with pytest.raises(NotAllowed):
        aiders.approve(row, by=aiders.town)


def test_a_student_is_helped_once_a_year_whoever_asks_and_wherever(aiders):
    first = aiders.submitted(aiders.family())
    home = aiders.household(number=FATHER, name="王大海", members=(), by=aiders.elsewhere)
    second = aiders.draft(
        home, kind=AidKind.TEMPORARY, by=aiders.elsewhere, campaign=False, unit=aiders.elsewhere.unit_id
    )
    told = actions.Draft(
        AidKind.STUDY, 2018, asked=Yuan.of(3_000), student_id=first.student_id, stage="undergraduate",
        school="某大学", admission_no="B99", tuition=Yuan.of(6_000),
    )  # fmt: skip
    actions.edit_application(
        application_id=second.pk, version=second.version, draft=told, by=aiders.elsewhere, at=AT
    )
    found = actions.submit_application(application_id=second.pk, version=None, by=aiders.elsewhere, at=AT)
    assert found.state == State.LINKED
    assert found.linked_to_id == first.pk
    assert str(first.pk) in found.reason
    assert "何秀英" not in found.reason


def test_the_same_admission_notice_counts_once(aiders):
    aiders.submitted(aiders.family())
    other = aiders.family(
        number=FATHER, name="王大海", members=(("child", "王小红", "990101200002290011"),), study=STUDY
    )
    assert aiders.submitted(other).state == State.LINKED


def test_what_is_granted_is_never_more_than_what_was_posted(aiders):
    row = aiders.reviewed(aiders.family())
    aiders.noticed(row)
    aiders.run_out()
    with pytest.raises(BadInput):
        aiders.approve(row, amount=Yuan.of("3000.01"))


def test_a_bounced_transfer_is_put_right_and_counts_once(aiders):
    row = aiders.approved(aiders.family())
    aiders.pay(row, fates={1: "账号与户名不符"})
    assert aiders.state(row) == State.PAYING
    with beyond():
        order = payments_order(row)
    payments.correct_order(order_id=order.pk, same_account=True, by=aiders.acc, at=AT + LATER)
    payments.check_orders(order_ids=[order.pk], by=aiders.acc2, at=AT + LATER)
    aiders.answer(payments.send_batch(order_ids=[order.pk], by=aiders.csh, at=AT + LATER))
    assert aiders.state(row) == State.PAID
    counted = queries.granted(rows=queries.applications_for(actor=aiders.county))
    assert (counted.grants, counted.total) == (1, Yuan.of(3_000))
    assert ledger.fund_available(fund_id=aiders.fund.pk) == Yuan.of(97_000)


def payments_order(row):
    return order_rows.order_of(about=("aid.application", row.pk), scope=EVERYWHERE)


def test_a_refund_gives_the_money_and_the_entitlement_back(aiders):
    home = aiders.family()
    row = aiders.approved(home)
    aiders.pay(row)
    with beyond():
        order = payments_order(row)
    payments.ask_refund(order_id=order.pk, reason="未入学", by=aiders.acc, at=AT + LATER)
    payments.refund_order(order_id=order.pk, reason="未入学", on=TODAY + LATER, by=aiders.csh, at=AT + LATER)
    assert aiders.state(row) == State.REFUNDED
    assert ledger.fund_available(fund_id=aiders.fund.pk) == Yuan.of(100_000)
    assert queries.granted(rows=queries.applications_for(actor=aiders.county)).grants == 0
    assert aiders.submitted(home).state == State.VISITED, "he may be helped again, and was visited"


def test_a_relative_of_the_family_steps_aside(aiders):
    home = aiders.family()
    row = aiders.submitted(home)
    aiders.visit(home)
    related = replace(aiders.mate, person_id=home.head_id)
    with pytest.raises(NotAllowed, match="回避"):
        actions.review_application(application_id=row.pk, version=None, by=related, at=AT)


def test_another_town_does_not_see_it(aiders):
    row = aiders.submitted(aiders.family())
    with pytest.raises(NotVisible):
        queries.application_for(application_id=row.pk, actor=aiders.elsewhere)


def test_at_the_door_the_application_is_filed_at_once(aiders):
    home = aiders.family()
    child = aiders.child(home)
    ref = str(child.number)
    aiders.visit(home, members=(Dweller(ref),), asks=(Ask(AskKind.STUDY, ref, "学费交不起"),))
    row = queries.applications_for(actor=aiders.town).get()
    assert (row.state, row.student_id, row.asked_fen) == (State.VISITED, child.person_id, 300_000)
    assert row.on_behalf


def test_a_refusal_is_appealed_and_heard_by_another(aiders):
    row = aiders.submitted(aiders.family())
    actions.refuse_application(
        application_id=row.pk, version=row.version, reason="不符合条件", by=aiders.town, at=AT
    )
    found = aiders.fresh(row)
    actions.appeal_refusal(
        application_id=row.pk, version=found.version, appeal="孩子确实考上了", by=aiders.town, at=AT
    )
    found = aiders.fresh(row)
    actions.decide_appeal(
        application_id=row.pk, version=found.version, uphold=True, reason="重新核实", by=aiders.county, at=AT
    )
    assert aiders.state(row) == State.SUBMITTED


def test_a_linked_application_stands_alone_once_the_first_falls_away(aiders):
    home = aiders.family()
    first = aiders.submitted(home)
    members = (("child", "王小红", "990101200002290011"),)
    other = aiders.family(number=FATHER, name="王大海", members=members)
    second = aiders.submitted(other)
    assert second.state == State.LINKED
    with pytest.raises(StepRefused):
        actions.unlink_application(application_id=second.pk, version=second.version, by=aiders.town, at=AT)
    first = aiders.fresh(first)
    actions.withdraw_application(
        application_id=first.pk, version=first.version, reason="不申请了", by=aiders.town, at=AT
    )
    actions.unlink_application(application_id=second.pk, version=second.version, by=aiders.town, at=AT)
    assert aiders.state(second) == State.DRAFT


def test_the_same_household_is_asked_for_gently_when_somebody_took_a_step(aiders):
    row = aiders.submitted(aiders.family())
    with pytest.raises(StepRefused):
        actions.refuse_application(
            application_id=row.pk, version=row.version - 1, reason="不符合", by=aiders.town, at=AT
        )
