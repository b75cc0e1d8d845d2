"""Books and funds as an officer sees them: what each holds, what is set aside, the entries behind it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.db.models import Q, Sum
from django.urls import reverse

from niangjia.kernel.access import Actor
from niangjia.kernel.listing import slice_of
from niangjia.kernel.money import Yuan
from niangjia.kernel.shapes import Cell, Column, Fact, Figure, Pager, Row, Table
from niangjia.kernel.words import Said, say
from niangjia.ledger import queries as ledger
from niangjia.ledger.permissions import Word
from niangjia.ledger.rules import CLASS_LABELS, FUND_LABELS, KIND_LABELS, EntryKind, FundKind, Klass
from niangjia.payments import queries as payments

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from niangjia.ledger.models import Book, Entry, Fund

MOST_BOOKS = 50


@dataclass(frozen=True, slots=True)
class BookFunds:
    """A book with its funds."""

    title: Said
    href: str
    table: Table


@dataclass(frozen=True, slots=True)
class Overview:
    """The funds of every book in sight."""

    books: Sequence[BookFunds]
    figures: Sequence[Figure]


def overview(*, actor: Actor) -> Overview:
    """Each book with its funds: held, set aside, free; each number opens its rows."""
    scope = actor.scope_for(Word.READ)
    books = list(ledger.books_in_scope(scope=scope)[:MOST_BOOKS])
    told = [_funds_of(book, ledger.funds_in_scope(scope=scope, book_id=book.pk)) for book in books]
    return Overview(told, _figures(books))


def _funds_of(book: "Book", funds: "QuerySet[Fund]") -> BookFunds:
    columns = (
        Column(say("资金来源")),
        Column(say("种类")),
        Column(say("结存"), right=True),
        Column(say("已开支付单"), right=True),
        Column(say("可用"), right=True),
    )
    memo = say("{title}（备查，不计入工会资金）", title=book.title)
    title = memo if book.memo else say("{title}", title=book.title)
    empty = say("这本账簿还没有设立资金来源。")
    table = Table(title, columns, [_fund_line(one) for one in funds], empty=empty)
    return BookFunds(title, reverse("book", args=[book.pk]), table)


def _fund_line(fund: "Fund") -> Row:
    held, aside = ledger.fund_available(fund_id=fund.pk), payments.reserved(fund_id=fund.pk)
    orders = f"{reverse('payments')}?{urlencode({'fund': fund.pk, 'state': 'open'})}"
    mark = say("专款") if fund.restricted else ""
    return Row(
        [
            Cell(fund.name, note=mark),
            say(FUND_LABELS[FundKind(fund.kind)]),
            held,
            Cell(aside, href=orders),
            held - aside,
        ],
        href=reverse("fund", args=[fund.pk]),
    )


def _figures(books: "Sequence[Book]") -> list[Figure]:
    own = [book for book in books if not book.memo]
    total = Yuan.total(
        one.amount for book in own for one in ledger.balances_of(book_id=book.pk) if one.klass == Klass.ASSET
    )
    here = reverse("money")
    return [
        Figure(say("账簿"), len(books), here, unit=say("本")),
        Figure(say("资产合计"), total, here, note=say("不含备查簿")),
    ]


@dataclass(frozen=True, slots=True)
class FundPage:
    """One fund: what it holds in which account, and the entries that made it so."""

    row: "Fund"
    figures: Sequence[Figure]
    facts: Sequence[Fact]
    accounts: Table
    entries: Table
    pager: Pager


def fund_page(*, fund_id: int, actor: Actor, before: str = "", after: str = "") -> FundPage:
    """The fund as the reader sees it; the entries add up to what it holds."""
    scope = actor.scope_for(Word.READ)
    row = ledger.fund_in_scope(fund_id=fund_id, scope=scope)
    held, aside = ledger.fund_available(fund_id=row.pk), payments.reserved(fund_id=row.pk)
    here, orders = reverse("fund", args=[row.pk]), reverse("payments")
    figures = [
        Figure(say("结存"), held, f"{here}#entries"),
        Figure(say("已开支付单"), aside, f"{orders}?fund={row.pk}&state=open"),
        Figure(say("可用"), held - aside, f"{here}#entries"),
    ]
    rows = ledger.entries_in_scope(scope=scope, book_id=row.book_id).filter(postings__fund=row.pk).distinct()
    part = slice_of(rows, sort="-id", before=before, after=after)
    return FundPage(
        row=row,
        figures=figures,
        facts=_fund_facts(row),
        accounts=trial_table(book_id=row.book_id, fund_id=row.pk),
        entries=entry_table(rows=part.rows, fund_id=row.pk),
        pager=part.pager(total=rows.count()),
    )


def _fund_facts(row: "Fund") -> list[Fact]:
    return [
        Fact(say("账簿"), row.book.title, reverse("book", args=[row.book_id])),
        Fact(say("代号"), row.code),
        Fact(say("种类"), say(FUND_LABELS[FundKind(row.kind)])),
        Fact(say("专款专用"), say("是") if row.restricted else say("否")),
        Fact(say("用途"), row.purpose or "—"),
        Fact(say("启用日"), row.since),
        *([Fact(say("停用日"), row.until)] if row.until else []),
    ]


def trial_table(*, book_id: int, fund_id: int | None = None, day: date | None = None) -> Table:
    """What stands in each account, debit and credit; both sides sum to the same (trial balance)."""
    found = ledger.balances(book_id=book_id, day=day)
    sums: dict[tuple[str, str, Klass], int] = {}
    for one in found:
        if fund_id in {None, one.fund_id}:
            key = (one.code, one.name, one.klass)
            sums[key] = sums.get(key, 0) + one.amount.fen
    columns = (
        Column(say("科目")),
        Column(say("类别")),
        Column(say("借方余额"), right=True),
        Column(say("贷方余额"), right=True),
    )
    rows = [
        Row([f"{code} {name}", say(CLASS_LABELS[klass]), *_sides(fen)], href=_entries_of(book_id, code))
        for (code, name, klass), fen in sorted(sums.items())
        if fen
    ]
    debit, credit = (Yuan(sum(fen for fen in sums.values() if fen * sign > 0) * sign) for sign in (1, -1))
    foot = [say("合计"), "", debit, credit]
    return Table(say("科目余额"), columns, rows, empty=say("还没有一笔账。"), foot=foot if rows else ())


def _sides(fen: int) -> tuple[object, object]:
    return (Yuan(fen), "") if fen > 0 else ("", Yuan(-fen))


def _entries_of(book_id: int, code: str) -> str:
    return f"{reverse('entries', args=[book_id])}?{urlencode({'account': code})}"


def entry_table(*, rows: "Sequence[Entry]", fund_id: int | None = None, code: str = "") -> Table:
    """Entries as lines, with what each does to the fund or account that is looked at."""
    sums = _sums(rows, fund_id=fund_id, code=code)
    columns = (
        Column(say("凭证号")),
        Column(say("日期")),
        Column(say("种类")),
        Column(say("摘要")),
        Column(say("金额"), right=True),
    )
    lines = [
        Row(
            [str(one), one.on, say(KIND_LABELS[EntryKind(one.kind)]), one.words, sums.get(one.pk, Yuan(0))],
            href=reverse("entry", args=[one.pk]),
        )
        for one in rows
    ]
    return Table(say("凭证"), columns, lines, empty=say("没有符合条件的凭证。"))


def _sums(rows: "Sequence[Entry]", *, fund_id: int | None, code: str) -> Mapping[int, Yuan]:
    """What the entries do to an account, to a fund's assets, or, looked at as a whole, how much they move."""
    if not rows:
        return {}
    lines = rows[0].__class__._default_manager.filter(pk__in=[one.pk for one in rows])  # noqa: SLF001 - Django's name
    asked = Q(postings__fund=fund_id) if fund_id else Q()
    if code:
        asked &= Q(postings__account__code=code)
    elif fund_id:
        asked &= Q(postings__account__klass=Klass.ASSET)
    else:
        asked &= Q(postings__fen__gt=0)
    found = lines.annotate(total=Sum("postings__fen", filter=asked)).values_list("pk", "total")
    return {pk: Yuan(int(total or 0)) for pk, total in found}


@dataclass(frozen=True, slots=True)
class BookPage:
    """One book on a day: its trial balance and what belongs to it."""

    row: "Book"
    facts: Sequence[Fact]
    trial: Table
    funds: Table


def book_page(*, book_id: int, actor: Actor, day: date | None = None) -> BookPage:
    """The book as the reader sees it, now or at the end of a day."""
    scope = actor.scope_for(Word.READ)
    row = ledger.book_in_scope(book_id=book_id, scope=scope)
    facts = [
        Fact(say("工会"), row.unit.name),
        Fact(say("启用日"), row.opened_on),
        Fact(say("已结账至"), row.closed_through or say("还没有结过账")),
    ]
    if row.ended_on:
        facts.append(Fact(say("停用日"), row.ended_on))
    funds = _funds_of(row, ledger.funds_in_scope(scope=scope, book_id=row.pk)).table
    return BookPage(row, facts, trial_table(book_id=row.pk, day=day), funds)


@dataclass(frozen=True, slots=True)
class EntryFilters:
    """What a list of entries is narrowed to; every field stands in the address."""

    year: int | None = None
    kind: str = ""
    account: str = ""


@dataclass(frozen=True, slots=True)
class EntryList:
    """The entries of a book, narrowed."""

    row: "Book"
    table: Table
    pager: Pager
    total: int


def entry_list(
    *, book_id: int, actor: Actor, filters: EntryFilters, before: str = "", after: str = ""
) -> EntryList:
    """Newest first; looked at by one account, each line says what it does there."""
    scope = actor.scope_for(Word.READ)
    row = ledger.book_in_scope(book_id=book_id, scope=scope)
    rows = ledger.entries_in_scope(scope=scope, book_id=row.pk, year=filters.year, kind=filters.kind)
    if filters.account:
        rows = rows.filter(postings__account__code=filters.account).distinct()
    part = slice_of(rows, sort="-id", before=before, after=after)
    total = rows.count()
    table = entry_table(rows=part.rows, code=filters.account)
    return EntryList(row, table, part.pager(total=total), total)


def years_of(*, book: "Book") -> list[int]:
    """The years in which the book has entries, the latest first."""
    return list(book.years.order_by("-year").values_list("year", flat=True))
