"""Dissolved, converted, split: what stays, what goes, what is refused; and everything can be put back."""

from datetime import timedelta

import pytest

from niangjia.kernel.errors import NotVisible, Refused
from niangjia.messaging.rules import told as said
from niangjia.network import queries as network
from niangjia.network.models import Composition, Coverage, Employer, Organisation
from niangjia.network.rules import Status
from niangjia.restructuring import actions
from niangjia.restructuring.models import HeirShare, OpenMatter
from niangjia.restructuring.rules import Kind, State
from tests.conftest import AT, TODAY
from tests.restructuring.worlds import counted, draft, execute, passed, ready, tables, tallies_hold, undo


def proposed(land, who, kind, source, **more):
    return actions.propose(draft=draft(land, kind, (source,), None, **more), by=who["town"], at=AT)


def share(row, who, **told):
    row.refresh_from_db()
    made = actions.ShareDraft(**told)
    actions.add_share(restructure_id=row.pk, version=row.version, draft=made, by=who["town"], at=AT)
    row.refresh_from_db()
    return row


def open_words():
    return [str(said(one.words)) for one in OpenMatter.objects.filter(settled_at=None)]


def test_a_dissolved_federation_leaves_its_unions_to_the_town(land, who):
    before, figures = tables(), counted(land)
    row = execute(ready(land, who, kind=Kind.DISSOLVE, heir=None), who)
    assert row.state == State.EXECUTED
    assert Organisation.objects.get(pk=land["a"].pk).status == Status.DISSOLVED
    assert Organisation.objects.get(pk=land["a1"].pk).unit.parent_id == land["town"].pk
    assert not Composition.objects.filter(child=land["a1"], until=None).exists()
    assert counted(land)[2:] == figures[2:]
    assert tallies_hold()
    undo(row, who)
    assert tables() == before


def test_a_dissolved_primary_union_waits_until_every_employer_has_a_place(land, who):
    row = passed(proposed(land, who, Kind.DISSOLVE, "a_joint"), who)
    assert execute(row, who).state == State.AUDITED
    assert open_words() == [
        "3 家单位没有定去向，例如“a小店1”。请在方案里指定由哪家工会接收，或者退回上级名册。"
    ]


def test_its_employers_go_to_another_union_or_stand_uncovered_above(land, who):
    before, figures = tables(), counted(land)
    row = proposed(land, who, Kind.DISSOLVE, "a_joint")
    firms = [land[f"a_small{n}"].pk for n in (1, 2, 3)]
    row = share(row, who, heir_id=land["b_joint"].pk, employer_ids=firms[:2])
    row = share(row, who, heir_id=land["a"].pk, employer_ids=firms[2:])
    assert execute(passed(row, who), who).state == State.EXECUTED
    covered = Coverage.objects.filter(union=land["b_joint"], until=None, counts=True)
    assert set(firms[:2]) <= set(covered.values_list("employer_id", flat=True))
    assert Employer.objects.get(pk=firms[2]).keeper_id == land["a"].pk
    assert counted(land)[2] == figures[2] - 1
    assert tallies_hold()
    row.refresh_from_db()
    undo(row, who)
    assert tables() == before


def test_a_split_founds_new_federations_on_the_day_with_their_shares(land, who):
    before, figures = tables(), counted(land)
    row = proposed(land, who, Kind.SPLIT, "a", source_ends=False)
    row = share(row, who, new_name="A物流园工会联合会", new_kind="union_federation", new_mode="park",
                unit_ids=[land["a1"].pk, land["a_joint"].pk])  # fmt: skip
    row = execute(passed(row, who), who)
    assert row.state == State.EXECUTED
    heir = HeirShare.objects.get().unit
    assert Organisation.objects.get(pk=heir.pk).established_on == TODAY
    drawn = network.compositions(federation=Organisation.objects.get(pk=heir.pk), day=TODAY)
    assert (drawn.sums.n_unions, drawn.sums.x_unions, drawn.sums.employers) == (1, 1, 4)
    assert counted(land) == (figures[0] + 1, figures[1] + 1, *figures[2:])
    assert tallies_hold()
    undo(row, who)
    assert tables() == before
    assert HeirShare.objects.get().unit is None


def test_a_joint_union_is_split_whole_and_ends(land, who):
    before, figures = tables(), counted(land)
    row = proposed(land, who, Kind.SPLIT, "a_joint")
    small = [land[f"a_small{n}"].pk for n in (1, 2, 3)]
    row = share(row, who, new_name="小店一工会", new_kind="single_primary_union", employer_ids=small[:1])
    row = share(row, who, new_name="小店联合工会", new_kind="joint_primary_union", takes_rest=True)
    row = execute(passed(row, who), who)
    assert row.state == State.EXECUTED, open_words()
    assert counted(land) == (figures[0], figures[1] + 1, *figures[2:])
    names = Coverage.objects.filter(employer__in=small, until=None).values_list("union__name", flat=True)
    assert sorted(names) == ["小店一工会", "小店联合工会", "小店联合工会"]
    assert tallies_hold()
    undo(row, who)
    assert tables() == before


def test_a_split_without_a_place_for_the_rest_is_not_consulted(land, who):
    row = proposed(land, who, Kind.SPLIT, "a_joint")
    with pytest.raises(Refused, match="没定的去向"):
        passed(row, who)


def test_a_single_union_becomes_a_joint_one_and_the_past_keeps_what_it_was(land, who):
    before = tables()
    row = execute(passed(proposed(land, who, Kind.CONVERT, "a1", new_kind="joint_primary_union"), who), who)
    assert row.state == State.EXECUTED, open_words()
    joint = Organisation.objects.get(pk=land["a1"].pk)
    assert joint.kind == joint.unit.kind == "joint_primary_union"
    assert Composition.objects.get(child=joint, until=None).part == "X"
    yesterday = network.counts(unit_id=land["a"].pk, day=TODAY - timedelta(1))
    today = network.counts(unit_id=land["a"].pk, day=TODAY)
    assert [c.amounts["org:joint_primary_union"] for c in (yesterday, today)] == [1, 2]
    assert tallies_hold()
    undo(row, who)
    assert tables() == before


def test_a_federation_changes_its_mode_and_name_and_keeps_both(land, who):
    before = tables()
    told = {"new_mode": "business_district", "new_name": "A商圈工会联合会"}
    row = execute(passed(proposed(land, who, Kind.CONVERT, "a", **told), who), who)
    changed = Organisation.objects.get(pk=land["a"].pk)
    assert (changed.name, changed.mode) == ("A商圈工会联合会", "business_district")
    assert tallies_hold()
    undo(row, who)
    assert tables() == before


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ((Kind.CONVERT, "a_joint", None, {"new_kind": "union_federation"}), "不能改为工会联合会"),
        ((Kind.CONVERT, "a1", None, {}), "至少一项"),
        ((Kind.MERGE, "a", "b_joint", {}), "只能并入"),
        ((Kind.MERGE, "a", None, {}), "并入哪个组织"),
        ((Kind.MERGE, "a", "a", {}), "另选"),
        ((Kind.SPLIT, "a1", None, {}), "不能这样办"),
        ((Kind.DISSOLVE, "a", None, {"day": TODAY.replace(year=2015)}), "须晚于这一天"),
    ],
)
def test_what_the_rules_do_not_allow_is_refused_at_once(land, who, asked, words):
    kind, source, heir, told = asked
    with pytest.raises(Refused, match=words):
        actions.propose(draft=draft(land, kind, (source,), heir, **told), by=who["town"], at=AT)


def test_nobody_proposes_for_a_union_outside_his_scope(land, who):
    with pytest.raises(NotVisible):
        actions.propose(draft=draft(land, sources=("c",)), by=who["town"], at=AT)
