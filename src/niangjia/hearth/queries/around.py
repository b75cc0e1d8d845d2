"""What apps above add to the page of a household (port `NIANGJIA_HOUSEHOLD_PANELS`)."""

from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings

from niangjia.kernel.access import Actor
from niangjia.kernel.panels import joined
from niangjia.kernel.shapes import Panel

if TYPE_CHECKING:
    from niangjia.households.models import Household


def of_household(*, household: "Household", actor: Actor, day: date) -> Panel:
    """Each is called with `household`, `actor` and `day`, and answers in its own scope."""
    return joined(settings.NIANGJIA_HOUSEHOLD_PANELS, household=household, actor=actor, day=day)
