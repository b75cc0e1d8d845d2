"""The one way in which a line and its values are written before they are hashed. Pure.

A leaf holds no value that could be personal: it holds the salted digest of the values. Salt and values lie
in a table from which they can be erased; without the salt nobody can guess what the digest was made of.
"""

import hmac
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from niangjia.kernel.journal import merkle

SALT = 16
HASH = 32
HEADING = "niangjia journal line 1"
_dense = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_sorted = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode
_telling = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True, default=str).encode

Line = tuple[
    int, datetime, int | None, int | None, int | None, str, str, int | None, bytes | memoryview | None
]
"""id, at, user, post, unit, verb, kind, object, digest: the columns of a line, in this order."""


def parts_of(line: Line) -> list[Any]:
    """What a leaf says of a line, as a JSON array."""
    number, at, user, post, unit, verb, kind, thing, digest = line
    moment = at.astimezone(UTC).isoformat(timespec="microseconds")
    told = None if digest is None else bytes(digest).hex()
    return [HEADING, number, moment, user, post, unit, verb, kind, thing, told]


def leaf_of(line: Line) -> bytes:
    """The leaf hash of a line."""
    return sha256(b"\x00" + _dense(parts_of(line)).encode()).digest()


def body_of(before: Mapping[str, Any] | None, after: Mapping[str, Any] | None, reason: str) -> str:
    """The values of a line as text; none is the empty text."""
    told = {"before": dict(before or {}), "after": dict(after or {}), "reason": reason}
    kept = {name: value for name, value in told.items() if value}
    return _sorted(kept) if kept else ""


def digest_of(salt: bytes | memoryview, body: str) -> bytes:
    """The salted digest of values, which stands in the line."""
    return sha256(bytes(salt) + body.encode()).digest()


def row_entry(row: Mapping[str, Any]) -> str:
    """One row of a bulk, as text."""
    return _telling(dict(row))


def row_leaf(key: bytes, place: int, entry: str) -> bytes:
    """The leaf hash of a row: salted by a key of the bulk, so that rows beside it cannot be guessed."""
    return merkle.leaf_hash(row_salt(key, place) + entry.encode())


def row_salt(key: bytes, place: int) -> bytes:
    """The salt of one row; it may be shown with the row and tells nothing of the others."""
    return hmac.digest(key, str(place).encode(), "sha256")[:SALT]


def rows_kept(key: bytes, rows: Iterable[Mapping[str, Any]]) -> bytes:
    """The key and the leaf hashes of all rows: what a proof of one row needs later."""
    return key + b"".join(row_leaf(key, place, row_entry(row)) for place, row in enumerate(rows))


def rows_read(kept: bytes | memoryview) -> tuple[bytes, Sequence[bytes]]:
    """The key and the leaf hashes again."""
    told = bytes(kept)
    return told[:SALT], [told[at : at + HASH] for at in range(SALT, len(told), HASH)]
