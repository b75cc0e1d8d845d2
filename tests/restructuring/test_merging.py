"""One federation is merged into another: everything moves, each employer counts once, all can be put back."""

from datetime import timedelta

import pytest
from django.db import transaction

from niangjia.accounts.models import Post
from niangjia.bodies.models import Committee, CommitteePost, Facility, Zone
from niangjia.kernel.access import SYSTEM
from niangjia.kernel.errors import NotAllowed, Refused, StepRefused
from niangjia.messaging.rules import told as said
from niangjia.network import actions as network
from niangjia.network.models import Composition, Coverage, Employer, Organisation
from niangjia.network.rules import OrgKind, Status
from niangjia.restructuring import actions, queries
from niangjia.restructuring.models import OpenMatter, Restructure, Side
from niangjia.restructuring.rules import State
from niangjia.tasks.models import Task
from niangjia.tree.models import Placement
from tests.conftest import AT, TODAY
from tests.network.worlds import found
from tests.restructuring.worlds import (
    audited,
    consulted,
    counted,
    decided,
    draft,
    execute,
    ready,
    tables,
    tallies_hold,
    undo,
)


def test_everything_stands_with_the_heir_and_every_employer_counts_once(land, who):
    before = counted(land)
    row = execute(ready(land, who), who)
    assert row.state == State.EXECUTED
    assert counted(land) == (before[0] - 1, before[1] - 1, before[2], before[3])
    parts = Composition.objects.filter(federation=land["b"], until=None)
    assert sorted(parts.values_list("part", flat=True)) == ["N", "N", "N", "N", "X", "X"]
    assert set(Placement.objects.filter(parent=land["a"].unit, until=None)) == set()
    assert Organisation.objects.get(pk=land["a1"].pk).path.startswith(land["b"].path)
    assert Coverage.objects.filter(counts=True, until=None).count() == 15
    assert Employer.objects.get(pk=land["a_blind"].pk).keeper_id == land["b"].pk
    assert tallies_hold()


def test_the_merged_union_stays_readable_with_its_successor_and_past_days_keep_their_counts(land, who):
    yesterday = counted(land, "a", day=TODAY - timedelta(1))
    execute(ready(land, who), who)
    ended = Organisation.objects.get(pk=land["a"].pk)
    assert (ended.status, ended.closed_on) == (Status.MERGED, TODAY)
    assert counted(land, "a", day=TODAY - timedelta(1)) == yesterday
    [heir] = queries.successors_of(unit_ids=[land["a"].pk])[land["a"].pk]
    assert (heir.name, heir.since) == (land["b"].name, TODAY)


def test_committee_posts_and_accounts_end_on_the_day_and_the_station_is_handed_over_by_deed(land, who):
    execute(ready(land, who), who)
    assert set(Committee.objects.values_list("until", flat=True)) == {TODAY}
    assert set(CommitteePost.objects.values_list("until", flat=True)) == {TODAY}
    assert Post.objects.get(pk=land["post"].pk).until == TODAY
    assert Facility.objects.get().organisation_id == land["b"].pk
    assert Facility.objects.get().path == land["b"].path
    assert Zone.objects.get().keeper_id == land["b"].pk


def test_undo_puts_every_row_of_every_table_back_as_it_was(land, who):
    before, figures = tables(), counted(land)
    row = execute(ready(land, who), who)
    assert tables() != before
    assert undo(row, who).state == State.UNDONE
    assert tables() == before
    assert counted(land) == figures
    assert tallies_hold()


def test_undo_is_refused_when_something_has_changed_since_and_then_nothing_is_done(land, who):
    row = execute(ready(land, who), who)
    Composition.objects.filter(child=land["a1"], until=None).update(until=TODAY + timedelta(9))
    before = tables()
    with pytest.raises(Refused, match="不能再恢复原状"):
        undo(row, who)
    assert tables() == before
    assert Restructure.objects.get().state == State.EXECUTED


def test_undo_is_refused_when_a_union_was_founded_below_what_moved(land, who):
    row = execute(ready(land, who), who)
    found(OrgKind.BRANCH, "车间分工会", Organisation.objects.get(pk=land["a1"].pk), since=TODAY)
    with pytest.raises(Refused, match="又设立了组织"):
        undo(row, who)


def test_a_closed_matter_is_not_undone(land, who):
    row = execute(ready(land, who), who)
    row = actions.close(
        restructure_id=row.pk,
        version=row.version,
        closing="印章已缴销，档案已移交。",
        by=who["county"],
        at=AT,
    )
    assert row.state == State.CLOSED
    with pytest.raises(StepRefused):
        undo(row, who)


def test_an_approved_plan_is_revoked_before_its_day_and_nothing_has_changed(land, who):
    before = tables()
    row = ready(land, who, day=TODAY + timedelta(30))
    row = actions.revoke(
        restructure_id=row.pk, version=row.version, reason="方案有误", by=who["county"], at=AT
    )
    assert (row.state, tables()) == (State.WITHDRAWN, before)
    assert not Side.objects.filter(is_open=True).exists()
    actions.propose(draft=draft(land), by=who["town"], at=AT)


def test_before_its_day_nothing_is_executed(land, who):
    row = ready(land, who, day=TODAY + timedelta(1))
    with pytest.raises(StepRefused, match="生效日还没有到"):
        execute(row, who)
    assert execute(row, who, at=AT + timedelta(1)).state == State.EXECUTED


def test_a_day_that_has_passed_is_executed_from_that_day(land, who):
    day = TODAY - timedelta(20)
    before = tables()
    row = execute(ready(land, who, day=day), who)
    assert row.state == State.EXECUTED
    assert Organisation.objects.get(pk=land["a"].pk).closed_on == day
    assert counted(land, "b", day=day)[2] == 10
    assert tallies_hold()
    undo(row, who)
    assert tables() == before


def test_the_next_step_always_lies_on_one_desk(land, who):
    def lies():
        rows = Task.objects.filter(state="open", kind="restructuring.step")
        return [(task.unit_id, task.step) for task in rows]

    row = actions.propose(draft=draft(land), by=who["town"], at=AT)
    assert lies() == [(land["a"].pk, "consult")]
    row = consulted(row, who["fed"])
    assert lies() == [(land["county"].pk, "approve")]
    row = decided(row, who["county"])
    assert lies() == [(land["county"].pk, "audit")]
    row = audited(row, who["audit"])
    assert lies() == []
    execute(row, who)
    assert lies() == [(land["county"].pk, "close")]


def test_what_is_open_on_the_day_keeps_the_plan_as_it_is_and_the_county_is_told(land, who):
    row = actions.propose(draft=draft(land), by=who["town"], at=AT)
    row = decided(consulted(row, who["town"]), who["county"])
    row = audited(row, who["audit"], deed="")
    before = tables()
    row = execute(row, who)
    assert (row.state, tables()) == (State.AUDITED, before)
    matter = OpenMatter.objects.get()
    assert (matter.unit_id, matter.settled_at) == (land["county"].pk, None)
    told = set(Task.objects.filter(state="open").values_list("kind", "unit_id"))
    assert told == {("restructuring.hindrance", land["county"].pk), ("restructuring.step", land["county"].pk)}
    Restructure.objects.update(deed_no="移交书 3 号")
    assert execute(row, who).state == State.EXECUTED
    assert OpenMatter.objects.get().settled_at is not None


def test_a_party_that_refuses_leaves_nothing_and_its_words_lie_with_the_county(land, who, settings):
    settings.NIANGJIA_RESTRUCTURE_PARTIES = [
        *settings.NIANGJIA_RESTRUCTURE_PARTIES, "tests.restructuring.parties.REFUSING",
    ]  # fmt: skip
    row, before = ready(land, who), tables()
    assert execute(row, who).state == State.AUDITED
    assert tables() == before
    assert [str(said(one.words)) for one in OpenMatter.objects.all()] == ["会员还没有全部划转。"]


def test_a_party_that_breaks_leaves_nothing(land, who, settings):
    settings.NIANGJIA_RESTRUCTURE_PARTIES = [
        *settings.NIANGJIA_RESTRUCTURE_PARTIES, "tests.restructuring.parties.BREAKING",
    ]  # fmt: skip
    row, before = ready(land, who), tables()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        execute(row, who)
    assert tables() == before
    assert Restructure.objects.get().state == State.AUDITED


def test_without_more_than_half_for_it_a_plan_goes_no_further(land, who):
    row = actions.propose(draft=draft(land), by=who["town"], at=AT)
    with pytest.raises(StepRefused, match="没有超过半数"):
        consulted(row, who["fed"], present=30, votes_for=15, votes_against=3)
    assert consulted(row, who["fed"]).state == State.CONSULTED


def test_whoever_made_the_plan_does_not_approve_it(land, who):
    row = actions.propose(draft=draft(land), by=who["county"], at=AT)
    row = consulted(row, who["fed"])
    with pytest.raises(Refused, match="另一位同志"):
        decided(row, who["county"])


def test_the_city_decides_where_two_counties_are_touched(land, who):
    row = actions.propose(draft=draft(land, heir="c"), by=who["town"], at=AT)
    assert row.desk_id == land["city"].pk
    row = consulted(row, who["town"])
    with pytest.raises(NotAllowed):
        decided(row, who["county"])
    row = audited(decided(row, who["city"]), who["city_audit"])
    row = actions.execute(restructure_id=row.pk, by=who["city"], at=AT)
    assert row.state == State.EXECUTED
    assert counted(land, "other_county")[2] == 10
    assert tallies_hold()


def test_a_source_stands_in_one_open_plan_only(land, who):
    actions.propose(draft=draft(land), by=who["town"], at=AT)
    with pytest.raises(Refused, match="另一个没有办完的方案"):
        actions.propose(draft=draft(land), by=who["county"], at=AT)
    with pytest.raises(Refused, match="另一个没有办完的方案"):
        actions.propose(draft=draft(land, sources=("b",), heir="a"), by=who["county"], at=AT)


def test_a_plan_whose_source_has_moved_meanwhile_is_told(land, who):
    row = ready(land, who)
    day = TODAY - timedelta(1)
    network.move_organisation(
        organisation=Organisation.objects.get(pk=land["a"].pk), parent=land["next_town"], since=day,
        today=TODAY, by=SYSTEM, at=AT,
    )  # fmt: skip
    assert execute(row, who).state == State.AUDITED
    assert ["上级已经变为" in str(said(one.words)) for one in OpenMatter.objects.all()] == [True]
