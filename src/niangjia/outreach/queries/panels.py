"""What campaigns add to the page of a union: to report somebody in need there."""

from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse

from niangjia.campaigns.permissions import Word
from niangjia.kernel.access import Actor
from niangjia.kernel.shapes import Act, Panel
from niangjia.kernel.words import say

if TYPE_CHECKING:
    from niangjia.network.models import Organisation


def panel_of(*, organisation: "Organisation", actor: Actor, day: date) -> Panel:
    """A road to report (port `NIANGJIA_ORGANISATION_PANELS`)."""
    if organisation.closed_on is not None or not actor.may(Word.REPORT, at=organisation.path):
        return Panel()
    href = f"{reverse('report-lead')}?union={organisation.pk}"
    return Panel(acts=[Act(say("上报困难职工"), href, "hand-heart")])
