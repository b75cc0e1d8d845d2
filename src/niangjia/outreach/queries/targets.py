"""The list of whom a campaign is to reach, one of them, and the visits of an officer's day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse

from niangjia.accounts import queries as accounts
from niangjia.campaigns import queries as campaigns
from niangjia.campaigns import rules
from niangjia.campaigns.permissions import Word
from niangjia.campaigns.queries import Filters
from niangjia.campaigns.rules import TARGET, Outcome, State
from niangjia.households import queries as households
from niangjia.households.permissions import Word as HouseholdsWord
from niangjia.kernel.access import Actor
from niangjia.kernel.listing import slice_of
from niangjia.kernel.reaching import beyond
from niangjia.kernel.shapes import Act, Cell, Column, Crumb, Event, Fact, Pager, Panel, Row, Table
from niangjia.kernel.words import Said, listed, say
from niangjia.outreach.queries.around import of_target
from niangjia.outreach.queries.board import LIST
from niangjia.outreach.queries.history import events_of
from niangjia.tasks import queries as tasks
from niangjia.tree import queries as tree

if TYPE_CHECKING:
    from niangjia.campaigns.models import Campaign, Target

COLUMNS = (
    Column(say("姓名")), Column(say("单位或住处")), Column(say("负责走访的工会")), Column(say("走访干部")),
    Column(say("计划走访")), Column(say("结果")),
)  # fmt: skip
NOBODY = say("还没有安排")


@dataclass(frozen=True, slots=True)
class TargetList:
    """Some targets of a campaign, narrowed by the address."""

    row: "Campaign"
    crumbs: Sequence[Crumb]
    table: Table
    pager: Pager
    total: int
    rolls: Mapping[str, Said]


def target_list(
    *, campaign_id: int, filters: Filters, actor: Actor, before: str = "", after: str = ""
) -> TargetList:
    """Whom the unions of the reader's scope are to visit in a campaign."""
    row = campaigns.campaign_for(campaign_id=campaign_id, actor=actor)
    rows = campaigns.targets_for(actor=actor).filter(campaign=row)
    found = campaigns.narrowed(rows=rows, filters=filters)
    part = slice_of(found, sort="id", before=before, after=after)
    crumbs = [
        Crumb(LIST, reverse("campaigns")),
        Crumb(row.name, reverse("campaign", args=[row.pk])),
        Crumb(say("走访对象")),
    ]
    table = Table(say("走访对象"), COLUMNS, lines_of(rows=part.rows), empty=say("没有符合条件的对象。"))
    total = found.count()
    rolls = {one.code: rules.said_roll(one.code) for one in campaigns.rolls_of(campaign=row, actor=actor)}
    return TargetList(row, crumbs, table, part.pager(total=total), total, rolls)


def lines_of(*, rows: Sequence["Target"]) -> list[Row]:
    """Targets as lines of a table."""
    with beyond():
        units = tree.names_of(unit_ids={one.unit_id for one in rows})
    names = accounts.account_names(user_ids={one.holder_id for one in rows if one.holder_id})
    return [
        Row(
            [
                one.name,
                one.place or "—",
                units.get(one.unit_id, ""),
                names.get(one.holder_id or 0, NOBODY),
                one.planned_on or "—",
                Cell(rules.OUTCOMES[one.outcome], status=rules.SHAPES[one.outcome]),
            ],
            reverse("target", args=[one.pk]),
        )
        for one in rows
    ]


def open_table(*, rows: Sequence["Target"]) -> Table:
    """Those who have no outcome yet."""
    return Table(say("还没有走访结果的"), COLUMNS, lines_of(rows=rows))


@dataclass(frozen=True, slots=True)
class TargetPage:
    """Everything that the page of a target shows."""

    row: "Target"
    crumbs: Sequence[Crumb]
    state: Cell
    facts: Sequence[Fact]
    standing: Sequence[tasks.Standing]
    acts: Sequence[Act]
    panel: Panel
    events: Sequence[Event]


def target_page(*, target_id: int, actor: Actor, today: date) -> TargetPage:
    """Who, where, by whom reported, when and by whom to be visited, what came of it."""
    row = campaigns.target_for(target_id=target_id, actor=actor)
    name = row.campaign.name
    crumbs = [
        Crumb(LIST, reverse("campaigns")),
        Crumb(name, reverse("campaign", args=[row.campaign_id])),
        Crumb(row.name),
    ]
    return TargetPage(
        row=row,
        crumbs=crumbs,
        state=Cell(rules.OUTCOMES[row.outcome], status=rules.SHAPES[row.outcome]),
        facts=facts_of(row=row, actor=actor),
        standing=tasks.standing_of(about_kind=TARGET, about_id=row.pk, today=today),
        acts=_acts(row, actor),
        panel=of_target(target=row, actor=actor, day=today),
        events=events_of(kind=TARGET, object_id=row.pk),
    )


def reads_words(*, row: "Target", actor: Actor) -> bool:
    """Whether the reader may read in what need somebody is: whoever visits or runs the campaign (SC-11)."""
    return actor.may(Word.SETTLE, at=row.path) or actor.may(Word.RUN, at=row.path)


def facts_of(*, row: "Target", actor: Actor) -> list[Fact]:
    """What is known of a target, as the reader may know it."""
    with beyond():
        units = tree.names_of(unit_ids=[row.unit_id])
        rolls = listed([rules.said_roll(one.roll) for one in row.mentions.order_by("pk")])
    names = accounts.account_names(user_ids=[one for one in (row.holder_id, row.reported_by) if one])
    shows = reads_words(row=row, actor=actor)
    told = [
        Fact(say("单位或住处"), row.place or "—"),
        Fact(say("负责走访的工会"), units.get(row.unit_id, "")),
        Fact(say("走访干部"), names.get(row.holder_id or 0, NOBODY)),
        Fact(say("计划走访"), row.planned_on or "—"),
        Fact(
            say("上报"),
            say("{who}，{day}", who=names.get(row.reported_by or 0, "—"), day=row.reported_at.date()),
        ),
        Fact(say("列入的名单"), rolls),
    ]
    if shows:
        told.append(Fact(say("上报情况"), row.words or "—"))
        told += [Fact(say("原因"), row.outcome_why)] if row.outcome_why else []
    if row.household_id:
        href = reverse("household", args=[row.household_id]) if actor.may(HouseholdsWord.READ) else ""
        told.append(Fact(say("家庭档案"), say("第 {n} 号家庭", n=row.household_id), href))
    return told


def _acts(row: "Target", actor: Actor) -> list[Act]:
    if row.campaign.state != State.RUNNING or not actor.may(Word.SETTLE, at=row.path):
        return []
    here = [row.pk]
    if row.outcome == Outcome.VISITED:
        return []
    if row.outcome != Outcome.OPEN:
        return [Act(say("重新走访"), reverse("reopen-target", args=here), "undo-2")]
    acts = [Act(say("安排走访"), reverse("plan-visit", args=here), "calendar-days", "primary")]
    if row.household_id is None and actor.may(HouseholdsWord.KEEP, at=row.path):
        href = f"{reverse('open-household')}?target={row.pk}"
        acts.append(Act(say("登记这一户的家庭档案"), href, "folder-open"))
    return [*acts, Act(say("登记没有走访成的结果"), reverse("settle-target", args=here), "x")]


@dataclass(frozen=True, slots=True)
class Stop:
    """One visit of a day: who, where, why; and where it is entered."""

    row: "Target"
    place: str
    phone: str
    late: bool
    done: bool
    panel: Panel


@dataclass(frozen=True, slots=True)
class Day:
    """An officer's visits of a day, by place."""

    day: date
    stops: Sequence[Stop]
    done: int


def day_of_visits(*, actor: Actor, day: date, today: date) -> Day:
    """今天走访: what is planned for the day, and what should have been done before; by place."""
    stops = [
        _stop(one, day=day, today=today, actor=actor) for one in campaigns.visits_of(actor=actor, day=day)
    ]
    stops.sort(key=lambda one: (one.done, one.place, one.row.pk))
    return Day(day, stops, sum(one.done for one in stops))


def _stop(row: "Target", *, day: date, today: date, actor: Actor) -> Stop:
    told = _household(row, actor)
    is_open = row.outcome == Outcome.OPEN
    return Stop(
        row=row,
        place=row.place or str(told.get("residence", "")),
        phone=str(told.get("phone", "")),
        late=is_open and row.planned_on is not None and row.planned_on < day,
        done=not is_open,
        panel=of_target(target=row, actor=actor, day=today),
    )


def _household(row: "Target", actor: Actor) -> households.Facts:
    """Where the household lives and how it is called, for whoever keeps its file."""
    if row.household_id is None:
        return {}
    with beyond():
        home = households.household_by_number(household_id=row.household_id)
    if not actor.may(HouseholdsWord.KEEP, at=home.path):
        return {}
    return households.facts_of(household=home)[None]


def leads_table(*, actor: Actor) -> Table:
    """What the reader has reported: whether it is being handled, never what was found (SC-11)."""
    rows = campaigns.leads_of(actor=actor, most=MOST_LEADS)
    told = [
        Row(
            [
                one.name,
                one.place or "—",
                one.reported_at.date(),
                one.campaign.name,
                Cell(HANDLED[one.outcome], status=rules.SHAPES[one.outcome]),
            ]
        )
        for one in rows
    ]
    columns = (
        Column(say("姓名")), Column(say("单位或住处")), Column(say("上报日期")), Column(say("行动")),
        Column(say("办理情况")),
    )  # fmt: skip
    return Table(say("我上报的"), columns, told, empty=say("还没有上报过。"))


MOST_LEADS = 200
HANDLED: Mapping[str, Said] = {
    Outcome.OPEN: say("正在办理"),
    Outcome.VISITED: say("工会已上门"),
    Outcome.DECLINED: say("已了结"),
    Outcome.UNREACHABLE: say("已了结"),
}
