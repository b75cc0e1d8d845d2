"""What is true of messages: how words are kept, when and by which way they go out. Pure."""

from niangjia.messaging.rules.keeping import kept, require_no_sealed, told
from niangjia.messaging.rules.sending import (
    CHANNEL_WORDS,
    DELIVERY_WORDS,
    HOW_WORDS,
    OUTSIDE,
    Channel,
    Delivered,
    How,
    Quiet,
    how_of,
    not_before,
    retry_after,
)

__all__ = [
    "CHANNEL_WORDS",
    "DELIVERY_WORDS",
    "HOW_WORDS",
    "OUTSIDE",
    "Channel",
    "Delivered",
    "How",
    "Quiet",
    "how_of",
    "kept",
    "not_before",
    "require_no_sealed",
    "retry_after",
    "told",
]
