"""Vouchers made by hand: one proposes, another checks; only then they stand in the book (domain.md §2.4)."""

from datetime import datetime
from typing import Any

from django.db import transaction

from niangjia.kernel import journal
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import Stale
from niangjia.kernel.money import Yuan
from niangjia.ledger import queries
from niangjia.ledger.actions.posting import post
from niangjia.ledger.models import Voucher
from niangjia.ledger.permissions import Word
from niangjia.ledger.rules import VOUCHER, EntryDraft, EntryKind, PostingDraft, require_known, require_sound

KIND = "ledger.voucher"


@transaction.atomic
def propose_voucher(*, book_id: int, draft: EntryDraft, by: Actor, at: datetime) -> Voucher:
    """A voucher waits for another person; nothing stands in the book yet."""
    by.require(Word.KEEP)
    book = queries.book_in_scope(book_id=book_id, scope=by.scope_for(Word.KEEP))
    require_sound(draft)
    require_known(
        draft,
        accounts=queries.accounts_of(book_id=book_id),
        funds=queries.fund_codes_of(book_id=book_id, day=draft.on),
    )
    voucher = Voucher.objects.create(
        book=book, on=draft.on, kind=draft.kind, words=draft.words.strip(), reason=draft.reason.strip(),
        erratum_year=draft.erratum_year, postings=_lines_kept(draft), made_by=by.user_id, made_at=at,
    )  # fmt: skip
    after = {"on": draft.on.isoformat(), "words": voucher.words, "lines": voucher.postings}
    journal.record("propose_voucher", by=by, at=at, kind=KIND, object_id=voucher.pk, after=after)
    return voucher


@transaction.atomic
def check_voucher(*, voucher_id: int, version: int, by: Actor, at: datetime) -> Voucher:
    """Another person has checked the voucher: it stands in the book.

    Raises StepRefused for its own maker; Refused for what the book refuses.
    """
    voucher = _held(voucher_id, version, Word.CHECK, by)
    voucher.state = VOUCHER.advance(voucher.state, "check", _facts(voucher, by))
    voucher.entry = post(
        book_id=voucher.book_id, scope=by.scope_for(Word.CHECK), draft=_draft_of(voucher),
        maker=voucher.made_by, checker=by.user_id, by=by, at=at,
    )  # fmt: skip
    return _decided(voucher, "check_voucher", by=by, at=at)


@transaction.atomic
def refuse_voucher(*, voucher_id: int, version: int, reason: str, by: Actor, at: datetime) -> Voucher:
    """The voucher goes back with a reason; its maker may propose a better one."""
    voucher = _held(voucher_id, version, Word.CHECK, by)
    voucher.answer = reason.strip()
    facts = {**_facts(voucher, by), "reason": voucher.answer}
    voucher.state = VOUCHER.advance(voucher.state, "refuse", facts)
    return _decided(voucher, "refuse_voucher", by=by, at=at)


@transaction.atomic
def withdraw_voucher(*, voucher_id: int, version: int, by: Actor, at: datetime) -> Voucher:
    """The maker takes the voucher back before anybody has checked it."""
    voucher = _held(voucher_id, version, Word.KEEP, by)
    voucher.state = VOUCHER.advance(voucher.state, "withdraw", _facts(voucher, by))
    return _decided(voucher, "withdraw_voucher", by=by, at=at)


def _lines_kept(draft: EntryDraft) -> list[list[Any]]:
    """The lines as the voucher keeps them."""
    return [[line.account_code, line.fund_code, line.amount.fen, line.source] for line in draft.postings]


def _draft_of(voucher: Voucher) -> EntryDraft:
    """The entry that the voucher proposes."""
    lines = [PostingDraft(code, fund, Yuan(fen), source) for code, fund, fen, source in voucher.postings]
    return EntryDraft(
        voucher.on, EntryKind(voucher.kind), voucher.words, lines, key=f"voucher/{voucher.pk}",
        reason=voucher.reason, erratum_year=voucher.erratum_year,
    )  # fmt: skip


def _held(voucher_id: int, version: int, word: Word, by: Actor) -> Voucher:
    by.require(word)
    voucher = queries.voucher_in_scope(voucher_id=voucher_id, scope=by.scope_for(word), lock=True)
    if voucher.version != version:
        raise Stale
    return voucher


def _facts(voucher: Voucher, by: Actor) -> dict[str, object]:
    mine = voucher.made_by is not None and voucher.made_by == by.user_id
    return {"another": not mine, "maker": mine or voucher.made_by is None}


def _decided(voucher: Voucher, verb: str, *, by: Actor, at: datetime) -> Voucher:
    voucher.decided_by, voucher.decided_at = by.user_id, at
    voucher.version += 1
    columns = ["state", "entry", "decided_by", "decided_at", "answer", "version"]
    voucher.save(update_fields=columns)
    after = {"state": voucher.state, "entry": voucher.entry_id}
    journal.record(verb, by=by, at=at, kind=KIND, object_id=voucher.pk, after=after, reason=voucher.answer)
    return voucher
