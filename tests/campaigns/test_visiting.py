"""Visits are arranged for many at once; a worker tells of his own need; each count opens exactly its rows."""

from datetime import date

import pytest

from niangjia.accounts import queries as accounts
from niangjia.campaigns import actions, queries
from niangjia.campaigns.actions import Lead
from niangjia.campaigns.models import Target
from niangjia.campaigns.queries import Filters
from niangjia.campaigns.rules import CampaignKind, Outcome
from niangjia.kernel.access import Role
from niangjia.kernel.errors import BadInput, NotAllowed, NotVisible, Refused, StepRefused
from niangjia.people import actions as people
from niangjia.people.actions import PersonDraft
from niangjia.tasks.models import Task
from tests.conftest import AT, TODAY

DAY = date(2018, 8, 21)


def plan(drive, rows, *, holder=None, day=DAY, by=None):
    town = drive.village.town
    return actions.plan_visits(
        targets=[(row.pk, row.version) for row in rows], holder_id=holder or town.user_id, planned_on=day,
        by=by or town, at=AT,
    )  # fmt: skip


def fresh(rows):
    return list(Target.objects.filter(pk__in=[row.pk for row in rows]).order_by("pk"))


def worker(village, name="周大山"):
    person = people.register_person(
        draft=PersonDraft(name), keeper_id=village.town.unit_id, today=TODAY, by=village.town, at=AT
    )
    return person, accounts.actor_as_oneself(user=village.account(f"of-{name}", person))


def test_many_visits_are_arranged_for_one_officer_and_one_day(drive):
    rows = [drive.report(name) for name in ("何秀英", "周大山")]
    assert plan(drive, rows) == 2
    for row in fresh(rows):
        assert (row.holder_id, row.planned_on) == (drive.village.town.user_id, DAY)
        (task,) = Task.objects.filter(about_kind="campaigns.target", about_id=row.pk, state="open")
        assert (task.holder_id, task.due_on) == (row.holder_id, DAY)


def test_one_that_changed_meanwhile_leaves_all_as_they_were(drive):
    rows = [drive.report(name) for name in ("何秀英", "周大山")]
    plan(drive, rows[1:])
    with pytest.raises(StepRefused, match="刚刚"):
        plan(drive, rows)
    assert fresh(rows)[0].holder_id is None


def test_an_officer_of_another_town_is_not_sent_and_no_day_outside_the_campaign_is_taken(drive):
    rows = [drive.report()]
    with pytest.raises(BadInput, match="干部"):
        plan(drive, rows, holder=drive.village.elsewhere.user_id)
    with pytest.raises(BadInput, match="行动期间"):
        plan(drive, rows, day=date(2018, 9, 1))


def test_an_officer_has_today_what_is_planned_and_what_is_overdue(drive):
    first, second, third = (drive.report(name) for name in ("何秀英", "周大山", "王三"))
    plan(drive, [first], day=TODAY)
    plan(drive, [second], day=TODAY.replace(day=15))
    plan(drive, [third])
    town = drive.village.town
    assert [row.name for row in queries.visits_of(actor=town, day=TODAY)] == ["周大山", "何秀英"]
    assert not queries.visits_of(actor=drive.village.mate, day=TODAY).exists()


def test_each_count_of_the_board_opens_exactly_its_rows(drive):
    town, county = drive.village.land["left_town"], drive.village.land["left_county"]
    rows = [drive.report(name) for name in ("何秀英", "周大山", "王三")]
    drive.report("钱六", by=drive.village.county)
    plan(drive, rows[:1])
    drive.settle(rows[1])
    actor = drive.village.county
    all_rows = queries.targets_for(actor=actor).filter(campaign=drive.campaign)

    def opened(**filters):
        return queries.narrowed(rows=all_rows, filters=Filters(**filters)).count()

    for line in queries.board_of(campaign=drive.campaign, at=county, actor=actor).lines:
        place = {"under": town.path} if line.number == town.pk else {"unit": county.pk}
        assert opened(**place) == line.row.targets
        for outcome in Outcome:
            assert opened(outcome=outcome, **place) == getattr(line.row, outcome)
    officers = queries.officers_of(campaign=drive.campaign, unit_id=town.pk, actor=actor, names={})
    assert {line.number: line.row.targets for line in officers.lines} == {
        drive.village.town.user_id: 1,
        None: 2,
    }
    assert opened(unit=town.pk, holder=drive.village.town.user_id) == 1
    assert opened(unit=town.pk, nobody=True) == 2
    assert opened(planned_on=DAY) == 1


def test_a_worker_tells_of_his_own_need_and_his_union_is_to_visit(drive):
    person, me = worker(drive.village)
    row = actions.raise_lead(lead=Lead("", words="没了工作"), for_oneself=True, by=me, at=AT)
    assert (row.name, row.person_id, row.unit_id) == ("周大山", person.pk, drive.village.town.unit_id)
    assert row.campaign_id == drive.campaign.pk
    assert [one.pk for one in queries.leads_of(actor=me, most=9)] == [row.pk]
    with pytest.raises(Refused, match="已经上报过"):
        actions.raise_lead(lead=Lead(""), for_oneself=True, by=me, at=AT)


def test_it_goes_to_the_campaign_of_every_day_first_and_where_none_runs_the_union_is_named(drive):
    _, me = worker(drive.village)
    routine = drive.begun(CampaignKind.ROUTINE)
    row = actions.raise_lead(lead=Lead("王三", "厂里"), for_oneself=False, by=me, at=AT)
    assert (row.campaign_id, row.person_id) == (routine.pk, None)
    stranger = drive.village.elsewhere
    person = people.register_person(
        draft=PersonDraft("钱六"), keeper_id=stranger.unit_id, today=TODAY, by=stranger, at=AT
    )
    other = accounts.actor_as_oneself(user=drive.village.account("of-elsewhere", person))
    with pytest.raises(Refused, match=stranger.unit_name):
        actions.raise_lead(lead=Lead(""), for_oneself=True, by=other, at=AT)


def test_a_group_leader_reports_and_neither_settles_nor_arranges(drive):
    leader = drive.village.officer("leader", drive.village.land["left_single"], Role.GRP)
    row = drive.report("何秀英", by=leader)
    assert [one.pk for one in queries.leads_of(actor=leader, most=9)] == [row.pk]
    with pytest.raises((NotAllowed, NotVisible)):
        plan(drive, [row], by=leader)
    assert not queries.targets_for(actor=leader).exists()
