"""The bank's statement against the books, line by line: what agrees, what either says alone. Pure.

A bank debits a batch in one sum and gives back what did not arrive; the books hold each payment by itself.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TypeVar

from niangjia.kernel.money import Yuan
from niangjia.kernel.words import Said, say


class Why(StrEnum):
    """Why a line stands alone, or how it agrees."""

    ONE = "one"
    BATCH = "batch"
    NOT_BACK = "not_back"
    BANK_ONLY = "bank_only"
    BOOK_ONLY = "book_only"


WHY_LABELS: Mapping[str, Said] = {
    Why.ONE: say("逐笔相符"),
    Why.BATCH: say("整批相符"),
    Why.NOT_BACK: say("整批扣款，没有付成的几笔银行还没有退回"),
    Why.BANK_ONLY: say("银行有、账上没有。请补记凭证，或查明这一笔。"),
    Why.BOOK_ONLY: say("账上有、银行没有。可能银行还没有入账，请核对日期。"),
}


@dataclass(frozen=True, slots=True)
class Banked:
    """A line of the statement; money in is positive."""

    id: int
    on: date
    amount: Yuan
    words: str = ""


@dataclass(frozen=True, slots=True)
class Booked:
    """What an entry does to the bank's account in the books; `batch` is that of the payment, if it is one."""

    id: int
    on: date
    amount: Yuan
    words: str = ""
    batch: int | None = None


Line = TypeVar("Line", Banked, Booked)


@dataclass(frozen=True, slots=True)
class Sent:
    """A batch as the bank had it: what was sent at once, and what of it did not arrive or came back."""

    id: int
    on: date
    total: Yuan
    unpaid: tuple[Yuan, ...] = ()


@dataclass(frozen=True, slots=True)
class Pair:
    """Lines of the statement and entries of the books that belong together; what is still missing."""

    why: Why
    banked: tuple[Banked, ...] = ()
    booked: tuple[Booked, ...] = ()

    @property
    def difference(self) -> Yuan:
        """The bank's sum less that of the books."""
        return Yuan.total(one.amount for one in self.banked) - Yuan.total(one.amount for one in self.booked)


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """Every line of the statement and every entry of the time, each in exactly one pair."""

    pairs: Sequence[Pair] = field(default_factory=tuple)

    @property
    def differences(self) -> list[Pair]:
        """The pairs that need a look."""
        return [pair for pair in self.pairs if pair.why not in {Why.ONE, Why.BATCH}]

    @property
    def difference(self) -> Yuan:
        """The bank's sum less that of the books, over all; it is the sum of the differences."""
        return Yuan.total(pair.difference for pair in self.pairs)


def reconcile(
    banked: Iterable[Banked], booked: Iterable[Booked], batches: Iterable[Sent], *, days: int
) -> Reconciliation:
    """Whole batches first, then one to one: the same amount, the nearest day, at most so many days apart.

    >>> bank = [Banked(1, date(2018, 8, 20), Yuan(-500))]
    >>> book = [Booked(7, date(2018, 8, 21), Yuan(-500))]
    >>> [pair.why.value for pair in reconcile(bank, book, (), days=5).pairs]
    ['one']
    """
    bank, book = _by_day(banked), _by_day(booked)
    pairs: list[Pair] = []
    for batch in sorted(batches, key=lambda one: (one.on, one.id)):
        pair = _whole(batch, bank, book, days)
        if pair is not None:
            pairs.append(pair)
            _take(pair, bank, book)
    pairs += _singles(bank, book, days)
    pairs += [Pair(Why.BANK_ONLY, (one,)) for one in bank]
    pairs += [Pair(Why.BOOK_ONLY, (), (one,)) for one in book]
    return Reconciliation(pairs)


def _by_day(rows: Iterable[Line]) -> list[Line]:
    return sorted(rows, key=lambda one: (one.on, one.id))


def _whole(batch: Sent, bank: list[Banked], book: list[Booked], days: int) -> Pair | None:
    """The one debit of a batch with what came back of it, against the payments of that batch."""
    mine = tuple(one for one in book if one.batch == batch.id)
    debit = _nearest(bank, -batch.total, batch.on, days)
    if debit is None or (len(mine) == 1 and not batch.unpaid):
        return None
    found = [debit]
    for amount in batch.unpaid:
        later = [one for one in bank if one.amount == amount and one.on >= debit.on]
        credit = next((one for one in later if one not in found), None)
        if credit is not None:
            found.append(credit)
    pair = Pair(Why.BATCH, tuple(found), mine)
    return pair if not pair.difference else Pair(Why.NOT_BACK, tuple(found), mine)


def _take(pair: Pair, bank: list[Banked], book: list[Booked]) -> None:
    bank[:] = [one for one in bank if one not in pair.banked]
    book[:] = [one for one in book if one not in pair.booked]


def _singles(bank: list[Banked], book: list[Booked], days: int) -> list[Pair]:
    pairs = []
    for apart in range(days + 1):
        for one in list(bank):
            other = _nearest(book, one.amount, one.on, apart)
            if other is not None:
                pair = Pair(Why.ONE, (one,), (other,))
                pairs.append(pair)
                _take(pair, bank, book)
    return pairs


def _nearest(rows: Sequence[Line], amount: Yuan, on: date, days: int) -> Line | None:
    """The row of that amount nearest to a day, at most so many days apart."""
    fits = [one for one in rows if one.amount == amount and abs((one.on - on).days) <= days]
    return min(fits, key=lambda one: (abs((one.on - on).days), one.id), default=None)
