"""Bytes go into the database (ADR 0012): one transaction with their row, one guard, one backup."""

import hashlib
from base64 import b85encode

from niangjia.kernel import sealing
from niangjia.papers.models import Content
from niangjia.papers.queries.contents import SEALED_AS


def keep(*, body: bytes, unit_id: int, person_id: int | None) -> Content:
    """The bytes are kept at a unit; sealed with the person's key if they concern one."""
    kept = body
    if person_id is not None:
        kept = sealing.seal(b85encode(body).decode(), table=SEALED_AS, person_id=person_id)
    return Content.objects.create(
        unit_id=unit_id,
        person_id=person_id,
        body=kept,
        size=len(body),
        sha256=hashlib.sha256(body).hexdigest(),
    )
