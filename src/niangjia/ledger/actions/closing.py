"""A year is closed: income and expense go into the surplus, the statement is kept, nothing enters it more."""

from datetime import date, datetime

from django.db import connection, transaction
from django.db.models import F

from niangjia.kernel import journal
from niangjia.kernel.access import Actor, Scope
from niangjia.kernel.clock import day_of
from niangjia.kernel.errors import Refused
from niangjia.kernel.policing import value_of
from niangjia.kernel.words import say
from niangjia.ledger import queries
from niangjia.ledger.actions.entering import Ready, hold
from niangjia.ledger.actions.posting import put
from niangjia.ledger.models import Book, BookYear, Entry
from niangjia.ledger.permissions import Word
from niangjia.ledger.rules import EntryKind, closing_lines, last_day, require_over, statement_of

KIND = "ledger.book"


@transaction.atomic
def close_year(*, book_id: int, year: int, by: Actor, at: datetime) -> BookYear:
    """The year's income and expense are in the surplus of their funds; the year stays as it is (App. D 8).

    Raises Refused while the year goes on, while an earlier year is open, and while a voucher of the year
    waits for its check.
    """
    by.require(Word.CLOSE)
    scope = by.scope_for(Word.CLOSE)
    book = queries.book_in_scope(book_id=book_id, scope=scope)
    hold(book_id)
    row = _year(book_id, year)
    _require_ready(book, row, today=day_of(at))
    lines = queries.year_lines(book_id=book_id, year=year)
    surplus(book=book, scope=scope, on=last_day(year), key=f"close/{year}", by=by, at=at)
    digest, entries = queries.year_digest(book_id=book_id, year=year)
    row.statement = statement_of(lines, entries=entries, digest=digest)
    row.closed_at, row.closed_by = at, by.user_id
    row.save(update_fields=["statement", "closed_at", "closed_by"])
    Book.objects.filter(pk=book_id).update(closed_through=last_day(year), version=F("version") + 1)
    after = {"year": year, "entries": entries, "sha256": digest}
    journal.record("close_year", by=by, at=at, kind=KIND, object_id=book_id, after=after)
    return row


def surplus(*, book: Book, scope: Scope, on: date, key: str, by: Actor, at: datetime) -> Entry | None:
    """Income and expense stand in the surplus of their funds; None where there is nothing to close."""
    code = value_of(key="ledger.surplus_account", unit_id=book.unit_id, day=on).of(str)
    standing = queries.balances(book_id=book.pk, day=on)
    lines = closing_lines(
        ((one.code, one.klass, one.fund_code, one.amount.fen) for one in standing), surplus=code
    )
    if not lines:
        return None
    ready = Ready(
        on, EntryKind.CLOSE, str(say("收入和支出结转结余")), key,
        [(line.account_code, line.fund_code, line.amount.fen, "") for line in lines], made_by=by.user_id,
    )  # fmt: skip
    return put(book_id=book.pk, scope=scope, ready=ready, by=by, at=at)


def _year(book_id: int, year: int) -> BookYear:
    """The row of the year, made if nothing was ever entered in it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO ledger_bookyear (book_id, year) VALUES (%s, %s) ON CONFLICT DO NOTHING",
            [book_id, year],
        )
    return BookYear.objects.get(book=book_id, year=year)


def _require_ready(book: Book, row: BookYear, *, today: date) -> None:
    require_over(row.year, today=today)
    if row.closed_at is not None:
        raise Refused(say("{year} 年已经结账。", year=row.year), field="year")
    if row.year < book.opened_on.year:
        raise Refused(say("账簿那一年还没有启用。"), field="year")
    before = book.closed_through.year if book.closed_through else book.opened_on.year - 1
    if row.year != before + 1:
        raise Refused(say("请先结 {year} 年的账。", year=before + 1), field="year")
    if queries.vouchers_waiting(book_id=book.pk, until=last_day(row.year)).exists():
        raise Refused(say("这一年还有待复核的凭证，请先复核或退回。"))
