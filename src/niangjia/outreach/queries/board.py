"""The list of campaigns and the board of one, whose counts add up from the officer to the county."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.urls import reverse

from niangjia.accounts import queries as accounts
from niangjia.campaigns import queries as campaigns
from niangjia.campaigns import rules
from niangjia.campaigns.permissions import Word
from niangjia.campaigns.queries import Line
from niangjia.campaigns.rules import CAMPAIGN, KIND, Outcome, State
from niangjia.campaigns.rules import Row as Counts
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import NotVisible
from niangjia.kernel.listing import slice_of
from niangjia.kernel.paths import ancestors, unit_id_of
from niangjia.kernel.reaching import beyond
from niangjia.kernel.shapes import Act, Cell, Column, Crumb, Event, Fact, Figure, Pager, Panel, Row, Table
from niangjia.kernel.words import Said, say
from niangjia.outreach.queries.around import of_campaign
from niangjia.outreach.queries.history import events_of
from niangjia.tree import queries as tree

if TYPE_CHECKING:
    from niangjia.campaigns.models import Campaign
    from niangjia.tree.models import Unit

LIST = say("专项行动")
OUTCOMES = (Outcome.VISITED, Outcome.DECLINED, Outcome.UNREACHABLE, Outcome.OPEN)
COUNTED = (
    Column(say("对象"), right=True),
    *(Column(rules.OUTCOMES[one], right=True) for one in OUTCOMES),
    Column(say("上门率"), right=True),
)
STEPS: tuple[tuple[str, Said, str, str], ...] = (
    ("begin", say("开始行动，各级可以上报"), "begin-campaign", "primary"),
    ("close", say("结束行动"), "close-campaign", "primary"),
    ("archive", say("归档"), "archive-campaign", "outline"),
    ("reopen", say("重新开放"), "reopen-campaign", "outline"),
    ("cancel", say("取消这项行动"), "cancel-campaign", "stop"),
)
"""Each step: the button that names its consequence, its road, how it looks."""


@dataclass(frozen=True, slots=True)
class CampaignList:
    """The campaigns in which the acting post takes part."""

    table: Table
    pager: Pager
    acts: Sequence[Act]


def campaign_list(*, actor: Actor, before: str = "", after: str = "") -> CampaignList:
    """The newest first, each with how far it is in the reader's own scope."""
    rows = campaigns.campaigns_for(actor=actor).select_related("unit")
    part = slice_of(rows, sort="-opens_on", before=before, after=after)
    counts = campaigns.counts_by_campaign(campaigns=part.rows, actor=actor)
    acts = [Act(say("建立专项行动"), reverse("arrange-campaign"), "plus", kind="primary")]
    acts = acts if actor.may(Word.RUN) else []
    columns = (
        Column(say("行动")), Column(say("类别")), Column(say("开展工会")), Column(say("起止")),
        Column(say("已走访/对象"), right=True), Column(say("待走访"), right=True), Column(say("状态")),
    )  # fmt: skip
    with beyond():
        names = tree.names_of(unit_ids={one.unit_id for one in part.rows})
    table = Table(
        LIST,
        columns,
        [_line(one, names.get(one.unit_id, ""), counts.get(one.pk, Counts())) for one in part.rows],
        empty=say("还没有专项行动。"),
        first=acts[0] if acts else None,
    )
    return CampaignList(table, part.pager(total=rows.count()), acts)


def _line(row: "Campaign", unit: str, counts: Counts) -> Row:
    return Row(
        [
            row.name,
            rules.KINDS[row.kind],
            unit,
            say("{since} 至 {last}", since=row.opens_on, last=row.closes_on),
            say("{done}/{all}", done=counts.visited, all=counts.targets),
            counts.open,
            Cell(rules.LABELS[row.state], status=rules.STATE_SHAPES[row.state]),
        ],
        reverse("campaign", args=[row.pk]),
    )


@dataclass(frozen=True, slots=True)
class BoardPage:
    """Everything that the page of a campaign shows, at one union."""

    row: "Campaign"
    at: "Unit"
    state: Cell
    mark: Cell
    crumbs: Sequence[Crumb]
    figures: Sequence[Figure]
    equation: Said
    facts: Sequence[Fact]
    below: Table | None
    officers: Table | None
    acts: Sequence[Act]
    steps: Sequence[Act]
    panel: Panel
    events: Sequence[Event]


def board_page(*, campaign_id: int, unit_id: int | None, actor: Actor, today: date) -> BoardPage:
    """The board of a campaign at a union: the unions below it, then its own targets by officer (C3)."""
    row = campaigns.campaign_for(campaign_id=campaign_id, actor=actor)
    at = place_of(row=row, unit_id=unit_id, actor=actor)
    board = campaigns.board_of(campaign=row, at=at, actor=actor)
    total = board.total
    return BoardPage(
        row=row,
        at=at,
        state=Cell(rules.LABELS[row.state], status=rules.STATE_SHAPES[row.state]),
        mark=mark_of(counts=total),
        crumbs=_crumbs(row, at, actor),
        figures=figures_of(row=row, at=at, counts=total),
        equation=equation_of(counts=total),
        facts=_facts(row),
        below=_below(row, at, board.lines, total),
        officers=_officers(row, at, board.lines, actor),
        acts=_acts(row, actor),
        steps=_steps(row, actor),
        panel=of_campaign(campaign=row, actor=actor, day=today),
        events=events_of(kind=KIND, object_id=row.pk),
    )


def place_of(*, row: "Campaign", unit_id: int | None, actor: Actor) -> "Unit":
    """The union at which the board is read: the one asked for, else the campaign's or the reader's own."""
    scope = actor.scope_for(Word.READ)
    with beyond():
        if unit_id is None:
            unit_id = row.unit_id if scope.covers(row.path) else actor.unit_id
        unit = tree.public_unit(unit_id=unit_id or row.unit_id)
    if not scope.covers(unit.path) or not unit.path.startswith(row.path):
        raise NotVisible
    return unit


def mark_of(*, counts: Counts) -> Cell:
    """全部上门 stands only where everybody was visited; a settled list says that it is settled."""
    if counts.all_visited:
        return Cell(say("全部上门 100%"), status="done")
    if counts.all_settled:
        return Cell(say("全部有结果，上门 {n}%", n=counts.percent_visited), status="now")
    if counts.percent_visited is None:
        return Cell(say("还没有上报对象"), status="todo")
    return Cell(say("上门 {n}%", n=counts.percent_visited), status="todo")


def equation_of(*, counts: Counts) -> Said:
    """The equation from which nobody can vanish (feature 30)."""
    return say(
        "对象 {targets} 户＝已走访 {visited}＋本人谢绝 {declined}＋联系不上 {unreachable}＋待走访 {open}",
        targets=counts.targets,
        visited=counts.visited,
        declined=counts.declined,
        unreachable=counts.unreachable,
        open=counts.open,
    )


def rows_href(*, row: "Campaign", **filters: object) -> str:
    """The list of targets behind a number."""
    told = {name: value for name, value in filters.items() if value not in (None, "")}
    return f"{reverse('targets', args=[row.pk])}?{urlencode(told)}"


def figures_of(*, row: "Campaign", at: "Unit", counts: Counts) -> list[Figure]:
    """The parts of the equation, each opening its rows."""
    told = [Figure(say("走访对象"), counts.targets, rows_href(row=row, under=at.pk), say("户"))]
    return told + [
        Figure(
            rules.OUTCOMES[one],
            getattr(counts, one),
            rows_href(row=row, under=at.pk, outcome=str(one)),
            say("户"),
        )
        for one in OUTCOMES
    ]


def _numbers(row: "Campaign", counts: Counts, **place: object) -> list[object]:
    cells: list[object] = [Cell(counts.targets, href=rows_href(row=row, **place))]
    cells += [
        Cell(getattr(counts, one), href=rows_href(row=row, outcome=str(one), **place)) for one in OUTCOMES
    ]
    percent = counts.percent_visited
    return [*cells, "—" if percent is None else say("{n}%", n=percent)]


def _below(row: "Campaign", at: "Unit", lines: Sequence[Line], total: Counts) -> Table | None:
    """The unions below, with the union's own line; nothing where all are its own: they stand by officer."""
    if [line.number for line in lines] == [at.pk]:
        return None
    rows = []
    for line in lines:
        own = line.number == at.pk
        place: Mapping[str, object] = {"unit": at.pk} if own else {"under": line.number}
        name: object = say("{unit}（本级）", unit=line.name) if own else line.name
        here = f"{reverse('campaign', args=[row.pk])}?unit={line.number}"
        cells = _numbers(row, line.row, **place)
        rows.append(Row([Cell(name), *cells], "#officers" if own else here))
    foot = [say("合计"), *_numbers(row, total, under=at.pk)] if rows else ()
    return Table(
        say("各工会走访情况"),
        (Column(say("工会")), *COUNTED),
        rows,
        note=say("每个数字都能点开看是哪几户；合计等于各行之和。"),
        empty=say("还没有上报对象。"),
        foot=foot,
    )


def _officers(row: "Campaign", at: "Unit", lines: Sequence[Line], actor: Actor) -> Table | None:
    """The union's own targets by the officer who holds the visit; their sum is the union's own line."""
    if not any(line.number == at.pk for line in lines):
        return None
    board = campaigns.officers_of(campaign=row, unit_id=at.pk, actor=actor, names={})
    names = accounts.account_names(user_ids=[line.number for line in board.lines if line.number])
    rows = [
        Row(
            [
                names.get(line.number or 0, "—") if line.number else say("还没有安排干部"),
                *_numbers(row, line.row, unit=at.pk, **_held(line)),
            ]
        )
        for line in board.lines
    ]
    foot = [say("合计"), *_numbers(row, board.total, unit=at.pk)]
    columns = (Column(say("走访干部")), *COUNTED)
    return Table(say("{unit}本级，按走访干部", unit=at.name), columns, rows, foot=foot)


def _held(line: Line) -> dict[str, object]:
    return {"holder": line.number} if line.number else {"nobody": 1}


def _crumbs(row: "Campaign", at: "Unit", actor: Actor) -> list[Crumb]:
    """The way down from the campaign's union to the one shown, as far as the reader may go up."""
    here = reverse("campaign", args=[row.pk])
    crumbs = [Crumb(LIST, reverse("campaigns")), Crumb(row.name, here)]
    scope = actor.scope_for(Word.READ)
    down = [path for path in (*ancestors(at.path), at.path) if path.startswith(row.path) and path != row.path]
    ids = [unit_id_of(path) for path in down if scope.covers(path)]
    with beyond():
        names = tree.names_of(unit_ids=ids)
    told = [Crumb(names[one], f"{here}?unit={one}" if one != at.pk else "") for one in ids]
    return [*crumbs, *told]


def _facts(row: "Campaign") -> list[Fact]:
    with beyond():
        unit = tree.public_unit(unit_id=row.unit_id)
    return [
        Fact(say("类别"), rules.KINDS[row.kind]),
        Fact(say("年度"), str(row.year)),
        Fact(say("开展工会"), unit.name),
        Fact(say("起止"), say("{since} 至 {last}", since=row.opens_on, last=row.closes_on)),
        Fact(say("说明"), row.words or "—"),
    ]


def _acts(row: "Campaign", actor: Actor) -> list[Act]:
    """What may be done in a campaign that runs."""
    acts = [Act(say("查漏"), reverse("campaign-completeness", args=[row.pk]), "shield-check")]
    if row.state != State.RUNNING:
        return acts
    if actor.may(Word.SETTLE):
        acts.insert(
            0, Act(say("安排走访"), reverse("plan-visits", args=[row.pk]), "calendar-days", "primary")
        )
    if actor.may(Word.REPORT):
        acts.append(Act(say("上报线索"), f"{reverse('report-lead')}?campaign={row.pk}", "plus"))
    if actor.may(Word.REPORT) and actor.may("exchange.import"):
        acts.append(Act(say("导入名单"), reverse("send-file", args=["targets"]), "upload"))
    if actor.may(Word.RUN, at=row.path):
        acts.append(Act(say("从家庭档案列入"), reverse("draw-targets", args=[row.pk]), "folder-open"))
    return acts


def _steps(row: "Campaign", actor: Actor) -> list[Act]:
    if not actor.may(Word.RUN, at=row.path):
        return []
    ahead = {step.name for step in CAMPAIGN.steps_from(row.state)}
    return [
        Act(words, reverse(road, args=[row.pk]), kind=kind)
        for name, words, road, kind in STEPS
        if name in ahead
    ]
