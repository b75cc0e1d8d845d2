"""Photographs come in parts, each closed for the platform; whole, they go to their visit."""

import json
from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from niangjia.kernel.access import Actor
from niangjia.kernel.errors import BadInput, NotVisible
from niangjia.kernel.reaching import beyond
from niangjia.kernel.words import say
from niangjia.phones import queries, rules
from niangjia.phones.actions.devices import MAKE
from niangjia.phones.models import HeldUpload, PhotoPart
from niangjia.visits import queries as visits
from niangjia.visits.actions import hold_key, take_photo

if TYPE_CHECKING:
    from niangjia.visits.models import HomeVisit

MOST_PARTS, LARGEST = 64, 100_000


@transaction.atomic
def keep_part(  # noqa: PLR0913 - a part has a visit, a photograph, a place in it
    *, key: UUID, sha: str, number: int, total: int, body: bytes, by: Actor, at: datetime
) -> bool:
    """A part has arrived; sent again it is there once. True when the platform has the whole photograph."""
    by.require(MAKE)
    if not (0 <= number < total <= MOST_PARTS and 0 < len(body) <= LARGEST):
        raise BadInput(say("这段照片的编号或大小不对。请在手机上重新传送这张照片。"), field="part")
    hold_key(key=key)
    with beyond():
        visit = visits.visit_by_key(key=key)
        if visit is None and not HeldUpload.objects.filter(key=key, user_id=by.user_id or 0).exists():
            raise NotVisible(say("这张照片的走访还没有收到。请先传送走访，再传照片。"))
        if visit is not None and not visit.photos.filter(sha256=sha, arrived_at=None).exists():
            return True
        told = {"total": total, "body": body, "user_id": by.user_id or 0, "at": at}
        PhotoPart.objects.get_or_create(key=key, sha256=sha, number=number, defaults=told)
        is_whole = PhotoPart.objects.filter(key=key, sha256=sha).count() == total
    return _whole(visit, sha, by=by, at=at) if visit is not None and is_whole else is_whole


def parts_of(*, key: UUID, sha: str, by: Actor) -> list[int]:
    """Which parts are there already: the rest is sent when the signal is back."""
    with beyond():
        rows = PhotoPart.objects.filter(key=key, sha256=sha, user_id=by.user_id or 0)
        return sorted(rows.values_list("number", flat=True))


def assemble(*, visit: "HomeVisit", by: Actor, at: datetime) -> None:
    """The photographs of a visit that was held until now, as far as they are whole."""
    with beyond():
        waiting = list(visit.photos.filter(arrived_at=None).values_list("sha256", flat=True))
    for sha in waiting:
        _whole(visit, sha, by=by, at=at)


def _whole(visit: "HomeVisit", sha: str, *, by: Actor, at: datetime) -> bool:
    """The parts are one picture; what arrived and is not what the visit names is sent anew."""
    with beyond():
        parts = PhotoPart.objects.filter(key=visit.key, sha256=sha).order_by("number")
        bodies = [(one.total, bytes(one.body)) for one in parts]
    if not bodies or len(bodies) != bodies[0][0]:
        return False
    plain = _opened(b"".join(body for _, body in bodies), key=visit.key, sha=sha)
    if plain is not None:
        take_photo(visit=visit, sha=sha, body=plain, by=by, at=at)
    with beyond():
        parts.delete()
    return plain is not None


def _opened(box: bytes, *, key: UUID, sha: str) -> bytes | None:
    try:
        plain = queries.box_opened(box=json.loads(box), bound=f"{key} {sha}")
    except (ValueError, rules.BoxBroken):
        return None
    return plain if sha256(plain).hexdigest() == sha else None
