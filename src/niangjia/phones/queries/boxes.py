"""Boxes that phones closed for the platform, opened with its keys; the key that phones close them with."""

from base64 import b64encode
from collections.abc import Iterator
from typing import Any

from django.conf import settings

from niangjia.phones import rules


def _secrets() -> Iterator[bytes]:
    """The key of now, then those of before: a phone may have been in the mountains at the change."""
    yield settings.VISITS_KEY
    yield from map(bytes.fromhex, settings.VISITS_KEYS_BEFORE)


def box_opened(*, box: Any, bound: str) -> bytes:
    """What lies in a box that was closed for us and for this `bound`. Raises BoxBroken."""
    return rules.opened(box, bound=bound, secrets=_secrets())


def box_key() -> dict[str, str]:
    """The public key for phones: its name and its point."""
    public = rules.public_of(settings.VISITS_KEY)
    return {"kid": rules.kid_of(public), "point": b64encode(public).decode()}
