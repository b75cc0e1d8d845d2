"""A campaign of the county that its towns take part in."""

from datetime import date

from niangjia.campaigns import actions
from niangjia.campaigns.actions import CampaignDraft, Lead
from niangjia.campaigns.rules import CampaignKind, Outcome
from tests.conftest import AT


class Drive:
    """A running campaign, and who acts in it."""

    def __init__(self, village, kind=CampaignKind.SPRING):
        self.village = village
        self.campaign = self.begun(kind)

    def begun(self, kind):
        draft = CampaignDraft(kind, 2018, "2018 年春风助学", date(2018, 8, 10), date(2018, 8, 31))
        county = self.village.county
        row = actions.arrange_campaign(unit_id=county.unit_id, draft=draft, by=county, at=AT)
        return actions.begin_campaign(campaign_id=row.pk, version=row.version, by=county, at=AT)

    def report(self, name="何秀英", *, by=None, **more):
        by = by or self.village.town
        return actions.report_target(
            campaign_id=self.campaign.pk, unit_id=by.unit_id, lead=Lead(name, **more), by=by, at=AT
        )

    def settle(self, target, outcome=Outcome.UNREACHABLE, why="两次上门无人"):
        return actions.settle_target(
            target_id=target.pk, outcome=outcome, why=why, version=None, by=self.village.town, at=AT
        )
