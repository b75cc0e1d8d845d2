"""Files kept for a while: sealed piece by piece under a key of their own, gone when their time is over."""

import hashlib
import secrets
from datetime import datetime, timedelta

from niangjia.exchange.models import Batch, Leaving, Piece, StoredFile
from niangjia.exchange.queries.sealed import key_of
from niangjia.exchange.rules.verdicts import Leave
from niangjia.kernel.access import Actor
from niangjia.kernel.sealing.suites import opened, shut

PIECE = 1 << 20
DAYS = 30


def keep(  # noqa: PLR0913 - a file has these facts
    *,
    content: bytes,
    name: str,
    kind: str,
    unit_id: int,
    by: Actor,
    at: datetime,
    days: int = DAYS,
    unpacked: int = 0,
) -> StoredFile:
    """The file stands in the vault until its day."""
    file = StoredFile.objects.create(
        unit_id=unit_id,
        user_id=by.user_id,
        name=name,
        kind=kind,
        size=len(content),
        unpacked=unpacked,
        sha256=hashlib.sha256(content).hexdigest(),
        salt=secrets.token_hex(16),
        made_at=at,
        expires_at=at + timedelta(days=days),
    )
    key = key_of(salt=file.salt)
    for number, start in enumerate(range(0, len(content), PIECE)):
        sealed = shut(key, content[start : start + PIECE], _bound(file, number))
        Piece.objects.create(file=file, number=number, sealed=sealed)
    return file


def content_of(*, file: StoredFile) -> bytes:
    """The whole file; raises SealBroken if a piece was changed or moved."""
    key = key_of(salt=file.salt)
    pieces = file.pieces.order_by("number").values_list("number", "sealed")
    return b"".join(opened(key, bytes(sealed), _bound(file, number)) for number, sealed in pieces)


def _bound(file: StoredFile, number: int) -> bytes:
    return f"file:{file.pk}:{number}".encode()


def forget_files(*, at: datetime) -> int:
    """Files whose day is over are gone, and the rows that were read from them; the reports stay."""
    old = StoredFile.objects.filter(expires_at__lte=at)
    Leaving.objects.filter(file__in=old, state=Leave.READY).update(state=Leave.GONE)
    for batch in Batch.objects.filter(file__in=old):
        batch.rows.all().delete()
    return old.delete()[0]
