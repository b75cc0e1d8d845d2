"""Vouchers made by hand: those that wait, one whole, what may be done with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse

from niangjia.kernel.access import Actor
from niangjia.kernel.listing import slice_of
from niangjia.kernel.money import Yuan
from niangjia.kernel.shapes import Act, Cell, Column, Fact, Pager, Row, Table
from niangjia.kernel.words import Said, say
from niangjia.ledger import queries as ledger
from niangjia.ledger.permissions import Word
from niangjia.ledger.rules import KIND_LABELS, VOUCHER, EntryKind, VoucherState
from niangjia.paydesk.queries import account_names
from niangjia.tasks.rules import TodoItem

if TYPE_CHECKING:
    from niangjia.ledger.models import Voucher

SHAPES = {VoucherState.POSTED: "done", VoucherState.REFUSED: "warn", VoucherState.WITHDRAWN: "stop"}
TODO_AT_MOST = 20
STEPS = (
    ("check", Word.CHECK, say("复核通过，入账"), "check-voucher", "primary"),
    ("refuse", Word.CHECK, say("退回制单人"), "refuse-voucher", "outline"),
    ("withdraw", Word.KEEP, say("撤回这张凭证"), "withdraw-voucher", "stop"),
)


@dataclass(frozen=True, slots=True)
class VoucherList:
    """The vouchers of a reader, newest first."""

    table: Table
    pager: Pager


@dataclass(frozen=True, slots=True)
class VoucherPage:
    """One voucher."""

    row: "Voucher"
    title: Said
    state: Said
    shape: str
    facts: Sequence[Fact]
    lines: Table
    acts: Sequence[Act]


def voucher_list(*, actor: Actor, state: str = "", before: str = "", after: str = "") -> VoucherList:
    """Those of the books in sight; `state` narrows to one state."""
    asked = state if state in set(VoucherState) else ""
    rows = ledger.vouchers_in_scope(scope=actor.scope_for(Word.READ), state=asked)
    part = slice_of(rows, sort="-made_at", before=before, after=after)
    columns = (
        Column(say("摘要")),
        Column(say("日期")),
        Column(say("种类")),
        Column(say("金额"), right=True),
        Column(say("账簿")),
        Column(say("状态")),
    )
    lines = [
        Row(
            [
                one.words,
                one.on,
                say(KIND_LABELS[EntryKind(one.kind)]),
                amount_of(row=one),
                one.book.title,
                Cell(VOUCHER.label(one.state), status=SHAPES.get(VoucherState(one.state), "now")),
            ],
            href=reverse("voucher", args=[one.pk]),
        )
        for one in part.rows
    ]
    table = Table(say("手工凭证"), columns, lines, empty=say("还没有手工凭证。请从账簿页面填制。"))
    return VoucherList(table, part.pager(total=rows.count()))


def amount_of(*, row: "Voucher") -> Yuan:
    """What a voucher moves."""
    return Yuan(sum(fen for _, _, fen, _ in row.postings if fen > 0))


def title_of(*, row: "Voucher") -> Said:
    """What a voucher is called before it has a number of the book."""
    return say("手工凭证：{words}", words=row.words)


def voucher_page(*, voucher_id: int, actor: Actor) -> VoucherPage:
    """The voucher as the reader sees it."""
    row = ledger.voucher_in_scope(voucher_id=voucher_id, scope=actor.scope_for(Word.READ))
    who = account_names(user_ids=[row.made_by, row.decided_by])
    facts = [
        Fact(say("账簿"), row.book.title, reverse("book", args=[row.book_id])),
        Fact(say("日期"), row.on),
        Fact(say("种类"), say(KIND_LABELS[EntryKind(row.kind)])),
        Fact(say("摘要"), row.words),
        Fact(say("制单"), who.get(row.made_by or 0, say("系统"))),
        Fact(say("制单时间"), row.made_at),
    ]
    if row.decided_at is not None:
        facts.append(Fact(say("办理"), who.get(row.decided_by or 0, say("系统"))))
    if row.reason:
        facts.append(Fact(say("更正的理由"), row.reason))
    if row.answer:
        facts.append(Fact(say("退回的理由"), row.answer))
    if row.entry_id:
        facts.append(Fact(say("入账凭证"), str(row.entry), reverse("entry", args=[row.entry_id])))
    return VoucherPage(
        row=row,
        title=title_of(row=row),
        state=VOUCHER.label(row.state),
        shape=SHAPES.get(VoucherState(row.state), "now"),
        facts=facts,
        lines=_lines(row),
        acts=_acts(row, actor),
    )


def _lines(row: "Voucher") -> Table:
    accounts = ledger.accounts_of(book_id=row.book_id)
    funds = dict(row.book.funds.values_list("code", "name"))
    columns = (
        Column(say("科目")),
        Column(say("资金来源")),
        Column(say("借方"), right=True),
        Column(say("贷方"), right=True),
        Column(say("来源")),
    )
    rows = [
        Row(
            [
                f"{code} {accounts[code].name}" if code in accounts else code,
                funds.get(fund, fund),
                Yuan(fen) if fen > 0 else "",
                Yuan(-fen) if fen < 0 else "",
                source or "—",
            ]
        )
        for code, fund, fen, source in row.postings
    ]
    whole = amount_of(row=row)
    return Table(say("分录"), columns, rows, foot=[say("合计"), "", whole, whole, ""])


def _acts(row: "Voucher", actor: Actor) -> list[Act]:
    mine = row.made_by == actor.user_id
    ahead = {step.name for step in VOUCHER.steps_from(row.state)}
    return [
        Act(words, reverse(road, args=[row.pk]), kind=kind)
        for name, word, words, road, kind in STEPS
        if name in ahead and actor.may(word, at=row.book.path) and mine is (name == "withdraw")
    ]


def vouchers_to_do(*, actor: Actor, today: date) -> list[TodoItem]:
    """The vouchers of the acting post's own union that wait for its check (port `NIANGJIA_TODO_SOURCES`)."""
    if actor.unit_id is None or not actor.may(Word.CHECK, at=actor.unit_path):
        return []
    rows = ledger.vouchers_in_scope(scope=actor.scope_for(Word.CHECK), state=VoucherState.PROPOSED)
    rows = rows.filter(book__unit=actor.unit_id, on__lte=today).exclude(made_by=actor.user_id)
    return [
        TodoItem(
            key=f"voucher:{row.pk}",
            kind="books.voucher",
            title=say("复核凭证：{words}", words=row.words),
            road="voucher",
            road_args=(row.pk,),
            unit_id=row.book.unit_id,
            unit_name=actor.unit_name,
            due_on=None,
        )
        for row in rows[:TODO_AT_MOST]
    ]
