"""What the pages of households and targets show of visits, and the way to the form (ports `..._PANELS`)."""

from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.urls import reverse

from niangjia.campaigns.rules import Outcome
from niangjia.kernel.access import Actor
from niangjia.kernel.reaching import beyond
from niangjia.kernel.shapes import Act, Column, Panel, Row, Table
from niangjia.kernel.words import listed, say
from niangjia.visiting.queries.listing import standing
from niangjia.visits import queries as visits
from niangjia.visits.permissions import Word
from niangjia.visits.queries import Filters

if TYPE_CHECKING:
    from niangjia.campaigns.models import Target
    from niangjia.households.models import Household
    from niangjia.visits.models import HomeVisit

SHOWN = 10


def target_panel(*, target: "Target", actor: Actor, day: date) -> Panel:
    """The form of the visit while the target waits; the visits of its household in the campaign."""
    acts = []
    if target.outcome == Outcome.OPEN and actor.may(Word.MAKE, at=target.path):
        acts = [_form({"target": target.pk})]
    if target.household_id is None:
        return Panel(acts=acts)
    filters = Filters(campaign=target.campaign_id, household=target.household_id)
    return Panel(acts=acts, tables=_tables(filters, actor))


def household_panel(*, household: "Household", actor: Actor, day: date) -> Panel:
    """The visits of the household that the reader may see, newest first, and the form of a further one."""
    acts = [_form({"household": household.pk})] if actor.may(Word.MAKE, at=household.path) else []
    return Panel(acts=acts, tables=_tables(Filters(household=household.pk), actor))


def _form(told: dict[str, int]) -> Act:
    return Act(say("登记走访"), f"{reverse('new-visit')}?{urlencode(told)}", "house", "primary")


def _tables(filters: Filters, actor: Actor) -> list[Table]:
    found = visits.narrowed(rows=visits.visits_for(actor=actor), filters=filters)
    with beyond():
        rows = [_row(one) for one in found.order_by("-visited_at", "-pk")[:SHOWN]]
    columns = (Column(say("走访时间")), Column(say("走访工会")), Column(say("走访干部")), Column(say("结果")))
    return [Table(say("入户走访"), columns, rows)] if rows else []


def _row(one: "HomeVisit") -> Row:
    names = listed([visitor.name for visitor in one.visitors.order_by("pk")])
    return Row(
        [one.visited_at, one.unit.name, names, standing(row=one)], href=reverse("visit", args=[one.pk])
    )
