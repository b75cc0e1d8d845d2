"""A file in force: changes of the household, the yearly review, lifting and cancelling, the lists."""

from datetime import date, timedelta

import pytest

from niangjia.dossiers import actions as dossiers
from niangjia.hardship import actions, queries
from niangjia.hardship.actions import Asked
from niangjia.hardship.rules import State
from niangjia.households import actions as households
from niangjia.households import queries as homes
from niangjia.kernel.access import EVERYWHERE
from niangjia.kernel.clock import at_noon
from niangjia.kernel.errors import BadInput, NotAllowed, StepRefused
from niangjia.papers import queries as papers
from niangjia.tasks.models import Task
from tests.conftest import AT
from tests.hardship.worlds import NOTICE_OVER
from tests.households.worlds import MEMBER_FACTS, SON

A_YEAR_ON = at_noon(date(2019, 8, 27))


def papers_of(row):
    about = papers.papers_about(about_kind="hardship.needy_worker_file", about_id=row.pk, scope=EVERYWHERE)
    return {one.template: one for one in about}


def test_the_facts_of_a_file_changed_and_the_page_says_which(hill):
    row = hill.active()
    assert not queries.facts_changed(row=row)
    hill.village.tell(row.household, {"income_year": "60000"}, by=hill.pri)
    row.household.refresh_from_db()
    assert queries.facts_changed(row=row)
    (one,) = queries.differences_of(row=row)
    assert [str(one.label), str(one.before), str(one.after)] == [
        "家庭年可支配收入", "18,000.00 元", "60,000.00 元"
    ]  # fmt: skip


def test_somebody_more_in_the_house_changes_the_decision_from_that_day(hill):
    row = hill.active(hill.home(income_year="29000"))
    assert row.category == "relative"
    member = households.add_member(
        household_id=row.household_id, draft=households.MemberDraft("child", "王小明", SON), by=hill.pri,
        at=NOTICE_OVER,
    )  # fmt: skip
    hill.village.tell(row.household, MEMBER_FACTS, member=member.pk, by=hill.pri)
    assert str(queries.category_of(row=row, day=date(2018, 8, 28))) == "deep"
    row.household.refresh_from_db()
    assert any("王小明" in str(one.label) for one in queries.differences_of(row=row))


def test_another_head_keeps_the_number_and_the_file(hill):
    home = hill.home()
    row = hill.active(home)
    member = households.add_member(
        household_id=home.pk, draft=households.MemberDraft("child", "王小明", SON), by=hill.pri, at=AT
    )
    households.replace_head(
        household_id=home.pk, member_id=member.pk, relation="", reason="户主去世", by=hill.pri, at=AT
    )
    number = row.number
    row.refresh_from_db()
    assert (row.worker_id, row.number, row.state) == (member.person_id, number, State.ACTIVE)
    decision = queries.latest_of(row=row)
    assert queries.told_of(decision=decision)["numbers"]["persons"] == 1, "the old basis stays readable"


def test_the_review_day_lays_the_file_on_the_towns_desk_once(hill):
    row = hill.active()
    assert actions.review_those_due(at=at_noon(date(2019, 8, 26))) == 0
    assert actions.review_those_due(at=A_YEAR_ON) == 1
    assert actions.review_those_due(at=A_YEAR_ON) == 0
    row.refresh_from_db()
    task = Task.objects.get(about_id=row.pk, about_kind="hardship.needy_worker_file", state="open")
    assert (row.state, task.unit_id, task.step) == (State.DUE, hill.land["left_town"].pk, "review")


def test_a_file_whose_category_is_the_same_is_renewed_for_a_year(hill):
    row = hill.active()
    actions.review_those_due(at=A_YEAR_ON)
    row.refresh_from_db()
    row = actions.say_review(
        file_id=row.pk, version=row.version, words="情况没有变化", by=hill.pri, at=A_YEAR_ON
    )
    row = dossiers.finish_review(
        file_id=row.pk, version=row.version, words="继续在档", by=hill.town, at=A_YEAR_ON
    )
    assert (row.state, row.category, row.review_due_on) == (State.ACTIVE, "deep", date(2020, 8, 27))
    assert "hardship.review" in papers_of(row)


def test_a_household_that_earns_more_takes_another_category_or_is_lifted(hill):
    row = hill.active()
    actions.review_those_due(at=A_YEAR_ON)
    hill.village.tell(row.household, {"income_year": "27000"}, by=hill.pri)
    row.refresh_from_db()
    row = dossiers.finish_review(file_id=row.pk, version=row.version, words="", by=hill.town, at=A_YEAR_ON)
    assert (row.state, row.category) == (State.ACTIVE, "relative")
    row = actions.start_review(file_id=row.pk, version=row.version, by=hill.town, at=A_YEAR_ON)
    hill.village.tell(row.household, {"income_year": "90000"}, by=hill.pri)
    with pytest.raises(StepRefused, match="不符合建档条件"):
        actions.finish_review(file_id=row.pk, version=row.version, words="", by=hill.town, at=A_YEAR_ON)


def test_lifting_is_proposed_by_the_town_and_confirmed_by_other_eyes(hill):
    row = hill.active()
    with pytest.raises(StepRefused, match="先提出"):
        actions.confirm_end(file_id=row.pk, version=row.version, by=hill.county, at=NOTICE_OVER)
    with pytest.raises(BadInput):
        actions.propose_end(
            file_id=row.pk, version=row.version, end="lift", cause="died", why="……", by=hill.town,
            at=NOTICE_OVER,
        )  # fmt: skip
    row = actions.propose_end(
        file_id=row.pk, version=row.version, end="lift", cause="improved", why="女儿就业", by=hill.town,
        at=NOTICE_OVER,
    )  # fmt: skip
    assert row.state == State.ACTIVE
    with pytest.raises(NotAllowed):
        actions.confirm_end(file_id=row.pk, version=row.version, by=hill.town, at=NOTICE_OVER)
    row = dossiers.confirm_end(file_id=row.pk, version=row.version, by=hill.county, at=NOTICE_OVER)
    assert (row.state, row.proposed_cause) == (State.LIFTED, "improved")
    assert "hardship.ended" in papers_of(row)
    assert not queries.is_filed(household_id=row.household_id, day=date(2018, 8, 28))


def test_a_proposal_that_is_not_confirmed_leaves_the_file_in_force(hill):
    row = hill.active()
    row = actions.propose_end(
        file_id=row.pk, version=row.version, end="cancel", cause="moved", why="调往外地", by=hill.town,
        at=NOTICE_OVER,
    )  # fmt: skip
    row = actions.refuse_end(
        file_id=row.pk, version=row.version, reason="尚未办理转会", by=hill.county, at=NOTICE_OVER
    )
    assert (row.state, row.proposed) == (State.ACTIVE, "")


def test_a_lifted_family_in_need_again_keeps_its_number(hill):
    row = hill.active()
    row = actions.propose_end(
        file_id=row.pk, version=row.version, end="lift", cause="improved", why="就业", by=hill.town,
        at=NOTICE_OVER,
    )  # fmt: skip
    row = actions.confirm_end(file_id=row.pk, version=row.version, by=hill.county, at=NOTICE_OVER)
    number = row.number
    row = actions.reopen_file(
        file_id=row.pk, asked=Asked(), version=row.version, by=hill.pri, at=NOTICE_OVER + timedelta(days=9)
    )
    assert (row.state, row.number, row.proposed) == (State.APPLIED, number, "")


def test_files_unchanged_for_a_year_are_listed_until_somebody_tells_something(hill):
    row = hill.active()
    rows = queries.files_within(scope=EVERYWHERE)
    assert not queries.unchanged(rows=rows, today=date(2019, 8, 27)).exists()
    late = date(2019, 8, 28)
    assert [one.pk for one in queries.unchanged(rows=rows, today=late)] == [row.pk]
    changes, _ = households.changes_of(told={"remarks": "电话核实"}, bases={"remarks": 0})
    households.amend(household_id=row.household_id, changes=changes, by=hill.town, at=A_YEAR_ON)
    assert not queries.unchanged(rows=rows, today=late).exists()


def test_the_form_is_printed_from_the_file_and_printed_again_the_old_one_is_void(hill):
    row = hill.approved()
    row = dossiers.enter_file(file_id=row.pk, version=row.version, by=hill.town, at=NOTICE_OVER)
    first = papers_of(row)["hardship.file"]
    dossiers.print_form(file_id=row.pk, by=hill.town, at=NOTICE_OVER)
    first.refresh_from_db()
    assert first.voided_at is not None
    assert homes.name_of(household=row.household) == "何秀英"
