"""The desk: what is to be done, what stands in the acting post's scope, and where it may go."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse

from niangjia.kernel import policy, shapes
from niangjia.kernel.access import Actor
from niangjia.kernel.periods import add_months
from niangjia.kernel.words import say
from niangjia.network import queries as network
from niangjia.network.permissions import Word as NetworkWord
from niangjia.portal.queries.navigation import Item, quick_links
from niangjia.portal.queries.standing import value_of
from niangjia.portal.queries.todo import NO_FILTERS, Filters, ToDo, to_do
from niangjia.portal.rules import Measure, Rows
from niangjia.portal.rules.measures import EMPLOYERS, FEDERATIONS, JOINTS, SINGLES

ENDING_AT_MOST = 10


@dataclass(frozen=True, slots=True)
class Desk:
    """What an officer sees first."""

    figures: Sequence[shapes.Figure]
    links: Sequence[Item]
    ending: shapes.Table | None = None
    todo: ToDo | None = None


def desk(
    *, actor: Actor, today: date, filters: Filters = NO_FILTERS, before: str = "", after: str = ""
) -> Desk:
    """The desk of an acting post: its to-do list first, then its scope's figures, each opening its rows."""
    links = quick_links(actor=actor)
    todo = to_do(actor=actor, today=today, filters=filters, before=before, after=after)
    if not actor.unit_path or not actor.may(NetworkWord.READ):
        return Desk(figures=(), links=links, todo=todo)
    return Desk(figures=_figures(actor, today), links=links, ending=_ending(actor, today), todo=todo)


def _figures(actor: Actor, today: date) -> list[shapes.Figure]:
    counts = network.counts_at(paths=[actor.unit_path], day=today)[0]
    measures = (FEDERATIONS, SINGLES, JOINTS, EMPLOYERS)
    return [
        shapes.Figure(
            measure.label, value_of(measure=measure, counts=counts), _register(measure), unit=say("家")
        )
        for measure in measures
    ]


def _ending(actor: Actor, today: date) -> shapes.Table | None:
    """The terms that end within the first reminder's months, and those already past (R-ORG-09)."""
    before = add_months(today, max(policy.on("term.remind_months", today).of(tuple)))
    scope = actor.scope_for(NetworkWord.READ)
    rows = network.terms_ending(scope=scope, today=today, before=before)[:ENDING_AT_MOST]
    if not rows:
        return None
    return shapes.Table(
        caption=say("届期快满或已满的工会"),
        columns=[shapes.Column(say("工会组织")), shapes.Column(say("届满日"))],
        rows=[
            shapes.Row([row.name, row.term_ends_on], href=reverse("organisation", args=[row.pk]))
            for row in rows
        ],
        note=say("最早的在前，最多列 {count} 家。", count=ENDING_AT_MOST),
    )


def _register(measure: Measure) -> str:
    """The rows of a number in the register; the public rows while the register is not built."""
    name = "organisations" if measure.rows is Rows.ORGANISATIONS else "employers"
    try:
        road = reverse(name)
    except NoReverseMatch:
        return reverse("board")
    return f"{road}?{urlencode([('kind', kind) for kind in measure.kinds])}" if measure.kinds else road
