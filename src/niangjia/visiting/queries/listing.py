"""The list of visits: who was visited, by whom, what was found."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse

from niangjia.households import queries as homes
from niangjia.households.permissions import Word as HomeWord
from niangjia.kernel.access import Actor
from niangjia.kernel.identifiers import mask_name
from niangjia.kernel.listing import slice_of
from niangjia.kernel.reaching import beyond
from niangjia.kernel.shapes import Act, Cell, Column, Pager, Row, Table
from niangjia.kernel.words import Said, listed, say
from niangjia.visits import queries as visits
from niangjia.visits import rules
from niangjia.visits.permissions import Word
from niangjia.visits.queries import Filters

if TYPE_CHECKING:
    from niangjia.visits.models import HomeVisit

SHAPES: Mapping[str, str] = {"confirmed": "done", "not_confirmed": "warn", "moved": "todo", "refused": "todo"}


@dataclass(frozen=True, slots=True)
class VisitList:
    """The visits of a reader, narrowed."""

    table: Table
    pager: Pager
    total: int
    acts: Sequence[Act]


def visit_list(*, actor: Actor, filters: Filters, before: str = "", after: str = "") -> VisitList:
    """Newest first; names are whole for whoever keeps the household alone (SC-11)."""
    rows = visits.narrowed(rows=visits.visits_for(actor=actor), filters=filters)
    part = slice_of(rows, sort="-visited_at", before=before, after=after)
    with beyond():
        lines = [_line(one, actor) for one in part.rows]
    columns = (
        Column(say("职工")),
        Column(say("走访时间")),
        Column(say("走访工会")),
        Column(say("走访干部")),
        Column(say("专项行动")),
        Column(say("结果")),
    )
    acts = _acts(actor)
    empty = say("还没有走访记录。") if filters == Filters() else say("没有符合条件的走访记录。")
    table = Table(say("走访记录"), columns, lines, empty=empty, first=acts[0] if acts else None)
    total = rows.count()
    return VisitList(table, part.pager(total=total), total, acts)


def _acts(actor: Actor) -> tuple[Act, ...]:
    found = []
    if actor.may(Word.MAKE):
        found.append(Act(say("打开走访手机页"), reverse("visit-kit"), icon="house", kind="primary"))
        found.append(Act(say("在线登记走访"), reverse("new-visit"), icon="plus"))
    if actor.may("phones.keep"):
        found.append(Act(say("走访手机"), reverse("visit-phones"), icon="phone"))
        found.append(Act(say("待核的走访"), reverse("held-visits"), icon="clipboard-list"))
    return tuple(found)


def _line(row: "HomeVisit", actor: Actor) -> Row:
    who = homes.head_name(household=row.household, actor=actor) if row.household else _told(row, actor)
    names = listed([one.name for one in row.visitors.order_by("pk")])
    campaign = row.campaign.name if row.campaign else "—"
    cells = [who, row.visited_at, row.unit.name, names, campaign, standing(row=row)]
    return Row(cells, href=reverse("visit", args=[row.pk]))


def _told(row: "HomeVisit", actor: Actor) -> str:
    """As the target was reported, where no household stands yet."""
    if row.target is None:
        return "—"
    name: str = row.target.name
    return name if actor.may(HomeWord.KEEP, at=row.path) else mask_name(name)


def standing(*, row: "HomeVisit") -> Cell:
    """The result as a status; a visit that is void says so first."""
    if row.voided_at is not None:
        return Cell(say("已作废"), status="stop")
    words: Said = rules.RESULTS[row.result]
    return Cell(words, status=SHAPES[row.result])
