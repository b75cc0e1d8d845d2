"""Tombstones: who was erased, in a signed file outside the database, so that no old backup brings them back.

Each line names a number, a fingerprint that only that person's record matches, and the moment; it holds
nothing personal. Lines are chained and signed (Ed25519): one that is changed, taken out or forged is noticed.
A file cut short at its end is noticed by the database, which remembers whom it erased (`people.reconcile`).
"""

import fcntl
import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings

START = "0" * 64


class TombstonesBroken(Exception):  # noqa: N818 - it reads as a sentence
    """A line of the file was changed, taken out or not signed by this installation."""


@dataclass(frozen=True, slots=True)
class Stone:
    """One person was erased."""

    person_id: int
    mark: str
    at: str


def mark_of(*, person_id: int, created_at: datetime) -> str:
    """What tells the person from another who got the same number in a restored database."""
    return hashlib.sha256(f"{person_id}|{created_at.timestamp():.6f}".encode()).hexdigest()


def lay(stones: list[Stone]) -> int:
    """These persons have their stones, on disk; those who had one keep it. Returns how many are new."""
    with _locked() as path:
        known, last = _read(path)
        have = {(stone.person_id, stone.mark) for stone in known}
        fresh = [stone for stone in stones if (stone.person_id, stone.mark) not in have]
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            for number, stone in enumerate(fresh, len(known) + 1):
                line, last = _line(number, stone, last)
                file.write(line + "\n")
            file.flush()
            os.fsync(file.fileno())
    return len(fresh)


def stones() -> list[Stone]:
    """Every stone, the oldest first; raises TombstonesBroken."""
    return _read(Path(settings.TOMBSTONES))[0]


def _read(path: Path) -> tuple[list[Stone], str]:
    """The stones and the digest of the last line; half a line at the end was never acknowledged."""
    if not path.exists():
        return [], START
    text = path.read_text(encoding="utf-8")
    whole, _, _half = text.rpartition("\n")
    found, last = [], START
    for number, line in enumerate(whole.splitlines(), 1):
        told = json.loads(line) if line.startswith("{") else {}
        signature, body = told.pop("signature", ""), told
        if body.get("n") != number or body.get("before") != last or not _is_signed(body, signature):
            message = f"{path}: line {number} was changed, or lines before it were taken out"
            raise TombstonesBroken(message)
        found.append(Stone(body["person"], body["mark"], body["at"]))
        last = _digest(body)
    return found, last


def _line(number: int, stone: Stone, before: str) -> tuple[str, str]:
    body = {"n": number, "person": stone.person_id, "mark": stone.mark, "at": stone.at, "before": before}
    signature = _key().sign(_flat(body)).hex()
    return json.dumps(body | {"signature": signature}, ensure_ascii=False), _digest(body)


def _is_signed(body: dict[str, object], signature: str) -> bool:
    try:
        _key().public_key().verify(bytes.fromhex(signature), _flat(body))
    except (InvalidSignature, ValueError):
        return False
    return True


def _digest(body: dict[str, object]) -> str:
    return hashlib.sha256(_flat(body)).hexdigest()


def _flat(body: dict[str, object]) -> bytes:
    return b"niangjia tombstone\x00" + json.dumps(body, sort_keys=True).encode()


def _key() -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(settings.TOMBSTONE_KEY[:32])


@contextmanager
def _locked() -> Iterator[Path]:
    """Two processes lay one after the other; a half line of one that was killed is cut off first."""
    path = Path(settings.TOMBSTONES)
    handle = os.open(path.with_name(f".{path.name}.lock"), os.O_WRONLY | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        if path.exists():
            content = path.read_bytes()
            if content and not content.endswith(b"\n"):
                os.truncate(path, content.rfind(b"\n") + 1)
        yield path
    finally:
        os.close(handle)
