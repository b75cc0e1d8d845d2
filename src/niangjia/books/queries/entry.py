"""One voucher: its lines, who made and checked it, the order behind it, what took it back."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse

from niangjia.kernel.access import EVERYWHERE, Actor, Scope
from niangjia.kernel.errors import NotVisible
from niangjia.kernel.money import Yuan
from niangjia.kernel.reaching import beyond
from niangjia.kernel.shapes import Cell, Column, Fact, Row, Table
from niangjia.kernel.words import Said, say
from niangjia.ledger import queries as ledger
from niangjia.ledger.permissions import Word
from niangjia.ledger.rules import KIND_LABELS, EntryKind
from niangjia.papers import queries as papers
from niangjia.papers.rules import Subject
from niangjia.paydesk.queries import account_names

if TYPE_CHECKING:
    from niangjia.ledger.models import Entry
    from niangjia.ledger.queries import Leg

KIND = "ledger.entry"
MOST_LEGS = 200


@dataclass(frozen=True, slots=True)
class EntryPage:
    """Everything that the page of a voucher shows."""

    row: "Entry"
    title: Said
    facts: Sequence[Fact]
    lines: Table
    traces: Sequence[Table]


def title_of(*, row: "Entry") -> Said:
    """What a voucher is called."""
    return say("凭证 {number}", number=str(row))


def entry_page(*, entry_id: int, actor: Actor) -> EntryPage:
    """The voucher as the reader sees it."""
    row = ledger.entry_in_scope(entry_id=entry_id, scope=actor.scope_for(Word.READ))
    who = account_names(user_ids=[row.made_by, row.checked_by])
    facts = [
        Fact(say("账簿"), row.book.title, reverse("book", args=[row.book_id])),
        Fact(say("日期"), row.on),
        Fact(say("种类"), say(KIND_LABELS[EntryKind(row.kind)])),
        Fact(say("摘要"), row.words),
        Fact(say("制单"), who.get(row.made_by or 0, say("系统"))),
        Fact(say("复核"), who.get(row.checked_by or 0, "—")),
        Fact(say("记账时间"), row.posted_at),
        *_about(row),
        *_contra(row),
    ]
    return EntryPage(row, title_of(row=row), facts, _lines(row), _traces(row))


def _traces(row: "Entry") -> list[Table]:
    """Where the money came from and where it went, to the fen, as far as the reader's scope shows it."""
    told = ledger.trace_of(entry_id=row.pk)
    tables = []
    if told.came_from or told.uncovered:
        note = say("另有 {sum} 元先支后收，还没有来源。", sum=told.uncovered) if told.uncovered else ""
        tables.append(_legs(say("这笔钱从哪来"), told.came_from, note))
    if told.went_to:
        tables.append(_legs(say("这笔钱到哪去"), told.went_to, ""))
    return tables


def _legs(caption: Said, legs: "Sequence[Leg]", note: Said | str) -> Table:
    columns = (
        Column(say("凭证号")),
        Column(say("日期")),
        Column(say("摘要")),
        Column(say("来源")),
        Column(say("资金来源")),
        Column(say("金额"), right=True),
    )
    rows = [
        Row(
            [
                one.number,
                one.on,
                Cell(one.words, note=say("还在账上，没有用出去") if one.held else ""),
                one.source or "—",
                one.fund,
                one.amount,
            ],
            href=reverse("entry", args=[one.entry_id]),
        )
        for one in legs[:MOST_LEGS]
    ]
    whole = Yuan.total(one.amount for one in legs)
    return Table(caption, columns, rows, note=note, foot=[say("合计"), "", "", "", "", whole])


def _about(row: "Entry") -> list[Fact]:
    """The matter or order behind the voucher, with its page where it has one."""
    if row.about_id is None:
        return []
    try:
        with beyond():
            subject = papers.subject_of(about_kind=row.about_kind, about_id=row.about_id, scope=EVERYWHERE)
    except NotVisible:
        return [Fact(say("依据"), say("第 {number} 号", number=row.about_id))]
    return [Fact(say("依据"), subject.name, subject.href)]


def _contra(row: "Entry") -> list[Fact]:
    """What it takes back, or what took it back."""
    told = []
    if row.contra_of is not None:
        told.append(Fact(say("冲销的凭证"), str(row.contra_of), reverse("entry", args=[row.contra_of_id])))
    taken = row.__class__._default_manager.filter(contra_of=row.pk).first()  # noqa: SLF001 - Django's name
    if taken is not None:
        told.append(Fact(say("已由这张凭证冲销"), str(taken), reverse("entry", args=[taken.pk])))
    if row.reason:
        told.append(Fact(say("冲销或更正的理由"), row.reason))
    if row.erratum_year:
        told.append(Fact(say("更正的年度"), say("{year} 年", year=row.erratum_year)))
    return told


def _lines(row: "Entry") -> Table:
    columns = (
        Column(say("科目")),
        Column(say("资金来源")),
        Column(say("借方"), right=True),
        Column(say("贷方"), right=True),
        Column(say("来源")),
    )
    lines = list(row.postings.select_related("account", "fund").order_by("line"))
    rows = [
        Row(
            [
                str(one.account),
                one.fund.name,
                Yuan(one.fen) if one.fen > 0 else "",
                Yuan(-one.fen) if one.fen < 0 else "",
                one.source or "—",
            ]
        )
        for one in lines
    ]
    whole = Yuan(sum(one.fen for one in lines if one.fen > 0))
    return Table(say("分录"), columns, rows, foot=[say("合计"), "", whole, whole, ""])


def entry_subject(*, about_id: int, scope: Scope) -> Subject:
    """The voucher that files hang on, or 404 (the port of papers)."""
    row = ledger.entry_in_scope(entry_id=about_id, scope=scope)
    book = row.book
    href = reverse("entry", args=[row.pk])
    return Subject(KIND, row.pk, unit_id=book.unit_id, path=book.path, name=f"凭证 {row}", href=href)
