"""The bank's statement beside the book: what both know, what only one of them knows (B6: bank = ledger)."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from niangjia.kernel.money import Yuan


@dataclass(frozen=True, slots=True)
class BankRow:
    """A row of the bank's statement: money in is positive."""

    on: date
    amount: Yuan
    words: str = ""


@dataclass(frozen=True, slots=True)
class BookRow:
    """A line of the bank account in the book: money in is positive."""

    entry_id: int
    on: date
    amount: Yuan
    words: str = ""


@dataclass(frozen=True, slots=True)
class Reconciled:
    """Pairs of the same amount, and what is left on either side."""

    pairs: Sequence[tuple[BankRow, BookRow]]
    only_bank: Sequence[BankRow]
    only_book: Sequence[BookRow]

    @property
    def agrees(self) -> bool:
        """Whether every row has its counterpart."""
        return not self.only_bank and not self.only_book

    @property
    def difference(self) -> Yuan:
        """By how much the bank holds more than the book."""
        bank = Yuan.total(row.amount for row in self.only_bank)
        return bank - Yuan.total(row.amount for row in self.only_book)


def reconcile(bank: Iterable[BankRow], book: Iterable[BookRow]) -> Reconciled:
    """Pair rows of the same amount, the nearest days first; every row is used once.

    >>> day = date(2018, 8, 20)
    >>> told = reconcile([BankRow(day, Yuan(-600))], [BookRow(1, day, Yuan(-600)), BookRow(2, day, Yuan(-5))])
    >>> len(told.pairs), [row.entry_id for row in told.only_book], told.difference
    (1, [2], Yuan(5))
    """
    waiting: dict[Yuan, list[BookRow]] = defaultdict(list)
    for row in sorted(book, key=lambda row: (row.on, row.entry_id)):
        waiting[row.amount].append(row)
    pairs: list[tuple[BankRow, BookRow]] = []
    alone: list[BankRow] = []
    for seen in sorted(bank, key=lambda row: (row.on, row.amount.fen, row.words)):
        same = waiting[seen.amount]
        if not same:
            alone.append(seen)
            continue
        nearest = min(same, key=lambda row: (abs((row.on - seen.on).days), row.entry_id))
        same.remove(nearest)
        pairs.append((seen, nearest))
    left = sorted((row for rows in waiting.values() for row in rows), key=lambda row: (row.on, row.entry_id))
    return Reconciled(tuple(pairs), tuple(alone), tuple(left))
