"""Everything that the ledger promises is computed again from its lines (`niangjia verify-ledger`)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.db import connections

from niangjia.kernel.access import EVERYWHERE
from niangjia.ledger import queries as ledger
from niangjia.ledger.rules import allocate

CHECKS: Mapping[str, str] = {
    "entry does not balance": """
SELECT DISTINCT f.book_id, f.id FROM (
 SELECT e.book_id, e.id, e.lines, p.fund_id, sum(p.fen) AS total FROM ledger_entry AS e
 JOIN ledger_posting AS p ON p.entry_id = e.id GROUP BY 1, 2, 3, 4) AS f WHERE f.total <> 0""",
    "lines are missing or too many": """
SELECT e.book_id, e.id FROM ledger_entry AS e LEFT JOIN ledger_posting AS p ON p.entry_id = e.id
GROUP BY e.book_id, e.id, e.lines HAVING count(p.line) <> e.lines OR e.lines < 2
 OR max(p.line) <> e.lines OR min(p.line) <> 1""",
    "line does not belong to its entry": """
SELECT p.book_id, p.entry_id FROM ledger_posting AS p LEFT JOIN ledger_entry AS e ON e.id = p.entry_id
LEFT JOIN ledger_account AS a ON a.id = p.account_id LEFT JOIN ledger_fund AS f ON f.id = p.fund_id
WHERE e.book_id IS DISTINCT FROM p.book_id OR a.book_id IS DISTINCT FROM p.book_id
 OR f.book_id IS DISTINCT FROM p.book_id""",
    "line on a day when its fund was not open": """
SELECT p.book_id, p.entry_id FROM ledger_posting AS p JOIN ledger_entry AS e ON e.id = p.entry_id
JOIN ledger_fund AS f ON f.id = p.fund_id WHERE e.entered_on < f.since
 OR (e.entered_on >= f.until AND e.kind NOT IN ('contra', 'close'))""",
    "account charged without a payment order": """
SELECT p.book_id, p.entry_id FROM ledger_posting AS p JOIN ledger_entry AS e ON e.id = p.entry_id
JOIN ledger_account AS a ON a.id = p.account_id WHERE a.by_order AND p.fen > 0
 AND e.kind NOT IN ('contra', 'close') AND NOT (e.kind = 'payment' AND e.about_id IS NOT NULL)""",
    "numbers have a gap": """
SELECT coalesce(e.book_id, y.book_id), coalesce(e.year, y.year)::bigint FROM (
 SELECT book_id, year, count(*) AS n, min(number) AS low, max(number) AS high
 FROM ledger_entry GROUP BY 1, 2) AS e
FULL JOIN ledger_bookyear AS y ON y.book_id = e.book_id AND y.year = e.year
WHERE coalesce(e.n, 0) <> coalesce(y.last_number, -1) OR coalesce(e.low, 1) <> 1
 OR coalesce(e.high, 0) <> coalesce(e.n, 0)""",
    "balance differs from its recount": """
SELECT coalesce(b.book_id, p.book_id), coalesce(b.account_id, p.account_id) FROM ledger_balance AS b
FULL JOIN (SELECT book_id, account_id, fund_id, sum(fen) AS fen, count(*) AS n FROM ledger_posting
 GROUP BY 1, 2, 3) AS p ON p.account_id = b.account_id AND p.fund_id = b.fund_id
WHERE coalesce(b.fen, 0) <> coalesce(p.fen, 0) OR coalesce(b.postings, 0) <> coalesce(p.n, 0)
 OR (p.book_id IS NOT NULL AND b.book_id IS DISTINCT FROM p.book_id)""",
    "restricted fund below nought": """
SELECT p.book_id, p.fund_id FROM ledger_posting AS p JOIN ledger_fund AS f ON f.id = p.fund_id
JOIN ledger_account AS a ON a.id = p.account_id WHERE f.restricted AND a.klass = 'asset'
GROUP BY p.book_id, p.fund_id, p.account_id HAVING sum(p.fen) < 0""",
    "contra entry is not exact": """
SELECT c.book_id, c.id FROM ledger_entry AS c JOIN ledger_entry AS e ON e.id = c.contra_of_id
WHERE c.book_id <> e.book_id OR e.kind IN ('contra', 'close') OR EXISTS (
 SELECT 1 FROM ledger_posting AS p WHERE p.entry_id IN (c.id, e.id)
 GROUP BY p.account_id, p.fund_id HAVING sum(p.fen) <> 0)
UNION ALL SELECT c.book_id, c.id FROM ledger_entry AS c WHERE c.contra_of_id IS NOT NULL
 AND NOT EXISTS (SELECT 1 FROM ledger_entry AS e WHERE e.id = c.contra_of_id)""",
    "other people's money among own money": """
SELECT f.book_id, f.id FROM ledger_fund AS f JOIN ledger_book AS b ON b.id = f.book_id
WHERE b.memo <> (f.kind = 'external_treasury')""",
    "maker checked his own entry": """
SELECT book_id, id FROM ledger_entry WHERE made_by = checked_by
 OR (kind = 'payment' AND (made_by IS NULL OR checked_by IS NULL))""",
    "entry outside the days of its book": """
SELECT e.book_id, e.id FROM ledger_entry AS e JOIN ledger_book AS b ON b.id = e.book_id
WHERE e.entered_on < b.opened_on OR e.entered_on > b.ended_on""",
}
"""What must not be found, each as book and number of the row."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that does not hold: what, in which book, and the number of entry, account, fund or year."""

    what: str
    book: int
    number: int

    def as_dict(self) -> dict[str, object]:
        """For programs."""
        return {"what": self.what, "book": self.book, "number": self.number}


@dataclass(frozen=True, slots=True)
class LedgerReport:
    """What was computed again, and what does not hold."""

    books: int
    entries: int
    postings: int
    funds: int
    years: int
    findings: tuple[Finding, ...]

    @property
    def good(self) -> bool:
        """Whether everything holds."""
        return not self.findings


def verify(*, using: str = "owner") -> LedgerReport:
    """Entries, numbers, balances, reversals, closed years and lots, computed again from the lines."""
    found = [*_by_sql(using), *_years(using), *_lots(using)]
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT (SELECT count(*) FROM ledger_entry), (SELECT count(*) FROM ledger_posting)")
        entries, postings = cursor.fetchone()
    books = ledger.books_in_scope(scope=EVERYWHERE).using(using).count()
    funds = ledger.funds_in_scope(scope=EVERYWHERE).using(using).count()
    years = ledger.years_of(using=using).filter(closed_at__isnull=False).count()
    return LedgerReport(books, entries, postings, funds, years, tuple(found))


def _by_sql(using: str) -> Iterator[Finding]:
    with connections[using].cursor() as cursor:
        for what, statement in CHECKS.items():
            cursor.execute(statement)
            yield from (Finding(what, int(book or 0), int(number or 0)) for book, number in cursor.fetchall())


def _years(using: str) -> Iterator[Finding]:
    """A closed year says what it said on the day it was closed."""
    for row in ledger.years_of(using=using).filter(closed_at__isnull=False):
        digest, entries = ledger.year_digest(book_id=row.book_id, year=row.year, using=using)
        kept = row.statement or {}
        if (kept.get("sha256"), kept.get("entries")) != (digest, entries):
            yield Finding("closed year changed", row.book_id, row.year)


def _lots(using: str) -> Iterator[Finding]:
    """Every fen that was taken was taken of a lot; what the lots still hold is the balance of the fund."""
    with connections[using].cursor() as cursor:
        cursor.execute(
            "SELECT p.fund_id, sum(p.fen) FROM ledger_posting AS p "
            "JOIN ledger_account AS a ON a.id = p.account_id WHERE a.klass = 'asset' GROUP BY 1"
        )
        held = {fund: int(fen) for fund, fen in cursor.fetchall()}
    funds = ledger.funds_in_scope(scope=EVERYWHERE).using(using)
    for fund, book in funds.values_list("id", "book_id"):
        told = allocate(ledger.flows_of(fund_id=fund, using=using), fund=fund)
        if told.left != held.get(fund, 0) or not told.whole:
            yield Finding("lots do not sum", book, fund)
