"""A campaign is arranged once a year, begun, closed, opened again, archived, or never begun."""

from datetime import date

import pytest

from niangjia.campaigns import actions, queries
from niangjia.campaigns.actions import CampaignDraft
from niangjia.campaigns.rules import CampaignKind, Outcome
from niangjia.kernel.errors import BadInput, NotAllowed, NotVisible, Refused, StepRefused
from niangjia.kernel.models import JournalLine
from tests.conftest import AT

OPENS, CLOSES = date(2018, 8, 10), date(2018, 8, 31)


def arranged(by, kind=CampaignKind.WARMTH, **more):
    draft = CampaignDraft(kind, 2018, **{"name": "送温暖", "opens_on": OPENS, "closes_on": CLOSES, **more})
    return actions.arrange_campaign(unit_id=by.unit_id, draft=draft, by=by, at=AT)


def step(name, row, by, **more):
    return getattr(actions, f"{name}_campaign")(campaign_id=row.pk, version=row.version, by=by, at=AT, **more)


def test_a_campaign_goes_its_whole_way_and_each_step_is_journalled(drive):
    county = drive.village.county
    row = arranged(county)
    for name, more, state in (
        ("begin", {}, "open"),
        ("close", {}, "closed"),
        ("reopen", {"reason": "漏了一户"}, "open"),
        ("close", {}, "closed"),
        ("archive", {}, "archived"),
    ):
        row = step(name, row, county, **more)
        assert row.state == state
    lines = JournalLine.objects.filter(kind="campaigns.campaign", object_id=row.pk).order_by("id")
    assert list(lines.values_list("verb", flat=True)) == [
        "arrange_campaign", "begin_campaign", "close_campaign", "reopen_campaign", "close_campaign",
        "archive_campaign",
    ]  # fmt: skip


def test_what_never_began_is_cancelled_and_may_be_arranged_anew(drive):
    county = drive.village.county
    row = arranged(county)
    with pytest.raises(Refused, match="已有"):
        arranged(county)
    assert step("cancel", row, county, reason="并入另一项").state == "cancelled"
    assert arranged(county).pk != row.pk


def test_steps_out_of_order_stale_or_without_a_reason_are_refused(drive):
    county = drive.village.county
    row = arranged(county)
    with pytest.raises(StepRefused):
        step("close", row, county)
    begun = step("begin", row, county)
    with pytest.raises(StepRefused, match="刚刚"):
        step("close", row, county)
    closed = step("close", begun, county)
    with pytest.raises(BadInput):
        step("reopen", closed, county, reason=" ")
    with pytest.raises(StepRefused):
        step("cancel", closed, county, reason="不办了")


@pytest.mark.parametrize("more", [{"name": " "}, {"opens_on": CLOSES, "closes_on": OPENS}])
def test_a_campaign_without_a_name_or_ending_before_it_begins_is_refused(drive, more):
    with pytest.raises(BadInput):
        arranged(drive.village.county, **more)


def test_nobody_is_reported_or_drawn_before_it_runs(drive):
    county = drive.village.county
    row = arranged(county)
    lead = actions.Lead("何秀英")
    with pytest.raises(StepRefused):
        actions.report_target(campaign_id=row.pk, unit_id=county.unit_id, lead=lead, by=county, at=AT)
    with pytest.raises(StepRefused):
        actions.draw_targets(campaign_id=row.pk, households_by_unit={}, by=county, at=AT)


def test_a_town_runs_its_own_and_not_the_countys(drive):
    town, county = drive.village.town, drive.village.county
    own = arranged(town)
    assert step("begin", own, town).state == "open"
    with pytest.raises((NotAllowed, NotVisible)):
        step("begin", arranged(county), town)
    seen = queries.campaigns_for(actor=town).order_by("pk")
    assert {drive.campaign.pk, own.pk} <= set(seen.values_list("pk", flat=True))


def test_somebody_who_declined_is_visited_after_all(drive):
    target = drive.report()
    told = {"target_id": target.pk, "by": drive.village.town, "at": AT}
    settled = actions.settle_target(outcome=Outcome.DECLINED, why="本人谢绝", version=None, **told)
    again = actions.reopen_target(version=settled.version, reason="本人改了主意", **told)
    assert again.outcome == Outcome.OPEN
    with pytest.raises(Refused):
        actions.reopen_target(version=again.version, reason="再来", **told)
    with pytest.raises(StepRefused, match="刚刚"):
        actions.settle_target(outcome=Outcome.DECLINED, why="谢绝", version=1, **told)
