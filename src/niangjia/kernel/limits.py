"""How often a visitor may do a thing: counted in the database, so that every process counts together.

The count belongs to the visitor's own address or account: nobody can use up another's.
"""

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import wraps
from typing import Any, TypeVar, cast

from django.conf import settings
from django.db import connection
from django.http import HttpRequest

from niangjia.kernel import clock
from niangjia.kernel.errors import TooOften
from niangjia.kernel.models import Visits

View = TypeVar("View", bound=Callable[..., Any])
_SAFE = {"GET", "HEAD", "OPTIONS"}

_COUNT = """
INSERT INTO kernel_visits (bucket, ends_at, count) VALUES (%s, %s, 1)
ON CONFLICT (bucket) DO UPDATE SET count = kernel_visits.count + 1 RETURNING count
"""


def limited(thing: str, *, most: int, seconds: int, reading: bool = False) -> Callable[[View], View]:
    """Let a visitor do a thing `most` times in each window of `seconds`; then raise TooOften (429).

    Counts posts; with `reading` also plain visits. Stand it inside the door, so that the request's
    transaction carries the count; a request that is rolled back was no use and is not counted.
    """

    def guard(view: View) -> View:
        @wraps(view)
        def counted(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            if reading or request.method not in _SAFE:
                require_seldom(request, thing, most=most, seconds=seconds)
            return view(request, *args, **kwargs)

        return cast("View", counted)

    return guard


def require_seldom(request: HttpRequest, thing: str, *, most: int, seconds: int) -> None:
    """The visitor has done this at most `most` times in this window, this time included."""
    count, left = _counted(f"{thing} {visitor(request)}", seconds=seconds)
    if count > most:
        raise TooOften(seconds=left)


def often(thing: str, *, most: int, seconds: int) -> bool:
    """True once a thing, whoever does it, is done more than `most` times in this window; counts this time."""
    return _counted(thing, seconds=seconds)[0] > most


def _counted(thing: str, *, seconds: int) -> tuple[int, int]:
    """How often in this window, this time included, and the seconds until the window ends."""
    if not settings.NIANGJIA_LIMITS:
        return 0, seconds
    now = clock.now()
    window = int(now.timestamp()) // seconds
    ends = datetime.fromtimestamp((window + 1) * seconds, tz=UTC)
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [_bucket(f"{thing} {window}"), ends])
        (count,) = cursor.fetchone()
    return count, max(1, int((ends - now).total_seconds()))


def visitor(request: HttpRequest) -> str:
    """Who is counted: the account, else the address the request came from."""
    user = getattr(request.user, "pk", None)
    return f"user {user}" if user else f"ip {address_of(request)}"


def address_of(request: HttpRequest) -> str:
    """The address of the client: behind a trusted proxy the last one that the proxy itself saw."""
    told = request.headers.get("X-Forwarded-For", "") if settings.BEHIND_TLS else ""
    return told.rsplit(",", 1)[-1].strip() or request.META.get("REMOTE_ADDR", "")


def forget_visits() -> int:
    """Windows that are over are gone; how many."""
    return Visits.objects.filter(ends_at__lt=clock.now() - timedelta(minutes=1)).delete()[0]


def _bucket(text: str) -> bytes:
    return hashlib.sha256(settings.SECRET_KEY.encode() + text.encode()).digest()
