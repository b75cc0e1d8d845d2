"""A year of a book: its lines as a statement shows them, the hash of what its entries say, its errata."""

from django.db.models import Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from niangjia.ledger.models import BookYear, Entry, Posting
from niangjia.ledger.rules import EntryKind, YearLine, digest_of_entries

TOLD = (
    "entry__number", "entry__on", "entry__kind", "entry__words", "entry__key", "line", "account__code",
    "fund__code", "fen", "source",
)  # fmt: skip


def years_of(*, book_id: int | None = None, using: str = "default") -> QuerySet[BookYear]:
    """The years of a book, or of all, newest first."""
    rows = BookYear.objects.using(using).order_by("-year", "book_id")
    return rows if book_id is None else rows.filter(book=book_id)


def year_lines(*, book_id: int, year: int) -> list[YearLine]:
    """Each account and fund of the year; what the closing entry moves is left out.

    Income and expense of a closed year stand as they were before they were closed.
    """
    within = Q(entry__year=year) & ~Q(entry__kind=EntryKind.CLOSE)
    rows = (
        Posting.objects.filter(book=book_id, entry__year__lte=year)
        .values_list("account__code", "account__name", "account__klass", "fund__code", "fund__name")
        .annotate(
            opening=Coalesce(Sum("fen", filter=Q(entry__year__lt=year)), 0),
            debit=Coalesce(Sum("fen", filter=within & Q(fen__gt=0)), 0),
            credit=Coalesce(Sum("fen", filter=within & Q(fen__lt=0)), 0),
        )
        .order_by("account__code", "fund__code")
    )
    lines = [
        YearLine(code, name, klass, fund, fund_name, int(opening), int(debit), -int(credit))
        for code, name, klass, fund, fund_name, opening, debit, credit in rows
    ]
    return [line for line in lines if line.opening or line.debit or line.credit]


def year_digest(*, book_id: int, year: int, using: str = "default") -> tuple[str, int]:
    """The hash of what the entries of a year say, line by line, and how many entries they are."""
    rows = Posting.objects.using(using).filter(book=book_id, entry__year=year)
    told = rows.order_by("entry__number", "line").values_list(*TOLD)
    entries = Entry.objects.using(using).filter(book=book_id, year=year).count()
    return digest_of_entries(told.iterator(chunk_size=5_000)), entries


def errata_of(*, book_id: int, year: int) -> QuerySet[Entry]:
    """What was corrected later about a closed year: the entries stand in a later one (Appendix D 8)."""
    return Entry.objects.filter(book=book_id, erratum_year=year).order_by("on", "id")
