"""A file of visits that a phone could not send itself is handed in by somebody else: nothing is lost."""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from niangjia.kernel.access import Actor
from niangjia.kernel.errors import BadInput
from niangjia.kernel.words import say
from niangjia.phones.actions.devices import MAKE
from niangjia.phones.actions.photos import LARGEST, keep_part
from niangjia.phones.actions.receiving import Taken, Upload, receive

FORMAT = "niangjia-visits-1"
MOST_BYTES, MOST_ITEMS = 60_000_000, 1_000


def take_file(*, body: bytes, by: Actor, at: datetime) -> list[Taken]:
    """Every visit of the file as if it had been sent; handed in by another account it is held.

    Each is taken for itself: one that cannot be opened does not keep the others back.
    """
    by.require(MAKE)
    taken = []
    for item, device in _items(body):
        with transaction.atomic():
            upload = Upload(item["key"], item["box"], device, finished=item["finished"])
            taken.append(receive(upload=upload, by=by, at=at))
        for sha, box in item["photos"]:
            _photo(item["key"], sha, box, by=by, at=at)
    return taken


def _items(body: bytes) -> Iterator[tuple[dict[str, Any], UUID | None]]:
    try:
        told = json.loads(body) if len(body) <= MOST_BYTES else {}
        if told["format"] != FORMAT or not 0 < len(told["items"]) <= MOST_ITEMS:
            raise _strange()
        device = UUID(told["device"]) if told.get("device") else None
        items = [
            {
                "key": UUID(one["key"]),
                "box": dict(one["box"]),
                "finished": one.get("finished") is True,
                "photos": [
                    (str(photo["sha256"])[:64], dict(photo["box"])) for photo in one.get("photos", ())
                ],
            }
            for one in told["items"]
        ]
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise _strange() from None
    yield from ((one, device) for one in items)


def _strange() -> BadInput:
    words = "这不是走访手机导出的待传文件，或者文件不完整。请在手机上重新导出后再上传。"
    return BadInput(say(words), field="file")


def _photo(key: UUID, sha: str, box: dict[str, Any], *, by: Actor, at: datetime) -> None:
    body = json.dumps(box).encode()
    parts = [body[start : start + LARGEST] for start in range(0, len(body), LARGEST)]
    for number, part in enumerate(parts):
        keep_part(key=key, sha=sha, number=number, total=len(parts), body=part, by=by, at=at)
