"""Whom to visit comes in by lists: whoever is named twice stands once, and the lists can be taken back."""

import pytest

from niangjia.campaigns import actions, queries
from niangjia.campaigns.models import Mention, Target
from niangjia.campaigns.rules import REGISTER, REPORTED, Overlap, Row
from niangjia.kernel.errors import Refused
from niangjia.tasks.models import Task
from tests.conftest import AT
from tests.exchange.files import Office, csv_of, told, verdicts
from tests.households.worlds import SON, WORKER

HEAD = ("姓名", "单位或住处", "情况", "证件号码", "名单来源", "负责走访的工会", "专项行动")
POOR, DISABLED = "民政低保名册", "残联名册"


def row(name, place="湍口村", *, words="", number="", roll=POOR, union="", campaign=""):
    return (name, place, words, number, roll, union, campaign)


@pytest.fixture
def desk(drive):
    return Office(drive.village.town, kind="targets")


def commit(desk, *rows):
    return desk.commit(desk.check(csv_of(rows, HEAD)))


def names(drive):
    return sorted(Target.objects.filter(campaign=drive.campaign).values_list("name", flat=True))


def test_a_list_comes_in_each_row_a_household_with_its_visit_laid(drive, desk):
    batch = commit(desk, row("何秀英", words="丈夫生病"), row("周大山"))
    assert batch.fates == {"entered": 2}
    assert names(drive) == ["何秀英", "周大山"]
    (one,) = Target.objects.filter(name="何秀英")
    assert (one.place, one.words, one.unit_id) == ("湍口村", "丈夫生病", drive.village.town.unit_id)
    assert Task.objects.filter(kind="campaigns.visit", state="open").count() == 2


def test_whoever_two_lists_name_stands_once_and_both_are_remembered(drive, desk):
    commit(desk, row("何秀英"), row("周大山"))
    drive.report("何秀英", place="湍口村")
    rows = [row("何秀英", roll=DISABLED), row("何秀英"), row("王三", roll=DISABLED)]
    batch = desk.check(csv_of(rows, HEAD))
    assert verdicts(batch) == {2: "update", 3: "unchanged", 4: "new"}
    desk.commit(batch)
    assert names(drive) == ["何秀英", "周大山", "王三"]
    county = drive.village.county
    rolls = {one.code: one.row for one in queries.rolls_of(campaign=drive.campaign, actor=county)}
    assert rolls == {POOR: Row(open=2), DISABLED: Row(open=2), REPORTED: Row(open=1)}
    both = queries.overlap_of(campaign=drive.campaign, actor=county, first=POOR, second=DISABLED)
    assert both == Overlap(2, 2, 1)


def test_by_the_number_one_is_known_in_two_writings_and_the_number_is_kept_nowhere(drive, desk):
    commit(desk, row("何秀英", number=WORKER), row("王小明", number=SON))
    batch = desk.check(csv_of([row("何秀英", "别的写法", number=WORKER.lower(), roll=DISABLED)], HEAD))
    assert verdicts(batch) == {2: "update"}
    for one in Target.objects.all():
        assert WORKER.encode() not in bytes(one.blind)
        assert WORKER not in one.place + one.words


def test_the_number_leads_to_the_household_of_the_register_and_another_name_is_a_conflict(drive, desk):
    home = drive.village.household()
    batch = desk.check(csv_of([row("何秀英", number=WORKER), row("赵别人", number=WORKER)], HEAD))
    assert verdicts(batch) == {2: "new", 3: "conflict"}
    desk.commit(batch)
    (one,) = Target.objects.filter(campaign=drive.campaign)
    assert (one.household_id, one.person_id) == (home.pk, home.head_id)


def test_what_cannot_be_read_says_its_column_and_the_next_step(drive, desk):
    rows = [
        row("何秀英", number=WORKER[:-1] + "8"),
        row("周大山", union="没有这家工会"),
        row("王三", campaign="没有这项行动"),
        row("", "湍口村"),
    ]
    batch = desk.check(csv_of(rows, HEAD))
    assert set(verdicts(batch).values()) == {"error"}
    words = told(batch)
    assert "校验码" in words[2]
    assert "全称" in words[3]
    assert "专项行动" in words[4]


def test_an_import_is_taken_back_but_not_what_somebody_worked_with(drive, desk):
    drive.report("周大山", place="湍口村")
    batch = commit(desk, row("何秀英"), row("周大山"), row("王三"))
    (worked,) = Target.objects.filter(name="王三")
    drive.settle(worked)
    batch = desk.undo(batch)
    assert batch.fates == {"undone": 2, "kept": 1}
    assert names(drive) == ["周大山", "王三"]
    assert not Mention.objects.filter(target__name="周大山", roll=POOR).exists()
    assert not Task.objects.filter(about_kind="campaigns.target", state="open").exclude(
        about_id__in=Target.objects.values("pk")
    )


def test_a_town_of_another_county_brings_no_list_into_this_campaign(drive):
    batch = Office(drive.village.elsewhere, kind="targets").check(csv_of([row("何秀英")], HEAD))
    assert verdicts(batch) == {2: "error"}


def test_the_register_is_drawn_once_and_whoever_was_reported_is_not_doubled(drive):
    first = drive.village.household()
    second = drive.village.household(number="", name="周大山", members=())
    drive.report("何秀英", household_id=first.pk)
    homes = {first.keeper_id: [(first.pk, first.head_id, "何秀英"), (second.pk, second.head_id, "周大山")]}
    told = {
        "campaign_id": drive.campaign.pk,
        "households_by_unit": homes,
        "by": drive.village.county,
        "at": AT,
    }
    assert actions.draw_targets(**told) == 1
    assert actions.draw_targets(**told) == 0
    rolls = queries.rolls_of(campaign=drive.campaign, actor=drive.village.county)
    assert {one.code: one.row.targets for one in rolls} == {REGISTER: 2, REPORTED: 1}


def test_a_lead_that_the_register_names_already_is_noted_and_a_second_of_the_same_is_refused(drive):
    home = drive.village.household()
    homes = {home.keeper_id: [(home.pk, home.head_id, "何秀英")]}
    actions.draw_targets(
        campaign_id=drive.campaign.pk, households_by_unit=homes, by=drive.village.county, at=AT
    )
    assert drive.report("何秀英", person_id=home.head_id).household_id == home.pk
    with pytest.raises(Refused):
        drive.report("何秀英", person_id=home.head_id)
    assert Target.objects.filter(campaign=drive.campaign).count() == 1
