"""What apps above add to the pages of targets and campaigns (ports `NIANGJIA_..._PANELS`)."""

from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings

from niangjia.kernel.access import Actor
from niangjia.kernel.panels import joined
from niangjia.kernel.shapes import Panel

if TYPE_CHECKING:
    from niangjia.campaigns.models import Campaign, Target


def of_target(*, target: "Target", actor: Actor, day: date) -> Panel:
    """Each is called with `target`, `actor` and `day`, and answers in its own scope."""
    return joined(settings.NIANGJIA_TARGET_PANELS, target=target, actor=actor, day=day)


def of_campaign(*, campaign: "Campaign", actor: Actor, day: date) -> Panel:
    """Each is called with `campaign`, `actor` and `day`."""
    return joined(settings.NIANGJIA_CAMPAIGN_PANELS, campaign=campaign, actor=actor, day=day)
