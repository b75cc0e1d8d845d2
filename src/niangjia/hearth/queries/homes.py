"""The list of households: the worker's masked name, who keeps it, what is missing; each count its rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.urls import reverse

from niangjia.households import queries as households
from niangjia.households.permissions import Word
from niangjia.households.queries import Brief, Filters
from niangjia.kernel.access import Actor
from niangjia.kernel.listing import slice_of
from niangjia.kernel.paths import unit_id_of
from niangjia.kernel.shapes import Act, Cell, Column, Figure, Pager, Row, Table
from niangjia.kernel.words import Said, say

if TYPE_CHECKING:
    from niangjia.households.models import Household

COLUMNS = (
    Column(say("户主（职工）")),
    Column(say("家庭编号"), right=True),
    Column(say("共同生活（人）"), right=True),
    Column(say("登记工会")),
    Column(say("档案")),
)
FIGURES: tuple[tuple[str, Said], ...] = (
    ("", say("家庭档案")),
    ("complete", say("已齐全")),
    ("incomplete", say("待补全")),
    ("disputed", say("有待核定")),
    ("unproven", say("证件未核对")),
)


@dataclass(frozen=True, slots=True)
class HomeList:
    """The households of a reader, narrowed, with the counts of each state."""

    table: Table
    pager: Pager
    total: int
    figures: Sequence[Figure]
    acts: Sequence[Act]


def home_list(*, actor: Actor, filters: Filters, before: str = "", after: str = "") -> HomeList:
    """The households that the acting post reads, the newest first; names are masked (R-G-02)."""
    scope = actor.scope_for(Word.READ)
    heads = not actor.may(Word.KEEP)
    rows = households.households_within(scope=scope)
    found = households.narrowed(rows=rows, filters=filters, scope=scope, heads=heads)
    part = slice_of(found, sort="-id", before=before, after=after)
    briefs = households.briefs_of(numbers=[row.pk for row in part.rows])
    acts = _acts(actor)
    table = Table(
        say("家庭档案"),
        COLUMNS,
        [_line(row, briefs[row.pk]) for row in part.rows],
        empty=say("还没有登记家庭。") if filters == Filters() else say("没有符合条件的家庭。"),
        first=acts[0] if acts else None,
    )
    total = found.count()
    return HomeList(table, part.pager(total=total), total, _figures(actor, filters), acts)


def _acts(actor: Actor) -> list[Act]:
    if not actor.may(Word.KEEP):
        return []
    return [Act(say("登记一户家庭"), reverse("open-household"), "plus", kind="primary")]


def _figures(actor: Actor, filters: Filters) -> list[Figure]:
    """How many of each state, under the same union; the number opens exactly those."""
    scope = actor.scope_for(Word.READ)
    rows = households.narrowed(
        rows=households.households_within(scope=scope), filters=Filters(under=filters.under), scope=scope
    )
    counts = households.counts_of(rows=rows)
    kept = {"under": unit_id_of(filters.under)} if filters.under else {}
    here = reverse("households")
    return [
        Figure(
            label,
            counts[state or "all"],
            f"{here}?{urlencode({'state': state, **kept} if state else kept)}",
            say("户"),
        )
        for state, label in FIGURES
    ]


def _line(row: "Household", brief: Brief) -> Row:
    cells = [brief.head, row.pk, brief.members, brief.keeper, standing_of(row=row)]
    return Row(cells, reverse("household", args=[row.pk]))


def standing_of(*, row: "Household") -> Cell:
    """How complete a file is, by shape and word."""
    missing = row.lacking + row.unproven
    if row.disputed:
        return Cell(say("{n} 处待核定", n=row.disputed), status="warn")
    if missing:
        return Cell(say("还差 {n} 项", n=missing), status="todo")
    return Cell(say("齐全"), status="done")
