"""Reads of messages: one's own, and how the channels are doing."""

from niangjia.messaging.queries.hours import quiet_for, retry_minutes
from niangjia.messaging.queries.inbox import (
    channel_health,
    deliveries_about,
    inbox_page,
    language_of,
    message_kinds,
    message_of,
    preferences_of,
    unread_of,
)

__all__ = [
    "channel_health",
    "deliveries_about",
    "inbox_page",
    "language_of",
    "message_kinds",
    "message_of",
    "preferences_of",
    "quiet_for",
    "retry_minutes",
    "unread_of",
]
