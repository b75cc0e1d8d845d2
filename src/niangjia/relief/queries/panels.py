"""What the pages of households and campaigns show of aid (ports `NIANGJIA_..._PANELS`)."""

from datetime import date
from typing import TYPE_CHECKING

from niangjia.aid import queries as aid
from niangjia.aid.permissions import Word
from niangjia.aid.queries import Filters
from niangjia.casework.queries import COLUMNS, address, rows_of
from niangjia.kernel.access import Actor
from niangjia.kernel.shapes import Act, Figure, Panel, Table
from niangjia.kernel.words import say

if TYPE_CHECKING:
    from niangjia.campaigns.models import Campaign
    from niangjia.households.models import Household

SHOWN = 10


def household_panel(*, household: "Household", actor: Actor, day: date) -> Panel:
    """The applications of the household that the reader may see; the form of a further one on its behalf."""
    acts = []
    if actor.may(Word.ASK, at=household.path):
        href = address(name="new-aid-application", told={"household": household.pk})
        acts = [Act(say("代为申请帮扶"), href, "heart-handshake")]
    found = aid.narrowed(rows=aid.applications_for(actor=actor), filters=Filters(household=household.pk))
    rows = rows_of(rows=list(found.order_by("-created_at", "-pk")[:SHOWN]), actor=actor)
    return Panel(acts=acts, tables=[Table(say("帮扶申请"), COLUMNS, rows)] if rows else [])


def campaign_panel(*, campaign: "Campaign", actor: Actor, day: date) -> Panel:
    """How many applications of the campaign are under way, and what was granted; each opens its rows."""
    if not actor.may(Word.READ):
        return Panel()
    every = aid.applications_for(actor=actor)
    rows = aid.narrowed(rows=every, filters=Filters(campaign=campaign.pk))
    under_way = aid.narrowed(rows=rows, filters=Filters(state="open")).count()
    done = aid.granted(rows=rows)
    going, granted = (
        address(name="aid-applications", told={"campaign": campaign.pk, "state": one})
        for one in ("open", "granted")
    )
    figures = [
        Figure(say("帮扶在办"), under_way, going, unit=say("件")),
        Figure(say("已发放"), done.grants, granted, unit=say("笔")),
        Figure(say("发放金额"), done.total, granted, unit=say("元")),
    ]
    return Panel(figures=figures if under_way or done.grants else [])
