"""Batches in the shapes of the page furniture: the list, one of them, its roster, what is mine."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse

from niangjia.accounts import queries as accounts
from niangjia.comfort.queries.settling import batch_settling
from niangjia.handouts import queries as handouts
from niangjia.handouts.queries import Filters
from niangjia.handouts.rules import (
    BATCH,
    KIND,
    KINDS,
    LABELS,
    OUTCOMES,
    STATUS,
    WAYS,
    BatchKind,
    Outcome,
    State,
    Tally,
)
from niangjia.kernel.access import Actor
from niangjia.kernel.listing import Slice, slice_of
from niangjia.kernel.money import Yuan
from niangjia.kernel.reaching import beyond
from niangjia.kernel.shapes import Act, Cell, Column, Event, Fact, Figure, Pager, Row, Stage, Table
from niangjia.kernel.versions import authors_of, lines_of
from niangjia.kernel.words import Said, say
from niangjia.sympathy.permissions import Word
from niangjia.tasks import queries as tasks
from niangjia.tree import queries as tree

if TYPE_CHECKING:
    from niangjia.handouts.models import HandoutBatch, HandoutRow

MINE = 50
STEPS: tuple[tuple[str, Said, str, str], ...] = (
    ("submit", say("提交批准"), "submit-handout", "primary"),
    ("approve", say("批准发放"), "approve-handout", "primary"),
    ("close", say("结束发放"), "close-handout", "outline"),
    ("send_back", say("退回修改"), "send-back-handout", "outline"),
    ("reopen", say("重新打开"), "reopen-handout", "outline"),
    ("cancel", say("取消这一批"), "cancel-handout", "stop"),
)
"""Each step: the button that names its consequence, its road, how it looks."""
DRAFTING: tuple[tuple[Said, str, bool], ...] = (
    (say("修改内容"), "edit-handout", False),
    (say("添加一位"), "add-to-handout", True),
    (say("按会员名册重新生成"), "draw-handout", True),
)
VERBS: Mapping[str, Said] = {
    "arrange_handout": say("拟定名册"),
    "amend_handout": say("修改内容"),
    "draw_handout_again": say("重新生成名册"),
    "add_to_roster": say("添加一位"),
    "drop_from_roster": say("移出一位"),
    "submit_handout": say("提交批准"),
    "send_back_handout": say("退回修改"),
    "approve_handout": say("批准发放"),
    "count_heads": say("登记人次"),
    "hand_out_row": say("登记领取"),
    "note_row": say("记录没有领的原因"),
    "miss_row": say("登记不再发"),
    "open_row_again": say("更正领取登记"),
    "book_check": say("登记预约"),
    "close_handout": say("结束发放"),
    "reopen_handout": say("重新打开"),
    "cancel_handout": say("取消"),
    "settle_handout": say("结算"),
    "unsettle_handout": say("款项退回，重新结算"),
    "order_handout_money": say("开支付单"),
    "propose_handout_goods": say("慰问品制单"),
    "book_handout_goods": say("慰问品入账"),
    "refuse_handout_goods": say("退回慰问品凭证"),
}


@dataclass(frozen=True, slots=True)
class BatchList:
    """The batches of a reader, narrowed, with the counts of the year."""

    table: Table
    pager: Pager
    total: int
    figures: Sequence[Figure]
    acts: Sequence[Act]


@dataclass(frozen=True, slots=True)
class BatchPage:
    """Everything that the page of a batch shows."""

    row: "HandoutBatch"
    state: Said
    stages: Sequence[Stage]
    standing: Sequence[tasks.Standing]
    shape: str
    counts: Said
    facts: Sequence[Fact]
    figures: Sequence[Figure]
    notes: Sequence[Said]
    acts: Sequence[Act]
    settling: Sequence[Act]
    table: Table | None
    pager: Pager
    total: int
    events: Sequence[Event]
    poster: bool
    prints: bool


def batch_list(
    *, actor: Actor, filters: Filters, today: date, before: str = "", after: str = ""
) -> BatchList:
    """Newest first; persons and person-times of the year stand side by side, never as one number."""
    rows = handouts.narrowed(rows=handouts.batches_for(actor=actor), filters=filters)
    part = slice_of(rows, sort="-on", before=before, after=after)
    tallies = handouts.tallies_of(batch_ids=[one.pk for one in part.rows])
    with beyond():
        names = tree.names_of(unit_ids={one.unit_id for one in part.rows})
    first = Act(say("新建一批"), reverse("new-handout"), icon="plus", kind="primary")
    acts = (first,) if actor.may(Word.VISIT) else ()
    columns = (
        Column(say("名称")),
        Column(say("类别")),
        Column(say("发放日")),
        Column(say("工会")),
        Column(say("名册")),
        Column(say("还没有领"), right=True),
        Column(say("状态")),
    )
    lines = [_line(one, tallies.get(one.pk, Tally()), names.get(one.unit_id, "")) for one in part.rows]
    empty = say("还没有发放批次。") if filters == Filters() else say("没有符合条件的批次。")
    table = Table(say("慰问发放"), columns, lines, empty=empty, first=acts[0] if acts else None)
    total = rows.count()
    figures = _year(actor, today.year)
    return BatchList(table, part.pager(total=total), total, figures, acts)


def _year(actor: Actor, year: int) -> list[Figure]:
    told, home = handouts.year_counts(actor=actor, year=year), reverse("handouts")
    return [
        Figure(say("{year} 年领到慰问的", year=year), told["persons"].value, home, unit=say("人")),
        Figure(say("{year} 年发放", year=year), told["times"].value, home, unit=say("人次")),
    ]


def _line(row: "HandoutBatch", tally: Tally, unit: str) -> Row:
    state = Cell(LABELS[row.state], status=STATUS.get(row.state, "now"))
    count = say("{n} 人次", n=row.heads or 0) if row.counted else say("{n} 人", n=tally.persons.value)
    return Row(
        [row.name, KINDS[row.kind], row.on, unit, count, tally.open, state],
        href=reverse("handout", args=[row.pk]),
    )


def batch_page(
    *, batch_id: int, actor: Actor, today: date, outcome: str = "", name: str = "", places: Mapping[str, str]
) -> BatchPage:
    """One batch as the reader's post sees it, with a part of its roster; `places` are its paging keys."""
    row = handouts.batch_for(batch_id=batch_id, actor=actor)
    tally = handouts.tally_of(batch=row)
    hands = actor.may(Word.VISIT, at=row.path)
    rows = handouts.rows_of(batch=row, outcome=outcome, name=name)
    part = slice_of(rows, sort="name", before=places.get("before", ""), after=places.get("after", ""))
    with beyond():
        names = accounts.account_names(user_ids={row.made_by or 0, row.approved_by or 0})
        table = None if row.counted else _roster(row, part, hands=hands)
        notes = _notes(row, tally)
        money, settling = batch_settling(row=row, actor=actor)
    total = rows.count()
    living = row.state in {State.APPROVED, State.CLOSED, State.SETTLED}
    return BatchPage(
        row=row,
        state=LABELS[row.state],
        stages=_stages(row),
        standing=tasks.standing_of(about_kind=KIND, about_id=row.pk, today=today),
        shape=STATUS.get(row.state, "now"),
        counts=counts_of(row=row, tally=tally),
        facts=[*_facts(row, tally, names), *money],
        figures=_figures(row, tally),
        notes=notes,
        acts=_acts(row, tally, actor, hands=hands),
        settling=settling,
        table=table,
        pager=part.pager(total=total),
        total=total,
        events=_events(row),
        poster=row.state == State.APPROVED and not row.counted and row.kind != BatchKind.WOMEN,
        prints=living and hands,
    )


def counts_of(*, row: "HandoutBatch", tally: Tally) -> Said:
    """The exact counts: persons of a roster and what they come to, or heads and what those come to."""
    each = Yuan(row.each_fen + row.amount_fen)
    if row.counted:
        heads = row.heads or 0
        return say("本批 {n} 人次，合计 {sum} 元", n=heads, sum=each * heads)
    if row.kind == BatchKind.WOMEN:
        return say("本批 {n} 人，已预约 {b} 人，已到检 {d} 人", n=tally.persons.value, b=tally.booked,
                   d=tally.received)  # fmt: skip
    return tally.said(each)


def portion_of(*, row: "HandoutBatch") -> Said:
    """What one of the roster receives."""
    money = say("慰问金 {sum} 元", sum=Yuan(row.amount_fen))
    if row.goods and row.amount_fen:
        return say("{goods} 1 份，{money}", goods=row.goods, money=money)
    if row.amount_fen:
        return money
    return say("{goods} 1 份", goods=row.goods) if row.goods else say("体检一次")


def _stages(row: "HandoutBatch") -> list[Stage]:
    """Where the batch stands on its way."""
    order = [State.DRAFT, State.SUBMITTED, State.APPROVED, State.CLOSED, State.SETTLED]
    if row.state == State.CANCELLED:
        return []
    here = order.index(State(row.state))
    words = (say("拟定名册"), say("批准"), say("发放"), say("结算"))
    done = "done" if row.state == State.SETTLED else "now"
    return [
        Stage(label, "done" if place < here else done if place == here else "todo")
        for place, label in enumerate(words)
    ]


def _figures(row: "HandoutBatch", tally: Tally) -> list[Figure]:
    if row.counted:
        return []
    home = reverse("handout", args=[row.pk])
    told = ((Outcome.OPEN, tally.open), (Outcome.RECEIVED, tally.received), (Outcome.MISSED, tally.missed))
    return [
        Figure(OUTCOMES[outcome], count, f"{home}?outcome={outcome}", unit=say("人"))
        for outcome, count in told
    ]


def _facts(row: "HandoutBatch", tally: Tally, names: Mapping[int, str]) -> list[Fact]:
    told = [
        Fact(say("类别"), KINDS[row.kind]),
        Fact(say("工会"), row.unit.name),
        Fact(say("发放日"), row.on),
        Fact(say("拟定"), names.get(row.made_by or 0) or "—"),
    ]
    told += [Fact(say("专项行动"), row.campaign.name)] if row.campaign else []
    told += [Fact(say("地点"), row.site)] if row.site else []
    if row.goods:
        told.append(Fact(say("慰问品"), say("{what}，每份 {sum} 元", what=row.goods, sum=Yuan(row.each_fen))))
    if row.amount_fen:
        told.append(Fact(say("每人慰问金"), say("{sum} 元", sum=Yuan(row.amount_fen))))
        told.append(Fact(say("已付款"), say("{n} 人", n=tally.paid)))
    if row.approved_by:
        told.append(Fact(say("批准"), names.get(row.approved_by) or "—"))
    if row.goods and row.left is not None:
        told.append(Fact(say("数量"), handouts.goods_of(batch=row, tally=tally).said))
    told += [Fact(say("说明"), row.words)] if row.words else []
    return [*told, Fact(say("原因"), row.reason)] if row.reason else told


def _notes(row: "HandoutBatch", tally: Tally) -> list[Said]:
    """What must be said before anybody acts; asked inside `beyond`."""
    told = []
    if row.amount_fen and row.state in {State.DRAFT, State.SUBMITTED}:
        cap = handouts.cap_of(kind=row.kind, unit_id=row.unit_id, day=row.on)
        told.append(say("慰问金：{hint}", hint=cap.hint))
    twice = 0 if row.counted or row.state == State.CANCELLED else handouts.doubled(batch=row)
    if twice:
        told.append(say("名册里有 {n} 人同月还在别的“{kind}”批次里，请核对是不是重复。", n=twice,
                        kind=KINDS[row.kind]))  # fmt: skip
    if row.state == State.APPROVED and tally.open:
        told.append(say("还有 {n} 人没有领：逐人登记已领或写明原因以后，才能结束。", n=tally.open))
    return told


def _acts(row: "HandoutBatch", tally: Tally, actor: Actor, *, hands: bool) -> list[Act]:
    """The steps that the acting post may take now; handing out comes first."""
    told: list[Act] = []
    if row.state == State.APPROVED and hands:
        road, words = (
            ("count-handout", say("登记实发人次")) if row.counted else ("give-handout", say("开始发放"))
        )
        told.append(Act(words, reverse(road, args=[row.pk]), icon="hand-heart", kind="primary"))
    ahead = {step.name: step for step in BATCH.steps_from(row.state)}
    own = actor.user_id is not None and actor.user_id == row.made_by
    for name, words, road, kind in STEPS:
        barred = (name == "approve" and own) or (name == "cancel" and bool(tally.received))
        if name in ahead and not barred and actor.may(ahead[name].by, at=row.path):
            told.append(Act(words, reverse(road, args=[row.pk]), kind=kind))
    if row.state == State.DRAFT and hands:
        told += [
            Act(words, reverse(road, args=[row.pk]))
            for words, road, roster in DRAFTING
            if not (roster and row.counted)
        ]
    return told


def _roster(row: "HandoutBatch", part: "Slice[HandoutRow]", *, hands: bool) -> Table:
    """A part of the roster, each line opening where it is handed out or taken off."""
    unions = tree.names_of(unit_ids={one.union_id for one in part.rows if one.union_id})
    columns = [Column(say("姓名")), Column(say("所在工会"))]
    columns += [Column(say("生日"))] if row.kind == BatchKind.BIRTHDAY else []
    columns += [Column(say("预约日"))] if row.kind == BatchKind.WOMEN else []
    columns += [Column(say("结果")), Column(say("签收"))]
    lines = [_roster_line(row, one, unions.get(one.union_id or 0, ""), hands=hands) for one in part.rows]
    return Table(say("名册"), columns, lines, empty=say("名册里没有符合条件的人。"))


def _roster_line(batch: "HandoutBatch", one: "HandoutRow", union: str, *, hands: bool) -> Row:
    cells: list[object] = [one.name, union]
    cells += [one.birthday or "—"] if batch.kind == BatchKind.BIRTHDAY else []
    cells += [one.booked_on or "—"] if batch.kind == BatchKind.WOMEN else []
    cells += [outcome_cell(one=one), receipt_said(one=one)]
    road = {State.DRAFT: "drop-from-handout", State.APPROVED: "handout-row"}.get(State(batch.state), "")
    href = reverse(road, args=[batch.pk, one.pk]) if road and hands else ""
    return Row(cells, href=href)


def outcome_cell(*, one: "HandoutRow") -> Cell:
    """What became of somebody, by word and shape; why not, where he did not receive."""
    shape = {Outcome.RECEIVED: "done", Outcome.MISSED: "stop"}.get(Outcome(one.outcome), "todo")
    return Cell(OUTCOMES[one.outcome], status=shape, note=one.reason)


def receipt_said(*, one: "HandoutRow") -> Said | str:
    """How receipt is shown."""
    if one.outcome != Outcome.RECEIVED:
        return "—"
    return say("{way}，{name}代领", way=WAYS[one.way], name=one.proxy) if one.proxy else WAYS[one.way]


def _events(row: "HandoutBatch") -> list[Event]:
    lines = lines_of(kind=KIND, object_ids=[row.pk])
    who = authors_of(lines)
    return [
        Event(line.at, who.get(line.user_id, "—"), VERBS.get(line.verb, say("办理了一步")), line.reason)
        for line in lines
    ]


def giving_list(*, batch: "HandoutBatch", name: str) -> "list[HandoutRow]":
    """Who has not received yet, few enough for a phone."""
    return list(handouts.rows_of(batch=batch, outcome=Outcome.OPEN, name=name)[:MINE])


def own_batches(*, person_id: int) -> Table:
    """The batches on whose roster a worker himself stands, newest first."""
    with beyond():
        found = list(handouts.own_rows(person_id=person_id)[:MINE])
        lines = [
            Row(
                [
                    one.batch.name,
                    one.batch.on,
                    one.batch.unit.name,
                    one.batch.goods or "—",
                    outcome_cell(one=one),
                ],
                href=reverse("my-handout", args=[one.batch_id]),
            )
            for one in found
        ]
    columns = (
        Column(say("名称")), Column(say("发放日")), Column(say("工会")), Column(say("慰问品")),
        Column(say("领取")),
    )  # fmt: skip
    return Table(say("发给我的慰问品和慰问金"), columns, lines, empty=say("还没有发放记录。"))
