"""Open applications of a union that ends go on with its heir; undone, they lie as before."""

import json

import pytest

from niangjia.joining import actions, queries, rules
from niangjia.joining.models import MembershipApplication
from niangjia.kernel.access import SYSTEM
from niangjia.kernel.errors import Refused
from niangjia.members import queries as members
from niangjia.restructuring import actions as restructuring
from niangjia.restructuring import queries as plans
from niangjia.restructuring.models import PartyFacts
from niangjia.restructuring.rules import Kind, State
from niangjia.tasks.models import Task
from tests.conftest import AT, TODAY
from tests.joining.applying import applied
from tests.restructuring import worlds


@pytest.fixture
def grounds(world, settings, tmp_path):
    settings.KEY_RING, settings.TOMBSTONES = tmp_path / "ring", tmp_path / "tombstones.jsonl"
    return worlds.town()


@pytest.fixture
def who(grounds):
    return worlds.acting(grounds)


def stands():
    """Applications and the tasks about them, every column."""
    tasks = Task.objects.filter(about_kind=rules.KIND).order_by("pk")
    return [*MembershipApplication.objects.order_by("pk").values(), *tasks.values()]


def merged(grounds, who, source="a_joint", heir="b_joint"):
    draft = worlds.draft(grounds, Kind.MERGE, (source,), heir)
    return worlds.passed(restructuring.propose(draft=draft, by=who["town"], at=AT), who)


def test_an_application_goes_on_with_the_heir_who_decides_it_in_the_old_time(grounds, who):
    row, receipt = applied(grounds["a_joint"], employer_id=grounds["a_small1"].pk)
    due = Task.objects.get(about_kind=rules.KIND, about_id=row.pk).due_on
    plan = merged(grounds, who)
    assert worlds.execute(plan, who).state == State.EXECUTED
    row = queries.application_by_receipt(receipt=receipt)
    assert (row.union_id, row.path) == (grounds["b_joint"].pk, grounds["b_joint"].path)
    task = Task.objects.get(about_kind=rules.KIND, about_id=row.pk, state="open")
    assert (task.unit_id, task.due_on) == (grounds["b_joint"].pk, due)
    told = queries.events_of(application=row)
    assert str(told[0].what) == "工会有调整，申请转到承接的工会继续办理"
    assert told[0].note == f"{grounds['a_joint'].name} → {grounds['b_joint'].name}"
    actions.approve_application(application_id=row.pk, version=row.version, by=SYSTEM, at=AT)
    assert members.member_counts(unit_id=grounds["b_joint"].pk, day=TODAY).members == 1


def test_undo_gives_back_the_identical_state(grounds, who):
    one, _ = applied(grounds["a_joint"], employer_id=grounds["a_small1"].pk)
    other, receipt = applied(grounds["a_joint"], 2)
    actions.return_application(application_id=other.pk, version=1, reason="请补充单位", by=SYSTEM, at=AT)
    before = stands()
    plan = worlds.execute(merged(grounds, who), who)
    assert stands() != before
    worlds.undo(plan, who)
    assert stands() == before
    row = queries.application_by_receipt(receipt=receipt)
    assert str(queries.events_of(application=row)[0].what) == "工会调整已撤销，申请回到原工会办理"
    assert one.union_id == grounds["a_joint"].pk


def test_undo_is_refused_once_an_application_has_gone_on(grounds, who):
    row, _ = applied(grounds["a_joint"])
    plan = worlds.execute(merged(grounds, who), who)
    row.refresh_from_db()
    actions.review_application(application_id=row.pk, version=row.version, by=SYSTEM, at=AT)
    with pytest.raises(Refused, match="又办过一步"):
        worlds.undo(plan, who)
    row.refresh_from_db()
    assert row.union_id == grounds["b_joint"].pk


def test_a_dissolved_union_leaves_its_applications_to_the_next_above(grounds, who):
    row, _ = applied(grounds["a"])
    draft = worlds.draft(grounds, Kind.DISSOLVE, ("a",), None)
    plan = worlds.passed(restructuring.propose(draft=draft, by=who["town"], at=AT), who)
    assert worlds.execute(plan, who).state == State.EXECUTED
    row.refresh_from_db()
    assert row.union_id == grounds["town"].pk


def test_an_application_goes_where_the_employer_goes_when_a_union_is_split(grounds, who):
    going, _ = applied(grounds["a_joint"], employer_id=grounds["a_small1"].pk)
    staying, _ = applied(grounds["a_joint"], 2, employer_id=grounds["a_small2"].pk)
    draft = worlds.draft(grounds, Kind.SPLIT, ("a_joint",), None, source_ends=False)
    row = restructuring.propose(draft=draft, by=who["town"], at=AT)
    share = restructuring.ShareDraft(
        new_name="新区联合工会", new_kind="joint_primary_union", employer_ids=[grounds["a_small1"].pk]
    )
    restructuring.add_share(restructure_id=row.pk, version=row.version, draft=share, by=who["town"], at=AT)
    row.refresh_from_db()
    before = stands()
    plan = worlds.execute(worlds.passed(row, who), who)
    assert plan.state == State.EXECUTED
    going.refresh_from_db()
    staying.refresh_from_db()
    assert going.union.name == "新区联合工会"
    assert staying.union_id == grounds["a_joint"].pk
    worlds.undo(plan, who)
    assert stands() == before


def test_what_was_decided_stays_and_facts_hold_nobodys_name(grounds, who):
    done, _ = applied(grounds["a_joint"], name="安小平")
    actions.reject_application(application_id=done.pk, version=1, reason="不在本单位", by=SYSTEM, at=AT)
    applied(grounds["a_joint"], 2, name="万大山")
    worlds.execute(merged(grounds, who), who)
    done.refresh_from_db()
    assert done.union_id == grounds["a_joint"].pk
    kept = json.dumps(list(PartyFacts.objects.values_list("facts", flat=True)), ensure_ascii=False)
    assert "万大山" not in kept
    assert "安小平" not in kept


def test_where_the_heir_takes_no_members_the_union_decides_before_the_day(grounds, who):
    row, _ = applied(grounds["town"])
    draft = worlds.draft(grounds, Kind.DISSOLVE, ("town",), None)
    plan = restructuring.propose(draft=draft, by=who["county"], at=AT)
    found = actions.APPLICATIONS.check(plan=plans.plan_of(row=plan), today=TODAY)
    assert [one.unit_id for one in found] == [row.union_id]
