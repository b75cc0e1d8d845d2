"""Entries are posted: one, a payment of an order, or many in one transaction; the same key counts once."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction

from niangjia.kernel import journal
from niangjia.kernel.access import Actor, Scope
from niangjia.kernel.errors import BadInput, Refused
from niangjia.kernel.money import Yuan
from niangjia.kernel.words import say
from niangjia.ledger import queries
from niangjia.ledger.actions.entering import Entered, Ready, enter, enter_many
from niangjia.ledger.models import Entry
from niangjia.ledger.permissions import Word
from niangjia.ledger.rules import EntryDraft, EntryKind, PostingDraft, require_sound

KIND = "ledger.entry"
COLUMNS = [column.attname for column in Entry._meta.concrete_fields]  # noqa: SLF001 - Django's own name


@transaction.atomic
def post_entry(*, book_id: int, draft: EntryDraft, checked_by: int | None, by: Actor, at: datetime) -> Entry:
    """The draft stands in the book; posted again with the same key it is the same entry.

    Raises Refused for lines that do not balance in every fund, a closed year, a restricted fund that would
    run short; and for a person who posts without another one who checked.
    """
    by.require(Word.KEEP)
    require_two(maker=by.user_id, checker=checked_by)
    who = {"maker": by.user_id, "checker": checked_by}
    return post(book_id=book_id, scope=by.scope_for(Word.KEEP), draft=draft, by=by, at=at, **who)


@transaction.atomic
def post_payment(  # noqa: PLR0913 - a payment has these parts
    *,
    order_ref: tuple[str, int],
    fund_id: int,
    expense_code: str,
    bank_code: str,
    amount: Yuan,
    on: date,
    words: str,
    maker: int,
    checker: int,
    by: Actor,
    at: datetime,
    key: str = "",
) -> Entry:
    """A payment order was paid: the expense of its fund is debited, the bank credited, once for the order.

    `key` tells one payment of the order from the next, where a returned one is paid again. Raises Refused
    where the fund is restricted and would run short.
    """
    by.require(Word.PAY)
    scope = by.scope_for(Word.PAY)
    fund = queries.fund_in_scope(fund_id=fund_id, scope=scope)
    require_two(maker=maker, checker=checker)
    if amount.fen <= 0:
        raise BadInput(say("付款金额要大于零。"), field="amount")
    lines = (PostingDraft(expense_code, fund.code, amount), PostingDraft(bank_code, fund.code, -amount))
    once = key or f"{order_ref[0]}/{order_ref[1]}"
    draft = EntryDraft(on, EntryKind.PAYMENT, words, lines, key=once, about=order_ref)
    who = {"maker": maker, "checker": checker}
    return post(book_id=fund.book_id, scope=scope, draft=draft, by=by, at=at, **who)


@transaction.atomic
def post_many(
    *, book_id: int, drafts: Iterable[EntryDraft], checked_by: int | None, by: Actor, at: datetime
) -> Entered:
    """Many drafts stand in the book together or not at all, with one line of the journal for all.

    Every key must be new: a batch that was posted before is refused whole.
    """
    by.require(Word.KEEP)
    maker, scope = by.user_id, by.scope_for(Word.KEEP)
    require_two(maker=maker, checker=checked_by)
    sound = list(drafts)
    for draft in sound:
        require_sound(draft)
    if not sound:
        raise BadInput(say("没有要入账的凭证。"))
    parts = enter_many(book_id=book_id, scope=scope, drafts=sound, maker=maker, checker=checked_by, at=at)
    told = [
        {"first": part.ids[0], "last": part.ids[-1], "entries": len(part.ids), "sha256": part.digest}
        for part in parts
    ]
    journal.record_rows("post_entries", told, by=by, at=at, kind=KIND)
    return Entered(
        [number for part in parts for number in part.ids],
        [number for part in parts for number in part.numbers],
    )


def post(  # noqa: PLR0913 - an entry has these parts
    *, book_id: int, scope: Scope, draft: EntryDraft, maker: int | None, checker: int | None, by: Actor,
    at: datetime,
) -> Entry:  # fmt: skip
    """The draft stands in the book, journalled; `scope` is how far the writer's permission reaches."""
    return put(book_id=book_id, scope=scope, ready=_ready(draft, maker, checker), by=by, at=at)


def put(*, book_id: int, scope: Scope, ready: Ready, by: Actor, at: datetime) -> Entry:
    """What the rules have let pass stands in the book; the entry of the same key is returned instead."""
    told = {"on": str(ready.on), "key": ready.key, "lines": [list(line[:3]) for line in ready.lines]}
    line = journal.record_within("post_entry", by=by, kind=KIND, after=told, reason=ready.reason)
    number, place, known = enter(book_id=book_id, scope=scope, ready=ready, at=at, line=line)
    if known is not None:
        return _the_same(Entry.objects.get(pk=known), ready)
    return row_of(book_id=book_id, ready=ready, number=number, place=place, at=at)


def row_of(*, book_id: int, ready: Ready, number: int, place: int, at: datetime) -> Entry:
    """The entry as it stands, without reading it again; its columns in their order."""
    told = (
        number, book_id, ready.on.year, place, ready.on, ready.kind, ready.words, len(ready.lines),
        ready.about_kind, ready.about_id, ready.key, ready.contra_of, ready.reason, ready.erratum_year,
        ready.made_by, ready.checked_by, at,
    )  # fmt: skip
    return Entry.from_db(None, COLUMNS, told)


def require_two(*, maker: int | None, checker: int | None) -> None:
    """Maker and checker are two persons; the system itself needs no second (domain.md Appendix C)."""
    if maker is not None and checker is None:
        raise Refused(say("凭证要由另一个人复核以后才能入账。"))
    if maker is not None and maker == checker:
        raise Refused(say("制单人不能复核自己的凭证，请另一位会计或主席复核。"))


def _ready(draft: EntryDraft, maker: int | None, checker: int | None) -> Ready:
    require_sound(draft)
    kind, number = draft.about or ("", None)
    return Ready(
        draft.on, draft.kind, draft.words, draft.key,
        [(line.account_code, line.fund_code, line.amount.fen, line.source) for line in draft.postings],
        kind, number, None, draft.reason.strip(), draft.erratum_year, maker, checker,
    )  # fmt: skip


def _the_same(entry: Entry, ready: Ready) -> Entry:
    """The entry of that key, if it says the same."""
    lines = list(entry.postings.order_by("line").values_list("account__code", "fund__code", "fen"))
    if (entry.on, entry.kind, lines) != (ready.on, ready.kind, [line[:3] for line in ready.lines]):
        raise Refused(say("同一件事先前已经入账，内容与这次不同。请核对原凭证。"), field="key")
    return entry
