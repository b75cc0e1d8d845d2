"""What the entering of applications adds to an organisation's page."""

from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse

from niangjia.joining.permissions import Word
from niangjia.kernel.access import Actor
from niangjia.kernel.shapes import Act, Panel
from niangjia.kernel.words import say
from niangjia.members.rules import JOINABLE

if TYPE_CHECKING:
    from niangjia.network.models import Organisation


def panel_of(*, organisation: "Organisation", actor: Actor, day: date) -> Panel:
    """An officer may enter an application for a worker where there are members."""
    unit = organisation
    if unit.kind not in JOINABLE or unit.closed_on is not None or not actor.may(Word.ENTER, at=unit.path):
        return Panel()
    return Panel(
        acts=[Act(say("代填入会申请"), reverse("enter-application", args=[unit.pk]), "clipboard-list")]
    )
