"""Statements of the bank, and how they agree with the books."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet, Sum

from niangjia.kernel import clock
from niangjia.kernel.access import EVERYWHERE, Scope
from niangjia.kernel.money import Yuan
from niangjia.kernel.policing import value_of
from niangjia.kernel.scoping import the_one, within
from niangjia.kernel.sealing import INSTALLATION, keys_for
from niangjia.ledger import queries as ledger
from niangjia.payments import queries as payments
from niangjia.statements.models import BankStatement, StatementLine
from niangjia.statements.rules import Banked, Booked, Reconciliation, Sent, reconcile

TABLE, FIELD = "statements_statementline", "words"
DAYS = "pay.statement_match_days"


@dataclass(frozen=True, slots=True)
class Compared:
    """A stretch of the bank's account against the books: every line and entry, both balances at its end."""

    result: Reconciliation
    bank_balance: Yuan | None
    book_balance: Yuan

    @property
    def agrees(self) -> bool:
        """Whether every line is accounted for, and the balances, where the bank told one, are equal."""
        balances = self.bank_balance is None or self.bank_balance == self.book_balance
        return balances and not self.result.differences


def statements_in_scope(*, scope: Scope) -> QuerySet[BankStatement]:
    """The statements of the unions of a scope, the last read first."""
    return within(BankStatement.objects.select_related("unit", "book"), scope=scope).order_by(
        "-read_at", "-id"
    )


def statement_in_scope(*, statement_id: int, scope: Scope) -> BankStatement:
    """One statement, or 404."""
    return the_one(statements_in_scope(scope=scope).filter(pk=statement_id))


def compared(*, statement: BankStatement) -> Compared:
    """The days of a statement, whatever files told them, against the books of those days."""
    lines = list(_lines(statement))
    days = value_of(key=DAYS, unit_id=statement.unit_id, day=statement.last).of(int)
    found = reconcile(_banked(lines), _booked(statement), _batches(statement), days=days)
    told = [one.balance_fen for one in lines if one.balance_fen is not None and one.on == statement.last]
    standing = ledger.balances(book_id=statement.book_id, day=statement.last)
    book = Yuan.total(one.amount for one in standing if one.code == statement.bank_code)
    return Compared(found, Yuan(told[-1]) if told else None, book)


def _lines(statement: BankStatement) -> QuerySet[StatementLine]:
    rows = StatementLine.objects.filter(book=statement.book_id, bank_code=statement.bank_code)
    return rows.filter(on__gte=statement.first, on__lte=statement.last).order_by("on", "id")


def _banked(lines: Iterable[StatementLine]) -> list[Banked]:
    told = list(lines)
    keys = keys_for([INSTALLATION]) if told else None
    return [
        Banked(
            one.pk,
            one.on,
            Yuan(one.fen),
            keys.unseal(one.words, table=TABLE, person_id=INSTALLATION, field=FIELD) if keys else "",
        )
        for one in told
    ]


def _booked(statement: BankStatement) -> list[Booked]:
    """What the entries of those days do to the bank's account."""
    entries = ledger.entries_in_scope(
        scope=EVERYWHERE, book_id=statement.book_id, since=statement.first, until=_after(statement.last)
    )
    here = Q(postings__account__code=statement.bank_code)
    rows = list(entries.annotate(fen=Sum("postings__fen", filter=here)).exclude(fen=None).exclude(fen=0))
    batches = payments.batches_of_entries(entry_ids=[row.pk for row in rows])
    return [Booked(row.pk, row.on, Yuan(row.fen), f"{row} {row.words}", batches.get(row.pk)) for row in rows]


def _batches(statement: BankStatement) -> list[Sent]:
    found = payments.sent_batches(book_id=statement.book_id, bank_code=statement.bank_code)
    return [
        Sent(one.pk, clock.day_of(one.sent_at), Yuan(one.total_fen), tuple(unpaid))
        for one, unpaid in found.items()
        if statement.first <= clock.day_of(one.sent_at) <= statement.last
    ]


def _after(day: date) -> date:
    return date.fromordinal(day.toordinal() + 1)
