"""The journal as text that two other programs read: hledger and beancount, each with the balances to check.

Both get the same accounts: class, book, account and fund. The last transaction asserts what stands in each of
them, to the fen: a journal in which a fen is wrong is refused by either program.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from niangjia.ledger.rules import Klass

ROOTS: Mapping[Klass, str] = {
    Klass.ASSET: "Assets",
    Klass.LIABILITY: "Liabilities",
    Klass.NET: "Equity",
    Klass.INCOME: "Income",
    Klass.EXPENSE: "Expenses",
}
CURRENCY = "CNY"


class Format(StrEnum):
    """The program that is to read the text."""

    HLEDGER = "hledger"
    BEANCOUNT = "beancount"


@dataclass(frozen=True, slots=True)
class Told:
    """An account of the export: its name there, and the words that a person knows it by."""

    name: str
    words: str
    since: date
    fen: int = 0


@dataclass(frozen=True, slots=True)
class Transaction:
    """An entry of the export: day, voucher number, words, and lines of account name and fen."""

    on: date
    number: str
    words: str
    lines: Sequence[tuple[str, int]]


def name_of(klass: Klass, *, book_id: int, code: str, fund_id: int) -> str:
    """The name of an account and fund in both programs.

    >>> name_of(Klass.ASSET, book_id=3, code="102", fund_id=8)
    'Assets:B3:A102:F8'
    """
    return f"{ROOTS[klass]}:B{book_id}:A{code}:F{fund_id}"


def amount_of(fen: int) -> str:
    """Fen as yuan with two decimals.

    >>> amount_of(-5), amount_of(123456)
    ('-0.05', '1234.56')
    """
    return f"{'-' if fen < 0 else ''}{abs(fen) // 100}.{abs(fen) % 100:02}"


def export(form: Format, *, accounts: Iterable[Told], transactions: Iterable[Transaction]) -> Iterator[str]:
    """The journal in parts of text, ending with the assertion of every balance."""
    told = sorted(accounts, key=lambda account: account.name)
    writer = _hledger if form is Format.HLEDGER else _beancount
    yield from writer(told, transactions)


def _hledger(accounts: Sequence[Told], transactions: Iterable[Transaction]) -> Iterator[str]:
    yield f"commodity 1000.00 {CURRENCY}\n"
    for account in accounts:
        yield f"account {account.name}  ; {_plain(account.words)}\n"
    last = date.min
    for one in transactions:
        last = max(last, one.on)
        lines = "".join([f"    {name}  {amount_of(fen)} {CURRENCY}\n" for name, fen in one.lines])
        yield f"\n{one.on} * ({one.number}) {_plain(one.words)}\n{lines}"
    if last > date.min:
        yield f"\n{last} * balances\n"
        for account in accounts:
            yield f"    {account.name}  0.00 {CURRENCY} = {amount_of(account.fen)} {CURRENCY}\n"


def _beancount(accounts: Sequence[Told], transactions: Iterable[Transaction]) -> Iterator[str]:
    yield f'option "operating_currency" "{CURRENCY}"\noption "inferred_tolerance_default" "{CURRENCY}:0"\n'
    for account in accounts:
        yield f'{account.since} open {account.name} {CURRENCY}\n  words: "{_quoted(account.words)}"\n'
    last = date.min
    for one in transactions:
        last = max(last, one.on)
        lines = "".join([f"  {name} {amount_of(fen)} {CURRENCY}\n" for name, fen in one.lines])
        yield f'\n{one.on} * "{one.number}" "{_quoted(one.words)}"\n{lines}'
    if last > date.min:
        yield "\n"
        for account in accounts:
            day = last + timedelta(days=1)
            yield f"{day} balance {account.name} {amount_of(account.fen)} ~ 0 {CURRENCY}\n"


def _plain(words: str) -> str:
    """Words on one line, without the signs that mean something to hledger."""
    return " ".join(words.split()).replace(";", "；").replace("|", "｜")


def _quoted(words: str) -> str:
    return " ".join(words.split()).replace("\\", "\\\\").replace('"', '\\"')
