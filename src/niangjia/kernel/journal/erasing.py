"""Values are erased through one function of the database, which writes the tombstones and a line itself."""

from collections.abc import Iterable
from datetime import datetime

from django.db import connection

from niangjia.kernel.access import Actor
from niangjia.kernel.journal.outside import Outside

ERASE = "SELECT nj_erase_values(%s::bigint, %s::bigint[], %s::bigint, %s::bigint, %s::bigint, %s, %s)"
VERB = "erase_values"


def erase_values_of(*, person_id: int, by: Actor, at: datetime, reason: str) -> int | None:
    """Every value that the journal keeps of a person is a tombstone; returns the line of the erasure.

    None if there was nothing to erase. The lines stay, and `verify` accepts the tombstones. Whoever calls has
    asked the rules whether the person's values may go.
    """
    return _erase(person_id, (), by=by, at=at, reason=reason)


def erase_values(*, lines: Iterable[int], by: Actor, at: datetime, reason: str) -> int | None:
    """The values of these lines are tombstones; returns the line of the erasure, None if there were none."""
    return _erase(None, lines, by=by, at=at, reason=reason)


def replay_erasures(outside: Outside, *, by: Actor, at: datetime, reason: str) -> int | None:
    """In a restored older backup: what was erased since is erased again."""
    return _erase(None, {line for _, line in outside.erased()}, by=by, at=at, reason=reason)


def _erase(
    person_id: int | None, lines: Iterable[int], *, by: Actor, at: datetime, reason: str
) -> int | None:
    with connection.cursor() as cursor:
        told = [person_id, sorted(lines), by.user_id, by.post_id, by.unit_id, at, reason]
        cursor.execute(ERASE, told)
        found = cursor.fetchone()[0]
    return None if found is None else int(found)
