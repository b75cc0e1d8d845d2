"""Writes of messages."""

from niangjia.messaging.actions.delivering import deliver_due
from niangjia.messaging.actions.sending import (
    Note,
    choose_channels,
    mark_all_read,
    mark_read,
    open_channels,
    send,
)

__all__ = [
    "Note",
    "choose_channels",
    "deliver_due",
    "mark_all_read",
    "mark_read",
    "open_channels",
    "send",
]
