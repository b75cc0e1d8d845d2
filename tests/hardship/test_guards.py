"""What stops a file, each with its sentence; and what the database refuses by itself."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from niangjia.hardship import actions, queries
from niangjia.hardship.actions import Asked
from niangjia.hardship.models import NeedyWorkerFile
from niangjia.hardship.rules import FILE, State
from niangjia.households import actions as households
from niangjia.households.rules import NO_FLAGS
from niangjia.kernel.access import EVERYWHERE
from niangjia.kernel.clock import at_noon
from niangjia.kernel.errors import NotAllowed, NotVisible, Refused, StepRefused
from niangjia.kernel.scoping import enter_scope
from niangjia.means.rules import Outcome
from niangjia.notices import actions as notices
from niangjia.visits.rules import Result
from tests.conftest import AT
from tests.hardship.worlds import NOTICE_OVER
from tests.households.worlds import SON, WORKER


def test_one_household_has_one_file_and_the_second_is_pointed_to_the_first(hill):
    home = hill.home()
    row = hill.applied(home)
    with pytest.raises(Refused, match=row.number):
        hill.applied(home)


def test_a_file_waits_for_the_visit_of_two_officers_and_a_visit_that_finds_otherwise_is_none(hill):
    row = hill.first(hill.applied())
    with pytest.raises(StepRefused, match="上门走访"):
        actions.take_up_visit(file_id=row.pk, version=row.version, by=hill.town, at=AT)
    row = hill.visit(row, result=Result.NOT_CONFIRMED)
    assert row.state == State.PRIMARY
    assert hill.visit(row).state == State.VISITED


def test_a_visit_made_before_the_first_review_is_taken_up_by_itself(hill):
    row = hill.visit(hill.applied())
    assert row.state == State.APPLIED
    row = hill.first(row)
    row.refresh_from_db()
    assert row.state == State.VISITED


def test_every_adult_signs_before_civil_affairs_is_asked(hill):
    home = hill.village.household(by=hill.pri)
    row = hill.visit(hill.first(hill.applied(home)))
    with pytest.raises(StepRefused, match="授权书"):
        hill.check(row)
    hill.sign(home)
    assert hill.check(row).state == State.CHECK


def test_the_town_cannot_review_before_the_answer_and_explains_what_differs(hill):
    row = hill.visit(hill.first(hill.applied()))
    hill.sign(row.household)
    row = hill.check(row)
    with pytest.raises(StepRefused, match="反馈"):
        hill.town_review(row)
    row = hill.answer(row, amount="36000", outcome=Outcome.DIFFERS)
    with pytest.raises(StepRefused, match="不一致"):
        actions.town_review(file_id=row.pk, version=row.version, words="", by=hill.town, at=AT)
    assert hill.town_review(row).state == State.TOWN


def test_a_wrong_digit_of_an_identity_number_cannot_be_approved(hill):
    home = hill.home(number=WORKER[:-1] + "8")
    row = hill.visit(hill.first(hill.applied(home)))
    hill.sign(home)
    with pytest.raises(Refused, match="证件号码"):
        hill.check(row)
    sight = queries.sight_of(row=row, at=AT, day=date(2018, 8, 20))
    assert any("校验不过" in str(one) for one in sight.lacking)


def test_what_is_missing_is_listed_one_by_one(hill):
    home = hill.home()
    row = hill.visit(hill.first(hill.applied(home)))
    hill.sign(home)
    row = hill.answer(hill.check(row))
    households.add_member(
        household_id=home.pk, draft=households.MemberDraft("child", "王小明", SON), by=hill.pri, at=AT
    )
    with pytest.raises(StepRefused) as refused:
        hill.town_review(row)
    told = [str(one) for one in refused.value.reasons]
    assert "王小明还没有填写“身份”。" in told
    assert len(told) >= 4


def test_a_household_above_the_line_is_not_approved_and_an_exclusion_needs_an_exception(hill):
    rich = hill.home(income_year="90000")
    row = hill.visit(hill.first(hill.applied(rich)))
    hill.sign(rich)
    row = hill.answer(hill.check(row))
    with pytest.raises(StepRefused, match="不符合建档条件"):
        hill.town_review(row)
    hill.village.tell(rich, {"income_year": "18000"}, by=hill.pri)
    hill.village.tell(rich, {"asset_flags": ["拥有两套及以上住房"]}, by=hill.pri)
    with pytest.raises(StepRefused, match="不符合建档条件"):
        hill.town_review(row)
    row = hill.town_review(row, exception="其中一套为危房，已鉴定。")
    assert (row.state, row.category) == (State.TOWN, "deep")


def test_nothing_is_approved_while_the_notice_hangs_or_an_objection_waits(hill):
    row = hill.notice(hill.town_reviewed())
    with pytest.raises(StepRefused, match="公示"):
        hill.approve(row, at=AT)
    token = row.notice.token
    notices.turn_the_day(today=date(2018, 8, 20), at=AT)
    enter_scope(EVERYWHERE)
    notices.object_to(
        token=token, words="他家有两套房。", signed="", today=date(2018, 8, 21), by=hill.group, at=AT
    )
    notices.turn_the_day(today=date(2018, 8, 27), at=NOTICE_OVER)
    with pytest.raises(StepRefused, match="异议"):
        hill.approve(row)


def test_an_upheld_objection_goes_back_to_the_town_and_a_new_notice(hill):
    row = hill.notice(hill.town_reviewed())
    first = row.notice_id
    row = actions.review_again(
        file_id=row.pk, version=row.version, reason="异议成立，需再核实。", by=hill.town, at=AT
    )
    assert (row.state, row.notice_id) == (State.CHECK, None)
    row = hill.notice(hill.town_review(row))
    assert row.notice_id != first


def test_four_eyes_no_county_officer_approves_what_he_reviewed_himself(hill):
    row = hill.notice(hill.town_reviewed())
    hill.let_the_notice_run()
    last = queries.latest_of(row=row)
    last.decided_by = hill.county.user_id
    last.save()
    with pytest.raises(NotAllowed, match="前一步"):
        hill.approve(row)
    assert hill.approve(row, by=hill.deputy).state == State.APPROVED


def test_a_desk_takes_its_own_step_and_another_union_sees_nothing(hill):
    row = hill.applied()
    with pytest.raises(NotAllowed, match="办理"):
        hill.first(row, by=hill.town)
    with pytest.raises(NotVisible):
        hill.first(row, by=hill.stranger)
    with pytest.raises(StepRefused, match="刚刚有人"):
        actions.first_review(file_id=row.pk, version=row.version - 1, by=hill.pri, at=AT)


def test_what_the_database_refuses_from_the_web_role_itself(hill):
    """No table of steps is asked here: direct SQL, as the role of the web server."""
    row = hill.notice(hill.town_reviewed())
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user = session_user, current_user")
        same, who = cursor.fetchone()
    assert same
    assert who != "postgres"

    def leap(state, **more):
        columns = {"state": state, **more}
        told = ", ".join(f"{name} = %s" for name in columns)
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                f"UPDATE hardship_needyworkerfile SET {told} WHERE id = %s",  # noqa: S608 - our names
                [*columns.values(), row.pk],
            )

    for state in ("approved", "active", "lifted", "temporary"):
        with pytest.raises(DatabaseError):
            leap(state)
    hill.let_the_notice_run()
    for lacking in ("visit_id", "check_made_id", "notice_id", "visit_since"):
        with pytest.raises(DatabaseError, match="no needy-worker file is approved"):
            leap("approved", **{lacking: None})
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    leap("approved")
    with pytest.raises(DatabaseError, match="never deleted"), transaction.atomic():
        NeedyWorkerFile.objects.filter(pk=row.pk).delete()
    with pytest.raises(DatabaseError, match="begins as a lead"), transaction.atomic():
        NeedyWorkerFile.objects.create(
            keeper_id=row.keeper_id, state=State.ACTIVE, reported_at=AT, changed_on=date(2018, 8, 20)
        )


def test_no_state_of_the_table_is_reached_against_it_by_direct_sql(hill):
    row = hill.applied()
    allowed = {one.target for one in FILE.steps if one.source == State.APPLIED}
    for state in FILE.states - allowed - {State.APPLIED}:
        with pytest.raises(DatabaseError), transaction.atomic():
            NeedyWorkerFile.objects.filter(pk=row.pk).update(state=state)


def test_an_old_visit_and_an_old_check_carry_no_new_application(hill):
    row = hill.active()
    later = at_noon(date(2019, 12, 2))
    row = actions.start_review(file_id=row.pk, version=row.version, by=hill.town, at=later)
    row = actions.propose_end(
        file_id=row.pk,
        version=row.version,
        end="lift",
        cause="improved",
        why="已就业",
        by=hill.town,
        at=later,
    )
    row = actions.confirm_end(file_id=row.pk, version=row.version, by=hill.county, at=later)
    assert row.state == State.LIFTED
    later += timedelta(days=1)
    row = actions.reopen_file(file_id=row.pk, asked=Asked(), version=row.version, by=hill.pri, at=later)
    assert (row.state, row.visit_id, row.check_made_id, row.notice_id) == (State.APPLIED, None, None, None)
    row = actions.first_review(file_id=row.pk, version=row.version, by=hill.pri, at=later)
    row.refresh_from_db()
    assert row.state == State.PRIMARY, "the visit of last year does not carry it"


def test_that_no_exclusion_holds_is_an_answer_and_nothing_ticked_is_none(hill):
    home = hill.village.household(by=hill.pri, members=())
    row = hill.applied(home)
    told = {one.fact for one in queries.verdict_of(row=row, day=date(2018, 8, 20)).missing}
    assert "flags" in told
    hill.village.tell(home, {"asset_flags": [NO_FLAGS, "拥有两套及以上住房"]}, by=hill.pri)
    assert queries.situation_of(row=row, day=date(2018, 8, 20)).flags == {"拥有两套及以上住房"}
    hill.village.tell(home, {"asset_flags": [NO_FLAGS]}, by=hill.pri)
    assert queries.situation_of(row=row, day=date(2018, 8, 20)).flags == frozenset()
