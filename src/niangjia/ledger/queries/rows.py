"""Books, funds and entries that a scope shows."""

from collections.abc import Collection, Iterable
from datetime import date

from django.db.models import Exists, Max, OuterRef, Q, QuerySet

from niangjia.kernel.access import Scope
from niangjia.kernel.scoping import the_one, within
from niangjia.ledger.models import Account, Balance, Book, Entry, Fund, Posting, Voucher
from niangjia.ledger.rules import AccountFacts, Klass, VoucherState

THROUGH = "book__path"


def books_in_scope(*, scope: Scope, memo: bool | None = None) -> QuerySet[Book]:
    """The books of a scope; `memo` picks memo books or own books alone."""
    rows = within(Book.objects.select_related("unit"), scope=scope).order_by("path", "memo", "id")
    return rows if memo is None else rows.filter(memo=memo)


def book_in_scope(*, book_id: int, scope: Scope) -> Book:
    """One book, or 404."""
    return the_one(within(Book.objects.all(), scope=scope).filter(pk=book_id))


def funds_in_scope(*, scope: Scope, book_id: int | None = None, day: date | None = None) -> QuerySet[Fund]:
    """The funds of a scope, of one book, or those open on a day."""
    rows = within(Fund.objects.select_related("book"), scope=scope, field=THROUGH)
    rows = rows if book_id is None else rows.filter(book=book_id)
    if day is not None:
        rows = rows.filter(Q(until__isnull=True) | Q(until__gt=day), since__lte=day)
    return rows.order_by("book__path", "code", "id")


def fund_in_scope(*, fund_id: int, scope: Scope) -> Fund:
    """One fund with its book, or 404."""
    return the_one(within(Fund.objects.select_related("book"), scope=scope, field=THROUGH).filter(pk=fund_id))


def entries_in_scope(  # noqa: PLR0913 - the filters of a list
    *,
    scope: Scope,
    book_id: int | None = None,
    year: int | None = None,
    kind: str = "",
    about: tuple[str, int] | None = None,
    since: date | None = None,
    until: date | None = None,
) -> QuerySet[Entry]:
    """The entries of a scope, newest first; `until` is the first day that no longer counts."""
    rows = within(Entry.objects.select_related("book"), scope=scope, field=THROUGH)
    asked = {"book": book_id, "year": year, "kind": kind or None, "on__gte": since, "on__lt": until}
    rows = rows.filter(**{name: value for name, value in asked.items() if value is not None})
    if about is not None:
        rows = rows.filter(about_kind=about[0], about_id=about[1])
    return rows.order_by("-on", "-id")


def entry_in_scope(*, entry_id: int, scope: Scope) -> Entry:
    """One entry with its book, or 404."""
    rows = within(Entry.objects.select_related("book"), scope=scope, field=THROUGH)
    return the_one(rows.filter(pk=entry_id))


def last_day_of(*, fund_id: int, default: date) -> date:
    """The day of the last entry that touches a fund."""
    found = Entry.objects.filter(postings__fund=fund_id).aggregate(last=Max("on"))["last"]
    return found or default


def accounts_of(*, book_id: int) -> dict[str, AccountFacts]:
    """The accounts of a book by code, as the running scope shows them."""
    rows = Account.objects.filter(book=book_id).order_by("code")
    return {
        code: AccountFacts(code, name, Klass(klass), by_order=by_order)
        for code, name, klass, by_order in rows.values_list("code", "name", "klass", "by_order")
    }


def fund_codes_of(*, book_id: int, day: date) -> set[str]:
    """The codes of the funds of a book that are open on a day."""
    rows = Fund.objects.filter(Q(until__isnull=True) | Q(until__gt=day), book=book_id, since__lte=day)
    return set(rows.values_list("code", flat=True))


def vouchers_in_scope(*, scope: Scope, book_id: int | None = None, state: str = "") -> QuerySet[Voucher]:
    """The vouchers made by hand of a scope, newest first."""
    rows = within(Voucher.objects.select_related("book", "entry"), scope=scope, field=THROUGH)
    rows = rows if book_id is None else rows.filter(book=book_id)
    return (rows.filter(state=state) if state else rows).order_by("-made_at", "-id")


def voucher_in_scope(*, voucher_id: int, scope: Scope, lock: bool = False) -> Voucher:
    """One voucher with its book, or 404; `lock` holds it until the transaction ends."""
    rows = within(Voucher.objects.select_related("book"), scope=scope, field=THROUGH).filter(pk=voucher_id)
    return the_one(rows.select_for_update(of=("self",)) if lock else rows)


def vouchers_waiting(*, book_id: int, until: date | None = None) -> QuerySet[Voucher]:
    """The vouchers of a book that nobody has checked yet; of the days up to `until`, if one is given."""
    rows = Voucher.objects.filter(book=book_id, state=VoucherState.PROPOSED)
    return rows if until is None else rows.filter(on__lte=until)


def unsettled(*, unit_ids: Iterable[int]) -> list[Book]:
    """The books of unions that hold anything, or in which a voucher waits: what hinders their end."""
    holding = Balance.objects.filter(book=OuterRef("pk")).exclude(fen=0)
    waiting = Voucher.objects.filter(book=OuterRef("pk"), state=VoucherState.PROPOSED)
    books = Book.objects.filter(unit__in=list(unit_ids), ended_on__isnull=True).order_by("id")
    return list(books.filter(Exists(holding) | Exists(waiting)))


def line_rows(*, book_ids: Collection[int] | None = None, using: str = "default") -> QuerySet[Posting]:
    """The lines of all entries that are shown, or of some books."""
    rows = Posting.objects.using(using)
    return rows if book_ids is None else rows.filter(book__in=book_ids)


def balance_rows(*, book_ids: Collection[int] | None = None, using: str = "default") -> QuerySet[Balance]:
    """What stands in every account and fund that is shown, or of some books."""
    rows = Balance.objects.using(using)
    return rows if book_ids is None else rows.filter(book__in=book_ids)
