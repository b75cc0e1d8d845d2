"""Who has a hand in a file: leads, the worker himself, relatives, appeals, temporary files."""

from datetime import date

import pytest

from niangjia.accounts import actions as accounts
from niangjia.accounts import queries as accounts_queries
from niangjia.hardship import actions, queries
from niangjia.hardship.actions import Asked, Lead
from niangjia.hardship.rules import State
from niangjia.households import queries as homes
from niangjia.kernel.access import EVERYWHERE, SYSTEM, Actor, Role
from niangjia.kernel.clock import at_noon
from niangjia.kernel.errors import NotAllowed, NotVisible, Refused, StepRefused
from niangjia.kernel.scoping import enter_scope
from niangjia.messaging import queries as messages
from niangjia.people import queries as people
from niangjia.tasks.models import Task
from tests.accounts.conftest import PASSWORD
from tests.conftest import AT, TODAY
from tests.hardship.worlds import NOTICE_OVER


def account_of(person_id, name="worker"):
    """The person logs in for himself."""
    person = people.records(person_ids=[person_id]).get()
    user = accounts.open_account(
        username=name, name=person.name, password=PASSWORD, by=SYSTEM, at=AT, person=person, must_change=False
    )
    return accounts_queries.actor_as_oneself(user=user)


def open_task(row):
    return Task.objects.filter(about_kind="hardship.needy_worker_file", about_id=row.pk, state="open").get()


def test_anybody_in_scope_reports_a_lead_and_nobody_reports_a_stranger(hill):
    assert hill.lead(by=hill.group).state == State.LEAD
    assert hill.lead(by=hill.town, name="何一").reported_by == hill.town.user_id
    with pytest.raises(NotAllowed):
        hill.lead(by=hill.stranger)
    gone = hill.lead(by=hill.pri, name="何二")
    gone = actions.drop_lead(
        file_id=gone.pk, version=gone.version, reason="家里情况已好转", by=hill.pri, at=AT
    )
    assert gone.state == State.CANCELLED


def test_a_worker_reports_himself_applies_for_his_household_and_sees_nobody_elses(hill):
    home = hill.home()
    me = account_of(home.head_id)
    with pytest.raises(NotAllowed):
        actions.report_lead(unit_id=hill.land["left_single"].pk, lead=Lead("何一"), by=me, at=AT)
    row = actions.report_lead(
        unit_id=hill.land["left_single"].pk, lead=Lead("何秀英", person_id=home.head_id), by=me, at=AT
    )
    with pytest.raises(Refused, match=r"一户只建一份|已经上报"):
        hill.lead_of(home.head_id)
    row = actions.apply_for_file(
        file_id=row.pk, household_id=home.pk, asked=Asked(), version=row.version, by=me, at=AT
    )
    assert (row.state, row.asked_by, row.asked_unit_id) == (State.APPLIED, me.user_id, None)
    assert [one.pk for one in queries.files_for(actor=me)] == [row.pk]
    with pytest.raises(NotAllowed):
        actions.first_review(file_id=row.pk, version=row.version, by=me, at=AT)
    other = account_of(people.records(person_ids=[hill_person(hill)]).get().pk, "other")
    with pytest.raises(NotVisible):
        queries.file_for(file_id=row.pk, actor=other)


def hill_person(hill):
    scope = hill.pri.scope_for("people.read")
    return people.people_in_scope(scope=scope).filter(name="何一").get().pk


def test_the_worker_hears_of_each_step_and_answers_a_return(hill):
    home = hill.home()
    me = account_of(home.head_id)
    row = hill.applied(home, by=me)
    row = actions.send_back(
        file_id=row.pk, version=row.version, reason="请补交诊断证明。", by=hill.pri, at=AT
    )
    task = open_task(row)
    assert (task.holder_id, row.state) == (me.user_id, State.RETURNED)
    assert messages.unread_of(user_id=me.user_id) >= 1
    row = actions.answer_return(file_id=row.pk, asked=Asked(), version=row.version, by=me, at=AT)
    assert row.state == State.APPLIED
    row = actions.withdraw_file(file_id=row.pk, version=row.version, reason="不申请了", by=me, at=AT)
    assert row.state == State.WITHDRAWN
    assert not Task.objects.filter(about_id=row.pk, state="open").exists()


def test_nobody_decides_about_his_own_household_and_the_file_goes_to_the_next_union(hill):
    home = hill.home()
    row = hill.applied(home)
    person = people.records(person_ids=[home.head_id]).get()
    own = hill.village.officer("own", hill.land["left_single"], Role.PRI, person=person)
    with pytest.raises(NotAllowed, match="回避"):
        hill.first(row, by=own)
    actions.declare_relative(file_id=row.pk, version=None, by=as_person(hill.pri, hill_person(hill)), at=AT)
    row.refresh_from_db()
    desks = queries.desks_of(row=row, day=TODAY)
    assert hill_person(hill) in desks.recused
    relative = as_person(hill.pri, hill_person(hill))
    with pytest.raises(NotAllowed, match="回避"):
        hill.first(row, by=relative)


def test_a_union_whose_officers_are_all_related_gives_way_to_the_next_above(hill):
    home = hill.home()
    row = hill.applied(home, by=hill.town)
    person = people.records(person_ids=[home.head_id]).get()
    from_pri = accounts_queries.holders_at(unit_ids=[hill.land["left_single"].pk], day=TODAY)
    for holder in from_pri:
        user = accounts_queries.user_in_scope(user_id=holder.user_id, scope=EVERYWHERE, day=TODAY)
        user.person = person
        user.save()
        break
    desks = queries.desks_of(row=row, day=TODAY)
    carrying = [one for one in from_pri if one.carries("hardship.first")]
    assert len(carrying) == 1
    assert desks.first.pk == hill.land["left_town"].pk
    row = hill.first(row, by=hill.town)
    assert row.state == State.PRIMARY


def as_person(actor, person_id):
    return Actor(
        name=actor.name, role=actor.role, user_id=actor.user_id, person_id=person_id, post_id=actor.post_id,
        unit_id=actor.unit_id, unit_path=actor.unit_path, unit_name=actor.unit_name, words=actor.words,
    )  # fmt: skip


def test_a_refusal_is_appealed_once_and_decided_above_by_somebody_else(hill):
    home = hill.home()
    row = hill.visit(hill.first(hill.applied(home)))
    row = actions.reject_file(file_id=row.pk, version=row.version, reason="名下有经营户", by=hill.town, at=AT)
    assert (row.state, queries.appeal_until(row=row)) == (State.REJECTED, date(2018, 9, 10))
    row = actions.appeal(file_id=row.pk, version=row.version, words="早已注销。", by=hill.pri, at=AT)
    assert open_task(row).unit_id == hill.land["left_county"].pk
    with pytest.raises(NotAllowed):
        actions.decide_appeal(
            file_id=row.pk, version=row.version, upheld=True, words="成立", by=hill.town, at=AT
        )
    row = actions.decide_appeal(
        file_id=row.pk, version=row.version, upheld=False, words="经核实仍在经营", by=hill.county, at=AT
    )
    assert row.state == State.REJECTED
    with pytest.raises(StepRefused, match="已经申诉过"):
        actions.appeal(file_id=row.pk, version=row.version, words="再申诉", by=hill.pri, at=AT)


def test_an_appeal_after_its_days_is_refused_and_an_upheld_one_begins_anew(hill):
    row = hill.applied()
    row = actions.reject_file(file_id=row.pk, version=row.version, reason="不符合", by=hill.pri, at=AT)
    with pytest.raises(StepRefused, match="申诉期已过"):
        actions.appeal(
            file_id=row.pk, version=row.version, words="不服", by=hill.pri, at=at_noon(date(2018, 9, 11))
        )
    row = actions.appeal(
        file_id=row.pk, version=row.version, words="不服", by=hill.pri, at=at_noon(date(2018, 9, 10))
    )
    row = actions.decide_appeal(
        file_id=row.pk, version=row.version, upheld=True, words="成立", by=hill.county, at=NOTICE_OVER
    )
    assert row.state == State.APPLIED


def test_a_temporary_file_is_promoted_and_goes_the_whole_way(hill):
    home = hill.home()
    lead = hill.lead()
    row = actions.open_temporary(
        file_id=lead.pk, household_id=home.pk, version=lead.version, reason="突发车祸", by=hill.town,
        at=AT,
    )  # fmt: skip
    assert (row.state, row.temporary) == (State.TEMPORARY, True)
    row = actions.end_temporary(
        file_id=row.pk, version=row.version, promote=True, reason="按规定转正", by=hill.town, at=AT
    )
    assert row.state == State.APPLIED
    row = hill.visit(hill.first(row))
    assert row.state == State.VISITED


def test_a_temporary_file_that_is_not_needed_any_more_is_cancelled(hill):
    home, lead = hill.home(), hill.lead()
    row = actions.open_temporary(
        file_id=lead.pk, household_id=home.pk, version=lead.version, reason="急", by=hill.town, at=AT
    )
    row = actions.end_temporary(
        file_id=row.pk, version=row.version, promote=False, reason="已获赔偿", by=hill.town, at=AT
    )
    assert row.state == State.CANCELLED


def test_a_migrant_is_asked_for_his_labour_relation_and_home(hill):
    home = hill.home(migrant="1")
    row = hill.applied(home)
    verdict = queries.verdict_of(row=row, day=TODAY)
    assert str(verdict.category) == "none"
    assert {one.code for one in verdict.reasons} >= {"member_since", "lives_here", "labour_since"}
    row = actions.amend_asked(
        file_id=row.pk, asked=Asked(labour_since=date(2017, 9, 3), lives_here=True), version=row.version,
        by=hill.pri, at=AT,
    )  # fmt: skip
    told = {one.code: str(one.words) for one in queries.verdict_of(row=row, day=TODAY).reasons}
    assert "2018年9月3日" in told["labour_since"]


def test_what_is_known_of_a_file_stays_in_its_place(hill):
    home = hill.home()
    row = hill.applied(home)
    enter_scope(hill.pri.scope_for("hardship.read"))
    assert queries.files_within(scope=hill.pri.scope_for("hardship.read")).get().pk == row.pk
    enter_scope(hill.stranger.scope_for("hardship.read"))
    assert not queries.files_within(scope=EVERYWHERE).exists(), "row-level security, not the filter"
    assert homes.households_within(scope=EVERYWHERE).count() == 0
