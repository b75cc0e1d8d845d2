"""An entry is never changed: a contra entry takes it back exactly, once (domain.md §2.2)."""

from datetime import date, datetime

from django.db import transaction

from niangjia.kernel import journal
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import BadInput, Refused
from niangjia.kernel.words import say
from niangjia.ledger import queries
from niangjia.ledger.actions.entering import Ready, enter
from niangjia.ledger.actions.posting import row_of
from niangjia.ledger.models import Entry
from niangjia.ledger.permissions import Word
from niangjia.ledger.rules import EntryKind

KIND = "ledger.entry"


@transaction.atomic
def reverse(
    *, entry_id: int, reason: str, on: date, by: Actor, at: datetime, checked_by: int | None = None
) -> Entry:
    """The entry is taken back by its exact contra on a day of an open year (Appendix D 8).

    Whoever reverses carries the right to check (or to pay, for a payment of an order) and did not make the
    entry himself, unless another person checks the contra. Where the entry's year is closed, the contra
    stands as an erratum of that year. Reversed again it is the same contra.
    """
    entry = queries.entry_in_scope(entry_id=entry_id, scope=by.scope_for(Word.READ))
    word = Word.PAY if entry.kind == EntryKind.PAYMENT and by.may(Word.PAY) else Word.CHECK
    by.require(word, at=entry.book.path)
    if not reason.strip():
        raise BadInput(say("请写明冲销的理由。"), field="reason")
    _require_reversible(entry, on)
    _require_another(entry, by.user_id, checked_by)
    ready = _contra(entry, reason.strip(), on, by.user_id, checked_by)
    told = {"on": on.isoformat(), "contra_of": entry.pk}
    line = journal.record_within("reverse_entry", by=by, kind=KIND, after=told, reason=ready.reason)
    scope = by.scope_for(word)
    number, place, known = enter(book_id=entry.book_id, scope=scope, ready=ready, at=at, line=line)
    if known is not None:
        return Entry.objects.get(pk=known)
    return row_of(book_id=entry.book_id, ready=ready, number=number, place=place, at=at)


def _require_reversible(entry: Entry, on: date) -> None:
    if entry.kind in {EntryKind.CONTRA, EntryKind.CLOSE}:
        raise Refused(say("冲销凭证和结账凭证不能再冲销。"))
    if on < entry.on:
        raise BadInput(say("冲销不能早于原凭证的日期。"), field="on")


def _require_another(entry: Entry, maker: int | None, checker: int | None) -> None:
    if maker is not None and (maker == checker or (checker is None and maker == entry.made_by)):
        raise Refused(say("冲销要由制单人以外的人办理或复核。"))


def _contra(entry: Entry, reason: str, on: date, maker: int | None, checker: int | None) -> Ready:
    """The entry with every sign turned; an erratum, if the entry's year is closed."""
    closed = entry.book.closed_through
    lines = entry.postings.order_by("line").values_list("account__code", "fund__code", "fen", "source")
    return Ready(
        on=on, kind=EntryKind.CONTRA, words=entry.words, key=f"contra/{entry.pk}",
        lines=[(account, fund, -fen, source) for account, fund, fen, source in lines],
        about_kind=entry.about_kind, about_id=entry.about_id, contra_of=entry.pk, reason=reason,
        erratum_year=entry.year if closed and entry.on <= closed and entry.year < on.year else None,
        made_by=maker, checked_by=checker,
    )  # fmt: skip
