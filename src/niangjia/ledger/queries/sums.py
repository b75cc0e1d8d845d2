"""Sums of the ledger: what stands in an account and a fund; the statement of an account; bank beside book."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Sum

from niangjia.kernel.money import Yuan
from niangjia.ledger.models import Balance, Posting
from niangjia.ledger.rules import BankRow, BookRow, Klass, Reconciled, reconcile


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands in an account and a fund: debit positive, credit negative."""

    account_id: int
    code: str
    name: str
    klass: Klass
    fund_id: int
    fund_code: str
    fund: str
    amount: Yuan


@dataclass(frozen=True, slots=True)
class Moved:
    """A line of an account's statement, with what stands after it."""

    entry_id: int
    number: str
    on: date
    kind: str
    words: str
    fund: str
    source: str
    amount: Yuan
    balance: Yuan


@dataclass(frozen=True, slots=True)
class Statement:
    """An account over a period: what stood before, every line, what stands after."""

    opening: Yuan
    rows: tuple[Moved, ...]
    closing: Yuan


NAMES = (
    "account_id", "account__code", "account__name", "account__klass", "fund_id", "fund__code", "fund__name",
)  # fmt: skip
LINE = (
    "entry_id", "entry__year", "entry__number", "entry__on", "entry__kind", "entry__words", "fund__code",
    "source", "fen",
)  # fmt: skip


def balances(*, book_id: int, day: date | None = None) -> list[Standing]:
    """The trial balance of a book: each account and fund that is not nought, at the end of a day or now."""
    if day is None:
        return balances_of(book_id=book_id)
    rows = Posting.objects.filter(book=book_id, entry__on__lte=day).values_list(*NAMES)
    return _standings(rows.annotate(total=Sum("fen")).exclude(total=0))


def balances_of(*, book_id: int, fund_id: int | None = None) -> list[Standing]:
    """What stands now in each account and fund of a book, or of one fund; nought is left out."""
    rows = Balance.objects.filter(book=book_id).exclude(fen=0)
    rows = rows if fund_id is None else rows.filter(fund=fund_id)
    return _standings(rows.values_list(*NAMES, "fen"))


def fund_available(*, fund_id: int) -> Yuan:
    """What a fund holds now: the sum of its assets."""
    found = Balance.objects.filter(fund=fund_id, account__klass=Klass.ASSET).aggregate(fen=Sum("fen"))["fen"]
    return Yuan(int(found or 0))


def statement(
    *, book_id: int, account_code: str, since: date, until: date, fund_id: int | None = None
) -> Statement:
    """The lines of an account from a day up to and with another, in the order of posting.

    What stood before are the lines of earlier days.
    """
    lines = Posting.objects.filter(book=book_id, account__code=account_code)
    lines = lines if fund_id is None else lines.filter(fund=fund_id)
    before = lines.filter(entry__on__lt=since).aggregate(fen=Sum("fen"))["fen"]
    standing = opening = int(before or 0)
    rows: list[Moved] = []
    found = lines.filter(entry__on__gte=since, entry__on__lte=until).order_by("entry__on", "entry_id", "line")
    for entry, year, number, on, kind, words, fund, source, fen in found.values_list(*LINE):
        standing += fen
        told = f"{year}-{number}"
        rows.append(Moved(entry, told, on, kind, words, fund, source, Yuan(fen), Yuan(standing)))
    return Statement(Yuan(opening), tuple(rows), Yuan(standing))


def reconciled(
    *, book_id: int, account_code: str, since: date, until: date, bank: Iterable[BankRow]
) -> Reconciled:
    """The bank's rows of a period beside the lines of the bank account, paired by amount and day."""
    told = statement(book_id=book_id, account_code=account_code, since=since, until=until)
    return reconcile(bank, [BookRow(row.entry_id, row.on, row.amount, row.words) for row in told.rows])


def _standings(rows: Iterable[tuple[object, ...]]) -> list[Standing]:
    found = [
        Standing(number, code, name, Klass(klass), fund_id, fund_code, fund, Yuan(int(fen)))  # type: ignore[arg-type, call-overload]
        for number, code, name, klass, fund_id, fund_code, fund, fen in rows
    ]
    return sorted(found, key=lambda one: (one.code, one.fund_code))
