"""The journal of books as text for hledger and beancount, with the balances that both check."""

from collections.abc import Collection, Iterator
from itertools import groupby
from operator import itemgetter

from niangjia.kernel.access import EVERYWHERE
from niangjia.ledger import queries as ledger
from niangjia.ledger.rules import Klass
from niangjia.recount.rules import Format, Told, Transaction, export, name_of

LINE = (
    "entry_id", "entry__year", "entry__number", "entry__on", "entry__words", "book_id", "account__klass",
    "account__code", "fund_id", "fen",
)  # fmt: skip


def export_text(
    *, form: Format, book_ids: Collection[int] | None = None, using: str = "default"
) -> Iterator[str]:
    """The journal of the books (all that are shown, if none are named), in parts of text."""
    return export(form, accounts=_accounts(book_ids, using), transactions=_transactions(book_ids, using))


def export_balances(*, book_ids: Collection[int] | None = None, using: str = "default") -> dict[str, int]:
    """By name of the export what stands in each account and fund, in fen."""
    return {account.name: account.fen for account in _accounts(book_ids, using)}


def _accounts(book_ids: Collection[int] | None, using: str) -> list[Told]:
    rows = ledger.balance_rows(book_ids=book_ids, using=using).select_related("book", "account", "fund")
    return [
        Told(
            name_of(
                Klass(row.account.klass), book_id=row.book_id, code=row.account.code, fund_id=row.fund_id
            ),
            f"{row.book.title} {row.account} {row.fund}",
            row.book.opened_on,
            row.fen,
        )
        for row in rows
    ]


def _transactions(book_ids: Collection[int] | None, using: str) -> Iterator[Transaction]:
    """In the order of days, as both programs want them."""
    rows = ledger.line_rows(book_ids=book_ids, using=using).order_by("entry__on", "entry_id", "line")
    told = rows.values_list(*LINE).iterator(chunk_size=10_000)
    for _, group in groupby(told, key=itemgetter(0)):
        lines = list(group)
        _, year, number, on, words, book, *_ = lines[0]
        yield Transaction(
            on,
            f"{book}/{year}-{number}",
            words,
            [
                (name_of(Klass(klass), book_id=book, code=code, fund_id=fund), fen)
                for *_, klass, code, fund, fen in lines
            ],
        )


def exported_books(*, using: str = "default") -> list[int]:
    """The numbers of the books that may be exported."""
    return list(ledger.books_in_scope(scope=EVERYWHERE).using(using).values_list("id", flat=True))
