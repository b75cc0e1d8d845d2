"""The app whose matter is paid hears of it in the same transaction (port `NIANGJIA_PAYMENT_FOLLOWERS`)."""

from datetime import datetime
from functools import cache
from typing import Protocol, cast

from django.conf import settings
from django.utils.module_loading import import_string

from niangjia.kernel.access import Actor
from niangjia.payments.models import PaymentOrder
from niangjia.payments.rules import Event


class Follower(Protocol):
    """What an app above does when an order about one of its matters is paid, failed, refunded, cancelled."""

    def __call__(self, *, order: PaymentOrder, event: Event, by: Actor, at: datetime) -> None:
        """Called inside `beyond`, in the transaction of the step: what it refuses, nobody does."""
        ...


@cache
def _port(path: str) -> Follower:
    return cast("Follower", import_string(path))


def follow(*, order: PaymentOrder, event: Event, by: Actor, at: datetime) -> None:
    """The follower of the order's kind of matter is told, if there is one."""
    path = settings.NIANGJIA_PAYMENT_FOLLOWERS.get(order.about_kind)
    if path:
        _port(path)(order=order, event=event, by=by, at=at)
