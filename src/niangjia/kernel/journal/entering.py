"""A line is written in the transaction of its action, with its values, in one statement."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from secrets import token_bytes
from typing import Any

from django.db import connection

from niangjia.kernel.access import Actor
from niangjia.kernel.journal import canonical, merkle
from niangjia.kernel.journal.tables import JournalLine, JournalValues

ENTER = "SELECT nj_record(%s, %s, %s, %s, %s, %s, %s, %s::bytea, %s::bytea, %s, %s::bytea, %s)"
"""One call, with the caller's rights; the function keeps its plans."""


def record(  # noqa: PLR0913 - a line has these parts
    verb: str,
    *,
    by: Actor,
    at: datetime,
    kind: str,
    object_id: int | None,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    reason: str = "",
    person_id: int | None = None,
) -> JournalLine:
    """Write the line of one action in the action's own transaction.

    Where the values tell of a person, `person_id` names him, so that an erasure finds them.
    """
    body = canonical.body_of(before, after, reason)
    line = JournalLine(
        at=at,
        user_id=by.user_id,
        post_id=by.post_id,
        unit_id=by.unit_id,
        verb=verb,
        kind=kind,
        object_id=object_id,
    )
    return _enter(line, body, person_id=person_id)


def record_within(
    verb: str, *, by: Actor, kind: str, after: Mapping[str, Any] | None = None, reason: str = ""
) -> tuple[object, ...]:
    """What a database function that enters a record hands to `nj_record` with it: who, verb, kind, values.

    For the few actions that must be done in one trip to the database (docs/benchmarks/ledger.md); the
    function knows the number of the record and the moment.
    """
    body = canonical.body_of(None, after, reason)
    salt = token_bytes(canonical.SALT)
    return by.post_id, by.unit_id, by.user_id, verb, kind, canonical.digest_of(salt, body), salt, body


def record_rows(
    verb: str, rows: Iterable[Mapping[str, Any]], *, by: Actor, at: datetime, kind: str
) -> JournalLine:
    """Write one line for many rows entered at once: how many, and their Merkle root.

    The leaf hashes of the rows are kept, so that any one row can be proven later (`proofs.proof_of_row`).
    """
    kept = canonical.rows_kept(token_bytes(canonical.SALT), rows)
    leaves = canonical.rows_read(kept)[1]
    after = {"rows": len(leaves), "root": merkle.root_of(leaves).hex()}
    line = JournalLine(
        at=at, user_id=by.user_id, post_id=by.post_id, unit_id=by.unit_id, verb=verb, kind=kind
    )
    return _enter(line, canonical.body_of(None, after, ""), rows=kept)


def _enter(
    line: JournalLine, body: str, *, rows: bytes | None = None, person_id: int | None = None
) -> JournalLine:
    salt = token_bytes(canonical.SALT) if body else None
    line.digest = canonical.digest_of(salt, body) if salt else None
    told = (line.at, line.user_id, line.post_id, line.unit_id, line.verb, line.kind, line.object_id)
    with connection.cursor() as cursor:
        cursor.execute(ENTER, [*told, line.digest, salt, body, rows, person_id])
        line.pk = int(cursor.fetchone()[0])
    line._state.adding = False  # noqa: SLF001 - the row stands, as after Django's own save
    if salt:
        line.kept = JournalValues(line=line, salt=salt, body=body, rows=rows, person_id=person_id)
    return line
