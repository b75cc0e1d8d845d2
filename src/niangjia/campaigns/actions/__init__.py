"""Writes of campaigns, one verb a function."""

from niangjia.campaigns.actions.entering import Lead, draw_targets, raise_lead, report_target
from niangjia.campaigns.actions.moving import CAMPAIGNS, MERGE_PARTY
from niangjia.campaigns.actions.reaching import (
    link_target,
    mark_visited,
    plan_visit,
    plan_visits,
    reopen_target,
    settle_target,
    unmark_visited,
)
from niangjia.campaigns.actions.running import (
    CampaignDraft,
    archive_campaign,
    arrange_campaign,
    begin_campaign,
    cancel_campaign,
    close_campaign,
    reopen_campaign,
)

__all__ = [
    "CAMPAIGNS",
    "MERGE_PARTY",
    "CampaignDraft",
    "Lead",
    "archive_campaign",
    "arrange_campaign",
    "begin_campaign",
    "cancel_campaign",
    "close_campaign",
    "draw_targets",
    "link_target",
    "mark_visited",
    "plan_visit",
    "plan_visits",
    "raise_lead",
    "reopen_campaign",
    "reopen_target",
    "report_target",
    "settle_target",
    "unmark_visited",
]
