"""The years of a book: what each account did in it, what was corrected later, whether it may be closed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse

from niangjia.books.queries.money import entry_table
from niangjia.kernel.access import Actor
from niangjia.kernel.money import Yuan
from niangjia.kernel.shapes import Act, Cell, Column, Fact, Row, Table
from niangjia.kernel.words import Said, say
from niangjia.ledger import queries as ledger
from niangjia.ledger.permissions import Word
from niangjia.ledger.rules import CLASS_LABELS, Klass

if TYPE_CHECKING:
    from niangjia.ledger.models import Book


@dataclass(frozen=True, slots=True)
class YearPage:
    """One year of a book."""

    book: "Book"
    title: Said
    facts: Sequence[Fact]
    lines: Table
    errata: Table


def year_page(*, book_id: int, year: int, actor: Actor) -> YearPage:
    """The statement of a year; of a closed one as it was, with what was corrected later beside it."""
    book = ledger.book_in_scope(book_id=book_id, scope=actor.scope_for(Word.READ))
    row = ledger.years_of(book_id=book.pk).filter(year=year).first()
    facts = [Fact(say("账簿"), book.title, reverse("book", args=[book.pk]))]
    kept = row.statement if row is not None else None
    if row is not None and kept is not None:
        facts += [
            Fact(say("结账时间"), row.closed_at),
            Fact(say("凭证张数"), kept["entries"]),
            Fact(say("凭证指纹（SHA-256）"), kept["sha256"][:16]),
        ]
    else:
        facts.append(Fact(say("状态"), say("还没有结账")))
    errata = list(ledger.errata_of(book_id=book.pk, year=year))
    return YearPage(book, say("{year} 年度", year=year), facts, _lines(book, year), entry_table(rows=errata))


def _lines(book: "Book", year: int) -> Table:
    columns = (
        Column(say("科目")),
        Column(say("类别")),
        Column(say("资金来源")),
        Column(say("年初"), right=True),
        Column(say("借方发生"), right=True),
        Column(say("贷方发生"), right=True),
        Column(say("年末"), right=True),
    )
    rows = [
        Row(
            [
                f"{one.code} {one.name}",
                say(CLASS_LABELS[Klass(one.klass)]),
                one.fund_name,
                Yuan(one.opening),
                Yuan(one.debit),
                Yuan(one.credit),
                Yuan(one.closing),
            ]
        )
        for one in ledger.year_lines(book_id=book.pk, year=year)
    ]
    note = say("借方为正、贷方为负；收入和支出是结转之前的数。")
    return Table(say("年度报表"), columns, rows, note=note, empty=say("这一年没有一笔账。"))


def years_table(*, book: "Book") -> Table:
    """The years of a book with their pages."""
    rows = [
        Row(
            [
                say("{year} 年", year=one.year),
                one.last_number,
                Cell(say("已结账"), status="done") if one.closed_at else Cell(say("未结账"), status="now"),
            ],
            href=reverse("book-year", args=[book.pk, one.year]),
        )
        for one in ledger.years_of(book_id=book.pk)
    ]
    columns = (Column(say("年度")), Column(say("凭证张数"), right=True), Column(say("状态")))
    return Table(say("会计年度"), columns, rows, empty=say("还没有一笔账。"))


def acts_of(*, book: "Book", actor: Actor, today: date) -> list[Act]:
    """What the acting post may do with a book."""
    acts = []
    if book.ended_on is None and actor.may(Word.KEEP, at=book.path):
        acts.append(Act(say("填制凭证"), reverse("propose-voucher", args=[book.pk]), kind="primary"))
    if actor.may("payments.pay", at=book.path):
        acts.append(Act(say("读取银行对账单"), reverse("read-statement", args=[book.pk]), icon="upload"))
    if actor.may(Word.CLOSE, at=book.path) and next_year(book=book) < today.year:
        acts.append(Act(say("年度结账"), reverse("close-year", args=[book.pk])))
    return acts


def next_year(*, book: "Book") -> int:
    """The first year that is not closed yet."""
    return book.closed_through.year + 1 if book.closed_through else book.opened_on.year
