"""The bank's statements beside the books: equal to the fen, or every difference line by line."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse

from niangjia.kernel.access import Actor
from niangjia.kernel.listing import slice_of
from niangjia.kernel.money import Yuan
from niangjia.kernel.reaching import beyond
from niangjia.kernel.shapes import Act, Cell, Column, Fact, Figure, Pager, Row, Table
from niangjia.kernel.words import Said, say
from niangjia.paydesk.queries.orders import account_names
from niangjia.payments.permissions import Word
from niangjia.statements import queries, rules
from niangjia.statements.rules import Banked, Booked, Pair, Why

if TYPE_CHECKING:
    from niangjia.statements.models import BankStatement

SHAPES = {Why.ONE: "done", Why.BATCH: "done"}
MOST = 500


@dataclass(frozen=True, slots=True)
class StatementList:
    """The statements of a book, the last read first."""

    table: Table
    pager: Pager
    acts: Sequence[Act]


@dataclass(frozen=True, slots=True)
class StatementPage:
    """One statement against the books."""

    row: "BankStatement"
    title: Said
    agrees: bool
    figures: Sequence[Figure]
    facts: Sequence[Fact]
    differences: Table
    agreed: Table


def title_of(*, row: "BankStatement") -> Said:
    """What a statement is called: its days."""
    return say("{first}至{last}的对账单", first=row.first, last=row.last)


def statement_list(*, actor: Actor, before: str = "", after: str = "") -> StatementList:
    """The statements that were read, of the unions in sight."""
    rows = queries.statements_in_scope(scope=actor.scope_for(Word.READ))
    part = slice_of(rows, sort="-read_at", before=before, after=after)
    columns = (
        Column(say("对账单")),
        Column(say("账簿")),
        Column(say("银行科目")),
        Column(say("行数"), right=True),
        Column(say("新增"), right=True),
        Column(say("读取时间")),
    )
    lines = [
        Row(
            [title_of(row=one), one.book.title, one.bank_code, one.rows, one.fresh, one.read_at],
            href=reverse("statement", args=[one.pk]),
        )
        for one in part.rows
    ]
    empty = say("还没有读取过银行对账单。请从账簿页面上传。")
    table = Table(say("银行对账单"), columns, lines, empty=empty)
    return StatementList(table, part.pager(total=rows.count()), ())


def statement_page(*, statement_id: int, actor: Actor) -> StatementPage:
    """The statement compared with the books as they stand now: what is booked later shows at once."""
    row = queries.statement_in_scope(statement_id=statement_id, scope=actor.scope_for(Word.READ))
    with beyond():
        found = queries.compared(statement=row)
    agreed = [pair for pair in found.result.pairs if pair.why in SHAPES]
    who = account_names(user_ids=[row.read_by])
    return StatementPage(
        row=row,
        title=title_of(row=row),
        agrees=found.agrees,
        figures=_figures(row, found),
        facts=[
            Fact(say("账簿"), row.book.title, reverse("book", args=[row.book_id])),
            Fact(say("银行科目"), row.bank_code),
            Fact(say("读取"), who.get(row.read_by or 0, say("系统"))),
            Fact(say("读取时间"), row.read_at),
            Fact(say("各类笔数"), _counted(found)),
        ],
        differences=_table(say("差异"), found.result.differences, empty=say("没有差异，逐笔都对上了。")),
        agreed=_table(say("相符"), agreed[:MOST], empty=say("还没有对上的。")),
    )


def _figures(row: "BankStatement", found: queries.Compared) -> list[Figure]:
    here = reverse("statement", args=[row.pk])
    book = f"{reverse('book', args=[row.book_id])}?day={row.last.isoformat()}"
    bank = found.bank_balance if found.bank_balance is not None else say("对账单没有余额列")
    return [
        Figure(say("银行余额"), bank, f"{here}#agreed", note=say("截至 {day}", day=row.last)),
        Figure(say("账上余额"), found.book_balance, book, note=say("截至 {day}", day=row.last)),
        Figure(say("差异"), len(found.result.differences), f"{here}#differences", unit=say("处")),
    ]


def _counted(found: queries.Compared) -> str:
    counts = Counter(pair.why for pair in found.result.pairs)
    return "；".join(f"{_short(why)} {counts[why]}" for why in Why if counts[why]) or "—"


def _short(why: Why) -> str:
    return str(rules.WHY_LABELS[why]).split("。")[0].split("，")[0]


def _table(caption: Said, pairs: Sequence[Pair], *, empty: Said) -> Table:
    columns = (
        Column(say("日期")),
        Column(say("银行"), right=True),
        Column(say("账上"), right=True),
        Column(say("相差"), right=True),
        Column(say("摘要")),
        Column(say("情况")),
    )
    return Table(caption, columns, [_line(pair) for pair in pairs], empty=empty)


def _line(pair: Pair) -> Row:
    both: list[Banked | Booked] = [*pair.banked, *pair.booked]
    bank = Yuan.total(one.amount for one in pair.banked) if pair.banked else "—"
    book = Yuan.total(one.amount for one in pair.booked) if pair.booked else "—"
    words = next((one.words for one in both if one.words), "—")
    more = say("等 {n} 笔", n=len(pair.booked)) if len(pair.booked) > 1 else ""
    state = Cell(rules.WHY_LABELS[pair.why], status=SHAPES.get(pair.why, "warn"))
    href = reverse("entry", args=[pair.booked[0].id]) if pair.booked else ""
    return Row([both[0].on, bank, book, pair.difference, Cell(words, href=href, note=more), state])
