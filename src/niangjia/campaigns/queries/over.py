"""Which campaign takes in a union, for somebody who reads none: a family that asks by itself."""

from collections.abc import Collection
from datetime import date

from niangjia.campaigns.models import Campaign
from niangjia.campaigns.rules import State
from niangjia.kernel.paths import ancestors


def running_over(*, path: str, kinds: Collection[str], day: date) -> Campaign | None:
    """The campaign of these kinds that runs at a union or above it, the nearest first; inside `beyond`."""
    rows = Campaign.objects.filter(
        path__in=[*ancestors(path), path], kind__in=list(kinds), state=State.RUNNING
    )
    return rows.filter(opens_on__lte=day).order_by("-path", "closes_on", "pk").first()
