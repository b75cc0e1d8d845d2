import pytest

from niangjia.campaigns import actions, queries
from niangjia.campaigns.rules import Outcome, Row
from niangjia.kernel.errors import BadInput, NotAllowed, NotVisible, Refused, StepRefused
from niangjia.kernel.reaching import beyond
from tests.conftest import AT


def close(drive):
    row = queries.campaign_for(campaign_id=drive.campaign.pk, actor=drive.village.county)
    return actions.close_campaign(campaign_id=row.pk, version=row.version, by=drive.village.county, at=AT)


def test_a_campaign_with_somebody_open_cannot_be_closed(drive):
    first, second = drive.report("何秀英"), drive.report("周大山")
    drive.settle(first)
    with pytest.raises(StepRefused, match="1 户"):
        close(drive)
    with beyond():
        home = drive.village.household()
        actions.mark_visited(target_id=second.pk, household_id=home.pk, by=drive.village.town, at=AT)
    assert close(drive).state == "closed"


def test_the_board_adds_up_from_the_town_to_the_county(drive):
    for name in ("何秀英", "周大山", "王三"):
        drive.report(name)
    drive.settle(drive.report("赵五"))
    drive.report("钱六", by=drive.village.county)
    county, town = drive.village.land["left_county"], drive.village.land["left_town"]
    board = queries.board_of(campaign=drive.campaign, at=county, actor=drive.village.county)
    assert {line.name: line.row.targets for line in board.lines} == {town.name: 4, county.name: 1}
    assert board.total == Row(unreachable=1, open=4)
    of_town = queries.board_of(campaign=drive.campaign, at=town, actor=drive.village.town)
    assert of_town.total == next(line.row for line in board.lines if line.name == town.name)
    officers = queries.officers_of(
        campaign=drive.campaign, unit_id=town.pk, actor=drive.village.town, names={}
    )
    assert officers.total == of_town.total


def test_a_town_of_another_county_takes_no_part(drive):
    with pytest.raises(NotVisible):
        drive.report("李四", by=drive.village.elsewhere)


def test_visited_is_said_by_a_visit_alone(drive):
    with pytest.raises(BadInput):
        drive.settle(drive.report(), Outcome.VISITED)


def test_an_outcome_without_a_visit_says_why(drive):
    with pytest.raises(BadInput):
        drive.settle(drive.report(), Outcome.DECLINED, " ")


def test_the_same_household_is_reported_once(drive):
    home = drive.village.household()
    drive.report(household_id=home.pk)
    with pytest.raises(Refused):
        drive.report("何秀英", household_id=home.pk)
    with pytest.raises(Refused):
        drive.report("何秀英", person_id=home.head_id)


def test_a_town_neither_closes_the_countys_campaign_nor_settles_anothers_target(drive):
    target = drive.report()
    with pytest.raises((NotAllowed, NotVisible)):
        actions.close_campaign(campaign_id=drive.campaign.pk, version=2, by=drive.village.town, at=AT)
    with pytest.raises(NotVisible):
        actions.settle_target(
            target_id=target.pk, outcome=Outcome.DECLINED, why="谢绝", version=None,
            by=drive.village.elsewhere, at=AT,
        )  # fmt: skip
