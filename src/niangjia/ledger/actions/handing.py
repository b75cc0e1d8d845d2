"""A union ends: what its book holds goes to the heir's book, fund by fund; then the book ends (App. D 10)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from django.db import transaction

from niangjia.kernel import journal
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import BadInput, Refused
from niangjia.kernel.words import say
from niangjia.ledger import queries
from niangjia.ledger.actions.closing import surplus
from niangjia.ledger.actions.entering import Ready, hold
from niangjia.ledger.actions.posting import put, require_two
from niangjia.ledger.models import Account, Book, Entry, Fund
from niangjia.ledger.permissions import Word
from niangjia.ledger.queries import Standing
from niangjia.ledger.rules import EntryKind

KIND = "ledger.book"


@transaction.atomic
def transfer_balance(  # noqa: PLR0913 - two books, a day, its words and two persons
    *, book_id: int, heir_book_id: int, on: date, words: str, checked_by: int | None, by: Actor, at: datetime
) -> tuple[Entry, Entry]:
    """Everything that stands in the book stands in the heir's from the day on, in a fund of the same purpose.

    Income and expense of the year are closed first, so the union's own statistics keep them. Raises Refused
    where nothing stands in the book, or where one book is a memo book and the other is not.
    """
    scope = by.scope_for(Word.HAND_OVER)
    book, heir = (queries.book_in_scope(book_id=one, scope=scope) for one in (book_id, heir_book_id))
    for one in (book, heir):
        by.require(Word.HAND_OVER, at=one.path)
    require_two(maker=by.user_id, checker=checked_by)
    if book.pk == heir.pk or book.memo != heir.memo:
        raise Refused(say("余额只能转到另一本同类的账簿。"), field="heir")
    if not words.strip():
        raise BadInput(say("请写明移交的依据，例如审计报告的文号。"), field="words")
    hold(book_id, heir_book_id)
    surplus(book=book, scope=scope, on=on, key=f"hand-over/{heir.pk}/{on}/close", by=by, at=at)
    standing = queries.balances_of(book_id=book_id)
    if not standing:
        raise Refused(say("这本账簿没有余额可以移交。"))
    funds = _funds_of_heir(standing, heir, on)
    _accounts_of_heir(standing, heir)
    out = Ready(
        on, EntryKind.TRANSFER, words.strip(), f"hand-over/{heir.pk}/{on}",
        [(one.code, one.fund_code, -one.amount.fen, "") for one in standing],
        made_by=by.user_id, checked_by=checked_by,
    )  # fmt: skip
    gone = put(book_id=book_id, scope=scope, ready=out, by=by, at=at)
    come = replace(
        out, key=f"taken-over/{gone.pk}", about_kind="ledger.entry", about_id=gone.pk,
        lines=[(one.code, funds[one.fund_id], one.amount.fen, book.title) for one in standing],
    )  # fmt: skip
    return gone, put(book_id=heir_book_id, scope=scope, ready=come, by=by, at=at)


def _funds_of_heir(standing: Sequence[Standing], heir: Book, on: date) -> Mapping[int, str]:
    """By fund of the book the code of the heir's fund: of the same code and kind, else one opened now."""
    codes: dict[int, str] = {}
    for fund in Fund.objects.filter(pk__in={one.fund_id for one in standing}).order_by("code"):
        same = Fund.objects.filter(
            book=heir, code=fund.code, kind=fund.kind, restricted=fund.restricted, until__isnull=True
        )
        codes[fund.pk] = fund.code if same.exists() else _opened(fund, heir, on).code
    return codes


def _opened(fund: Fund, heir: Book, on: date) -> Fund:
    """A fund of the same purpose in the heir's book: donations keep their purpose."""
    code, n = fund.code, 1
    while Fund.objects.filter(book=heir, code=code).exists():
        n += 1
        code = f"{fund.code[:8]}-{n}"
    return Fund.objects.create(
        book=heir, code=code, name=fund.name, kind=fund.kind, restricted=fund.restricted,
        purpose=fund.purpose, since=on,
    )  # fmt: skip


def _accounts_of_heir(standing: Iterable[Standing], heir: Book) -> None:
    known = set(Account.objects.filter(book=heir).values_list("code", flat=True))
    fresh = {one.code: one for one in standing if one.code not in known}
    Account.objects.bulk_create(
        Account(book=heir, code=one.code, name=one.name, klass=one.klass) for one in fresh.values()
    )


@transaction.atomic
def end_books(*, unit_ids: Iterable[int], on: date, by: Actor, at: datetime) -> list[int]:
    """The books of unions that end are ended on the day; which ones. Refused while one holds anything."""
    books = list(Book.objects.filter(unit__in=list(unit_ids), ended_on__isnull=True).order_by("id"))
    hold(*(book.pk for book in books))
    for book in books:
        if queries.balances_of(book_id=book.pk) or queries.vouchers_waiting(book_id=book.pk).exists():
            raise Refused(say("“{title}”还有余额或待复核的凭证，请先移交和办结。", title=book.title))
        Book.objects.filter(pk=book.pk).update(ended_on=on, version=book.version + 1)
        after = {"ended_on": on.isoformat()}
        journal.record("end_book", by=by, at=at, kind=KIND, object_id=book.pk, after=after)
    return [book.pk for book in books]


@transaction.atomic
def reopen_books(*, book_ids: Iterable[int], by: Actor, at: datetime) -> None:
    """The books that a restructure had ended go on."""
    for book in Book.objects.filter(pk__in=list(book_ids), ended_on__isnull=False).order_by("id"):
        Book.objects.filter(pk=book.pk).update(ended_on=None, version=book.version + 1)
        journal.record("reopen_book", by=by, at=at, kind=KIND, object_id=book.pk)
