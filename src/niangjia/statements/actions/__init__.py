"""The bank's statement is read: each of its lines once, however often a file or a day is read again."""

import hashlib
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from niangjia.kernel import clock, journal
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import BadInput, Refused
from niangjia.kernel.reaching import beyond
from niangjia.kernel.sealing import INSTALLATION, keys_for
from niangjia.kernel.words import say
from niangjia.ledger import queries as ledger
from niangjia.payments.actions import BANK, account_code
from niangjia.payments.permissions import Word
from niangjia.statements.models import BankStatement, StatementLine
from niangjia.statements.queries.comparing import FIELD, TABLE
from niangjia.statements.rules import KIND, StatementRow

if TYPE_CHECKING:
    from niangjia.ledger.models import Book


@transaction.atomic
def read_statement(
    *,
    book_id: int,
    rows: Sequence[StatementRow],
    bank_code: str = "",
    sha256: str = "",
    by: Actor,
    at: datetime,
) -> BankStatement:
    """The lines of the statement are kept for comparison with the books; they book nothing.

    A line that was read before is not read again. Raises BadInput for a day to come or no line at all.
    """
    by.require(Word.PAY)
    with beyond():
        book = ledger.book_in_scope(book_id=book_id, scope=by.scope_for(Word.PAY))
        _require_days(rows, at=at)
        code = account_code(book=book, key=BANK, code=bank_code, at=at)
        statement = _kept(book, code, rows, sha256, by=by, at=at)
        told = {"rows": len(rows), "fresh": statement.fresh, "sha256": sha256}
        journal.record("read_statement", by=by, at=at, kind=KIND, object_id=statement.pk, after=told)
    return statement


def _kept(
    book: "Book", code: str, rows: Sequence[StatementRow], sha256: str, *, by: Actor, at: datetime
) -> BankStatement:
    """The statement with those of its lines that were not read before."""
    marks = _marks(rows)
    known = StatementLine.objects.filter(book=book.pk, bank_code=code, mark__in=marks)
    there = set(known.values_list("mark", flat=True))
    fresh = [(row, mark) for row, mark in zip(rows, marks, strict=True) if mark not in there]
    days = sorted(row.on for row in rows)
    statement = BankStatement.objects.create(
        unit_id=book.unit_id, book_id=book.pk, bank_code=code, first=days[0], last=days[-1], rows=len(rows),
        fresh=len(fresh), sha256=sha256, read_by=by.user_id, read_at=at,
    )  # fmt: skip
    keys = keys_for([INSTALLATION])
    StatementLine.objects.bulk_create(
        StatementLine(
            statement=statement,
            book_id=book.pk,
            bank_code=code,
            on=row.on,
            fen=row.amount.fen,
            balance_fen=row.balance.fen if row.balance else None,
            serial=row.serial,
            words=keys.seal(row.words, table=TABLE, person_id=INSTALLATION, field=FIELD),
            mark=mark,
        )
        for row, mark in fresh
    )
    return statement


def _require_days(rows: Sequence[StatementRow], *, at: datetime) -> None:
    if not rows:
        raise Refused(say("对账单里没有一行。请核对是不是传错了文件。"), field="file")
    wrong = [row.row for row in rows if row.on > clock.day_of(at)]
    if wrong:
        raise BadInput(say("第 {row} 行的交易日期晚于今天，请核对。", row=wrong[0]), field="file")


def _marks(rows: Sequence[StatementRow]) -> list[str]:
    """What tells one line from another: day, sum, serial, balance, and which of those alike it is."""
    seen: Counter[tuple[object, ...]] = Counter()
    marks = []
    for row in rows:
        told = (row.on.isoformat(), row.amount.fen, row.serial, row.balance.fen if row.balance else None)
        marks.append(hashlib.sha256(repr((*told, seen[told])).encode()).hexdigest())
        seen[told] += 1
    return marks
