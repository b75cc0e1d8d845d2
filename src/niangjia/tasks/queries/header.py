"""The head of every page of a person: unread messages, steps that may be taken back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from niangjia.kernel.words import Said
from niangjia.messaging import queries as messaging
from niangjia.messaging.rules import told
from niangjia.tasks.models import Undo


@dataclass(frozen=True, slots=True)
class Offer:
    """A step that may still be taken back: what, and for how many minutes."""

    undo_id: int
    said: Said
    minutes: int


@dataclass(frozen=True, slots=True)
class Header:
    """What stands in the head of every page of a person: unread messages, steps that may be taken back."""

    unread: int = 0
    offers: Sequence[Offer] = ()
    url: str = ""


def header_of(*, user_id: int | None, now: datetime) -> Header:
    """The head of a page, in two small questions to indexes; nothing for the public."""
    if user_id is None:
        return Header()
    rows = Undo.objects.filter(user_id=user_id, undone_at=None, expires_at__gt=now).order_by("-id")[:2]
    offers = [Offer(row.pk, told(row.said), _minutes(row.expires_at, now)) for row in rows]
    return Header(messaging.unread_of(user_id=user_id), offers, reverse("inbox"))


def _minutes(until: datetime, now: datetime) -> int:
    """How many minutes are left, a begun one counted."""
    return -int(-(until - now).total_seconds() // 60)
