"""The one call into the database that enters entries with their lines (`ledger_enter`)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any, NoReturn, cast

from django.db import DatabaseError, connection

from niangjia.kernel.access import Scope
from niangjia.kernel.errors import NotVisible, Refused
from niangjia.kernel.words import Said, say
from niangjia.ledger.rules import EntryDraft

ENTER = (
    "SELECT * FROM ledger_enter(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, "
    "%s::text[], %s::text[], %s::bigint[], %s::text[], %s, %s, %s, %s, %s, %s::bytea, %s::bytea, %s)"
)
ENTER_MANY = (
    "SELECT * FROM ledger_enter_many(%s, %s, %s::date[], %s::text[], %s::text[], %s::text[], %s::bigint[], "
    "%s::text[], %s::text[], %s::int[], %s, %s, %s, %s::int[], %s::int[], %s::int[], %s::text[], %s::text[], "
    "%s::bigint[], %s::text[])"
)
MOST = 5_000
"""Entries a call: arrays and their sorts stay small."""
TOLD = {
    "ledger_entry_in_an_open_book": say("这一天不在账簿的启用期内，或者已经结账。"),
    "ledger_posting_fits": say("有一行分录的科目、资金来源或日期与凭证不符，请核对。"),
    "ledger_posting_known": say("账簿里没有这个科目或资金来源，请从列表里选。"),
    "ledger_entry_key": say("这一批里有凭证先前已经入账，整批没有重复入账。"),
    "ledger_contra_once": say("这张凭证已经冲销过，不能再冲销。"),
}
"""What the database refuses, by the name of the constraint."""
SHORT = say("专款余额不足，不能这样入账。请核对资金来源的余额。")
OUT_OF_REACH = "42501"
NO_RECORD = ("", None)


@dataclass(frozen=True, slots=True)
class Ready:
    """An entry that the rules have let pass; lines are account code, fund code, fen, source."""

    on: date
    kind: str
    words: str
    key: str
    lines: Sequence[tuple[str, str, int, str]]
    about_kind: str = ""
    about_id: int | None = None
    contra_of: int | None = None
    reason: str = ""
    erratum_year: int | None = None
    made_by: int | None = None
    checked_by: int | None = None


@dataclass(frozen=True, slots=True)
class Entered:
    """The numbers of rows and vouchers, in the order of the drafts, and the hash of what they say."""

    ids: Sequence[int]
    numbers: Sequence[int]
    digest: str = ""


def enter(
    *, book_id: int, scope: Scope, ready: Ready, at: datetime, line: Sequence[object]
) -> tuple[int, int, int | None]:
    """The entry stands in the book with the journal's `line`: its id and number; or who bore the key before.

    Raises NotVisible for a book outside the scope; Refused where a closed day or a short fund forbids it.
    """
    accounts, funds, fens, sources = zip(*ready.lines, strict=True)
    told = [
        book_id, _reach(scope), ready.on, ready.kind, ready.words, ready.about_kind, ready.about_id,
        ready.key, ready.contra_of, ready.reason, ready.erratum_year, ready.made_by, ready.checked_by, at,
        _texts(accounts), _texts(funds), _bare(fens), _texts(sources), *line,
    ]  # fmt: skip
    number, place, known, short = _ask(ENTER, told)
    if short is not None:
        raise Refused(SHORT)
    return number, place, known


def enter_many(
    *,
    book_id: int,
    scope: Scope,
    drafts: Sequence[EntryDraft],
    maker: int | None,
    checker: int | None,
    at: datetime,
) -> list[Entered]:
    """The drafts stand in the book, all of them, in parts. Raises Refused where a key is known."""
    parts: list[Entered] = []
    for start in range(0, len(drafts), MOST):
        told = _columns(drafts[start : start + MOST], maker, checker, at)
        ids, numbers, short = _ask(ENTER_MANY, [book_id, _reach(scope), *told])
        parts.append(Entered(ids, numbers, digest_of(columns=told)))
    if short is not None:
        raise Refused(SHORT)
    return parts


def digest_of(*, columns: Sequence[object]) -> str:
    """What a batch says, as one hash: the same drafts give the same."""
    return sha256("\n".join([str(column) for column in columns]).encode()).hexdigest()


def hold(*book_ids: int) -> None:
    """The books are held until the transaction ends: nobody else enters anything meanwhile."""
    with connection.cursor() as cursor:
        for book_id in sorted(set(book_ids)):
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('ledger_book', %s))", [book_id])


def _ask(statement: str, told: list[Any]) -> tuple[Any, ...]:
    try:
        with connection.cursor() as cursor:
            cursor.execute(statement, told)
            return cast("tuple[Any, ...]", cursor.fetchone())
    except DatabaseError as error:
        _refuse(error)


def _reach(scope: Scope) -> str:
    return ",".join([f"{low}:{high}" for low, high in scope.ranges])


def _columns(
    drafts: Sequence[EntryDraft], maker: int | None, checker: int | None, at: datetime
) -> list[object]:
    """The columns of `ledger_enter_many`, as PostgreSQL writes arrays: faster than adapting each value."""
    about = [draft.about or NO_RECORD for draft in drafts]
    lines = [line for draft in drafts for line in draft.postings]
    counts = [len(draft.postings) for draft in drafts]
    return [
        _bare([draft.on for draft in drafts]), _bare([draft.kind for draft in drafts]),
        _texts([draft.words for draft in drafts]), _texts([kind for kind, _ in about]),
        _bare([number for _, number in about]), _texts([draft.key for draft in drafts]),
        _texts([draft.reason for draft in drafts]), _bare([draft.erratum_year for draft in drafts]),
        maker, checker, at, _bare(counts),
        _bare([place for place, count in enumerate(counts, 1) for _ in range(count)]),
        _bare([line for count in counts for line in range(1, count + 1)]),
        _texts([line.account_code for line in lines]), _texts([line.fund_code for line in lines]),
        _bare([line.amount.fen for line in lines]), _texts([line.source for line in lines]),
    ]  # fmt: skip


def _bare(values: Sequence[object]) -> str:
    """Numbers, days and words of our own, which need no quotes; nothing at all as an empty array."""
    if values[0] is None and not any(value is not None for value in values):
        return "{}"
    return "{" + ",".join(["NULL" if value is None else str(value) for value in values]) + "}"


def _texts(values: Sequence[str]) -> str:
    """Texts in quotes; nothing but empty texts as an empty array."""
    if not any(values):
        return "{}"
    told = '","'.join(values) if not any("\\" in value or '"' in value for value in values) else None
    if told is None:
        told = '","'.join([value.replace("\\", "\\\\").replace('"', '\\"') for value in values])
    return '{"' + told + '"}'


def _refuse(error: DatabaseError) -> NoReturn:
    """What the database refused, in words for people; what it cannot mean is left as it is."""
    found = getattr(error.__cause__, "diag", None)
    if getattr(found, "sqlstate", "") == OUT_OF_REACH:
        raise NotVisible from error
    said: Said | None = TOLD.get(getattr(found, "constraint_name", None) or "")
    if said is None:
        raise error
    raise Refused(said) from error
