"""What stands in the rows of a file is sealed: each row to its place in its batch."""

import json
from collections.abc import Mapping
from typing import Any

from niangjia.exchange.models import Batch
from niangjia.kernel.sealing import blind_index
from niangjia.kernel.sealing.suites import opened, shut

_dense = json.JSONEncoder(ensure_ascii=True, separators=(",", ":")).encode


def key_of(*, salt: str) -> bytes:
    """A key that only this installation can work out, another for each salt."""
    return blind_index(salt, purpose="exchange.vault")


class RowSeal:
    """Shuts and opens what stands in the rows of one batch."""

    def __init__(self, batch: Batch) -> None:
        self._key = key_of(salt=f"batch {batch.pk} {batch.sha256}")
        self._batch = batch.pk

    def shut(self, told: Mapping[str, Any], *, number: int, part: str = "row") -> bytes:
        """Facts as they are kept with a row."""
        return shut(self._key, _dense(told).encode(), self._bound(number, part))

    def open(self, sealed: bytes | memoryview, *, number: int, part: str = "row") -> dict[str, Any]:
        """The facts again; raises SealBroken for a row that was changed or moved."""
        told: dict[str, Any] = json.loads(opened(self._key, bytes(sealed), self._bound(number, part)))
        return told

    def _bound(self, number: int, part: str) -> bytes:
        return f"{part}:{self._batch}:{number}".encode()
