"""Visits in the shapes of the page furniture: the list, one of them, what a worker received himself."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.urls import reverse

from niangjia.accounts import queries as accounts
from niangjia.comfort.queries.settling import visit_settling
from niangjia.comfort.queries.shown import facts_of, line_of, sums_of
from niangjia.households import queries as households
from niangjia.kernel.access import Actor
from niangjia.kernel.listing import slice_of
from niangjia.kernel.reaching import beyond
from niangjia.kernel.shapes import Act, Cell, Column, Event, Fact, Figure, Pager, Row, Stage, Table
from niangjia.kernel.versions import authors_of, lines_of
from niangjia.kernel.words import Said, say
from niangjia.sympathy import queries as sympathy
from niangjia.sympathy import rules
from niangjia.sympathy.permissions import Word
from niangjia.sympathy.queries import Filters
from niangjia.sympathy.rules import KIND, LABELS, OCCASIONS, STATUS, VISIT, State
from niangjia.sympathy.rules.flow import OPEN
from niangjia.tasks import queries as tasks
from niangjia.tree import queries as tree

if TYPE_CHECKING:
    from niangjia.sympathy.models import SympathyVisit

LOOK_BACK = timedelta(days=365)
MINE = 50
STEPS: tuple[tuple[str, Said, str, str], ...] = (
    ("record", say("登记慰问"), "record-sympathy", "primary"),
    ("plan", say("安排谁去、哪天去"), "plan-sympathy", "outline"),
    ("take_back", say("登记错了，退回重登"), "take-back-sympathy", "outline"),
    ("cancel", say("取消这次慰问"), "cancel-sympathy", "stop"),
)
"""Each step: the button that names its consequence, its road, how it looks."""
VERBS: dict[str, Said] = {
    "report_visit": say("上报"),
    "plan_visit": say("安排慰问"),
    "record_visit": say("登记慰问"),
    "take_back_visit": say("退回重登"),
    "cancel_sympathy": say("取消"),
    "sign_for_visit": say("签收"),
    "settle_visit": say("结算"),
    "reopen_visit": say("款项退回，重新结算"),
    "order_sympathy_money": say("开支付单"),
    "propose_sympathy_goods": say("慰问品制单"),
    "book_sympathy_goods": say("慰问品入账"),
    "refuse_sympathy_goods": say("退回慰问品凭证"),
}


@dataclass(frozen=True, slots=True)
class VisitList:
    """The visits of a reader, narrowed, with the counts of the states."""

    table: Table
    pager: Pager
    total: int
    figures: Sequence[Figure]
    acts: Sequence[Act]


@dataclass(frozen=True, slots=True)
class VisitPage:
    """Everything that the page of a visit shows."""

    row: "SympathyVisit"
    title: Said
    state: Said
    stages: Sequence[Stage]
    standing: Sequence[tasks.Standing]
    shape: str
    facts: Sequence[Fact]
    events: Sequence[Event]
    acts: Sequence[Act]
    others: Table
    notes: Sequence[Said]
    may_take: bool
    settling: Sequence[Act]


def visit_list(*, actor: Actor, filters: Filters, before: str = "", after: str = "") -> VisitList:
    """Newest first; the counts are of everything in the scope, each opens its rows."""
    every = sympathy.visits_for(actor=actor)
    rows = sympathy.narrowed(rows=every, filters=filters)
    part = slice_of(rows, sort="-reported_at", before=before, after=after)
    with beyond():
        names = tree.names_of(unit_ids={one.unit_id for one in part.rows})
    first = Act(say("上报慰问"), reverse("report-visit"), icon="plus", kind="primary")
    acts = (first,) if actor.may(Word.REPORT) else ()
    columns = (
        Column(say("慰问对象")),
        Column(say("情形")),
        Column(say("发生日")),
        Column(say("工会")),
        Column(say("期限或慰问日")),
        Column(say("慰问金（元）"), right=True),
        Column(say("状态")),
    )
    lines = [line_of(row=one, unit=names.get(one.unit_id, "")) for one in part.rows]
    empty = say("还没有慰问记录。") if filters == Filters() else say("没有符合条件的慰问记录。")
    table = Table(say("慰问记录"), columns, lines, empty=empty, first=acts[0] if acts else None)
    total = rows.count()
    return VisitList(table, part.pager(total=total), total, _figures(sympathy.counts_of(rows=every)), acts)


def _figures(told: Mapping[str, int]) -> list[Figure]:
    home = reverse("sympathy-visits")
    parts: tuple[tuple[Said, str, int], ...] = (
        (say("待慰问"), "open", told.get(State.REPORTED, 0) + told.get(State.PLANNED, 0)),
        (say("待结算"), State.DONE, told.get(State.DONE, 0)),
        (say("已结算"), State.SETTLED, told.get(State.SETTLED, 0)),
    )
    return [Figure(label, count, f"{home}?state={state}", unit=say("人次")) for label, state, count in parts]


def visit_page(*, visit_id: int, actor: Actor, today: date) -> VisitPage:
    """One visit as the reader's post sees it; the ward and the worker's words only for whoever goes."""
    row = sympathy.visit_for(visit_id=visit_id, actor=actor)
    goes = actor.may(Word.VISIT, at=row.path)
    with beyond():
        kept = actor.person_id in households.relatives_of(person_id=row.person_id)
        names = accounts.account_names(user_ids={row.holder_id or 0, row.reported_by or 0})
        facts = facts_of(row=row, names=names, visitors=sympathy.visitors_of(visit=row), goes=goes)
        others = _others(row, today)
        money, settling = visit_settling(row=row, actor=actor, kept=kept)
    open_receipt = row.state == State.DONE and not row.receipt and bool(row.gift or row.amount_fen)
    return VisitPage(
        row=row,
        title=say("{occasion}慰问：{name}", occasion=OCCASIONS[row.occasion], name=row.name),
        state=LABELS[row.state],
        stages=_stages(row),
        standing=tasks.standing_of(about_kind=KIND, about_id=row.pk, today=today),
        shape=STATUS.get(row.state, "now"),
        facts=[*facts, *money],
        events=_events(row),
        acts=_acts(row, actor, kept=kept),
        others=others,
        notes=_notes(row, today, kept=kept),
        may_take=open_receipt and goes and not kept,
        settling=settling,
    )


def _acts(row: "SympathyVisit", actor: Actor, *, kept: bool) -> list[Act]:
    """The steps that the acting post may take now."""
    ahead = {step.name: step for step in VISIT.steps_from(row.state)}
    return [
        Act(words, reverse(road, args=[row.pk]), kind=kind)
        for name, words, road, kind in STEPS
        if name in ahead and not kept and actor.may(ahead[name].by, at=row.path)
    ]


def _stages(row: "SympathyVisit") -> list[Stage]:
    """Where the visit stands on its way."""
    order = [State.REPORTED, State.PLANNED, State.DONE, State.SETTLED]
    if row.state == State.CANCELLED:
        return []
    here = order.index(State(row.state))
    days = (row.planned_on, row.visited_on, None)
    words = (say("安排"), say("上门慰问"), say("签收和结算"))
    done = "done" if row.state == State.SETTLED else "now"
    return [
        Stage(label, "done" if place < here else done if place == here else "todo", _noted(days[place]))
        for place, label in enumerate(words)
    ]


def _noted(day: date | None) -> Said | str:
    return say("{day}", day=day) if day else ""


def _notes(row: "SympathyVisit", today: date, *, kept: bool) -> list[Said]:
    """What must be said before anybody acts: recusal, the cap, a deadline that has passed."""
    told = [say("慰问对象是您本人或同住的家人，您须回避，由其他同志办理。")] if kept else []
    if row.state in OPEN:
        cap = sympathy.cap_at(unit_id=row.unit_id, occasion=row.occasion, day=today)
        told.append(say("慰问金：{hint}", hint=cap.hint))
    return told


def _events(row: "SympathyVisit") -> list[Event]:
    """What happened, newest first."""
    lines = lines_of(kind=KIND, object_ids=[row.pk])
    who = authors_of(lines)
    return [
        Event(line.at, who.get(line.user_id, "—"), VERBS.get(line.verb, say("办理了一步")), line.reason)
        for line in lines
    ]


def _others(row: "SympathyVisit", today: date) -> Table:
    """What the same person was given in the year before, wherever (App. D 21)."""
    rows = list(sympathy.other_visits(visit=row, since=today - LOOK_BACK)[:MINE])
    names = tree.names_of(unit_ids={one.unit_id for one in rows})
    lines = [
        Row(
            [
                OCCASIONS[one.occasion],
                one.visited_on or one.since,
                names.get(one.unit_id, ""),
                sums_of(row=one),
                Cell(LABELS[one.state], status=STATUS.get(one.state, "now")),
            ]
        )
        for one in rows
    ]
    columns = (
        Column(say("情形")), Column(say("日期")), Column(say("工会")), Column(say("金额（元）"), right=True),
        Column(say("状态")),
    )  # fmt: skip
    return Table(say("近一年的其他慰问"), columns, lines, empty=say("近一年没有别的慰问，不会重复。"))


def reported_table(*, actor: Actor) -> Table:
    """What the account itself reported, and how it stands; nothing of what was given (SC-11)."""
    rows: Iterable[SympathyVisit] = sympathy.reported_by(actor=actor).order_by("-reported_at", "-pk")[:MINE]
    lines = [
        Row([one.name, OCCASIONS[one.occasion], one.since, Cell(_plainly(one), status=_shape(one))])
        for one in rows
    ]
    columns = (Column(say("慰问对象")), Column(say("情形")), Column(say("发生日")), Column(say("办到哪一步")))
    first = Act(say("上报慰问"), reverse("report-visit"), icon="plus", kind="primary")
    return Table(say("我报的慰问"), columns, lines, empty=say("您还没有报过。"), first=first)


def _plainly(row: "SympathyVisit") -> Said:
    """How it stands, for whoever may not know what was given."""
    if row.state in rules.GIVEN:
        return say("已慰问")
    return say("已取消") if row.state == State.CANCELLED else say("工会正在办理")


def _shape(row: "SympathyVisit") -> str:
    return "done" if row.state in rules.GIVEN else "stop" if row.state == State.CANCELLED else "now"


def own_table(*, person_id: int) -> Table:
    """The visits that a worker himself received, newest first."""
    with beyond():
        found = list(sympathy.own_visits(person_id=person_id)[:MINE])
    lines = [
        Row(
            [
                OCCASIONS[one.occasion],
                one.visited_on,
                one.unit.name,
                one.gift or "—",
                sums_of(row=one),
                Cell(rules.RECEIPTS[one.receipt], status="done" if one.receipt else "todo"),
            ],
            href=reverse("my-sympathy-one", args=[one.pk]),
        )
        for one in found
    ]
    columns = (
        Column(say("情形")), Column(say("慰问日")), Column(say("工会")), Column(say("慰问品")),
        Column(say("慰问金（元）"), right=True), Column(say("签收")),
    )  # fmt: skip
    return Table(say("我收到的慰问"), columns, lines, empty=say("还没有慰问记录。"))
