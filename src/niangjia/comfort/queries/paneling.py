"""What sympathy adds to the page of a union."""

from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse

from niangjia.kernel.access import Actor
from niangjia.kernel.paths import CEILING
from niangjia.kernel.shapes import Act, Figure, Panel
from niangjia.kernel.words import say
from niangjia.sympathy.permissions import Word
from niangjia.sympathy.queries import visits_within
from niangjia.sympathy.rules.flow import OPEN

if TYPE_CHECKING:
    from niangjia.network.models import Organisation


def organisation_panel(*, organisation: "Organisation", actor: Actor, day: date) -> Panel:
    """On the page of a union: how many visits are still to be made at or beneath it; and to report one."""
    if not actor.may(Word.READ, at=organisation.path):
        return Panel()
    top = organisation.path
    rows = visits_within(scope=actor.scope_for(Word.READ)).filter(path__gte=top, path__lt=top + CEILING)
    count = rows.filter(state__in=[str(one) for one in OPEN]).count()
    figure = Figure(say("待慰问"), count, f"{reverse('sympathy-visits')}?state=open", unit=say("人次"))
    may = actor.may(Word.REPORT, at=organisation.path)
    acts = [Act(say("上报慰问"), reverse("report-visit"), icon="hand-heart")] if may else []
    return Panel(figures=[figure], acts=acts)
