"""The end of a year: income and expense of every fund go into its surplus; the statement stays as it was."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from niangjia.kernel.errors import Refused
from niangjia.kernel.money import Yuan
from niangjia.kernel.words import say
from niangjia.ledger.rules.kinds import LASTING, Klass, PostingDraft


@dataclass(frozen=True, slots=True)
class YearLine:
    """An account and a fund in a year: what stood at its beginning, what was debited and credited."""

    code: str
    name: str
    klass: str
    fund: str
    fund_name: str
    opening: int
    debit: int
    credit: int

    @property
    def closing(self) -> int:
        """What stands at the end, before income and expense are closed."""
        return self.opening + self.debit - self.credit


def last_day(year: int) -> date:
    """The day with which a year is closed."""
    return date(year, 12, 31)


def require_over(year: int, *, today: date) -> None:
    """A year is closed when it is over."""
    if today <= last_day(year):
        raise Refused(say("{year} 年还没有过完，明年才能结账。", year=year), field="year")


def closing_lines(standing: Iterable[tuple[str, Klass, str, int]], *, surplus: str) -> list[PostingDraft]:
    """The lines that close income and expense into the surplus, fund by fund.

    >>> year = [("403", Klass.INCOME, "A", -500), ("501", Klass.EXPENSE, "A", 200)]
    >>> lines = closing_lines(year, surplus="301")
    >>> [(line.account_code, line.amount.fen) for line in lines]
    [('403', 500), ('501', -200), ('301', -300)]
    """
    lines: list[PostingDraft] = []
    sums: dict[str, int] = defaultdict(int)
    for code, klass, fund, fen in standing:
        if klass not in LASTING and fen:
            lines.append(PostingDraft(code, fund, Yuan(-fen)))
            sums[fund] += fen
    return lines + [PostingDraft(surplus, fund, Yuan(fen)) for fund, fen in sorted(sums.items()) if fen]


def statement_of(lines: Sequence[YearLine], *, entries: int, digest: str) -> dict[str, Any]:
    """The statement of a year as it is kept: every line, how many entries, and the hash of all they say."""
    return {"lines": [asdict(line) for line in lines], "entries": entries, "sha256": digest}


def digest_of_entries(rows: Iterable[Sequence[object]]) -> str:
    """One hash over the entries of a year, line by line: whoever has the rows can compute it again."""
    told = sha256()
    for row in rows:
        told.update(("|".join([str(value) for value in row]) + "\n").encode())
    return told.hexdigest()
