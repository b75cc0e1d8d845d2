"""Reads of phones for visits: the phones and what they sent, the kit, boxes opened."""

from niangjia.phones.queries.boxes import box_key, box_opened
from niangjia.phones.queries.devices import (
    device_for,
    devices_for,
    draft_of,
    held_for,
    held_uploads_for,
    reasons_of,
    sent_from,
    told_in,
)
from niangjia.phones.queries.kit import kit_for
from niangjia.phones.queries.shown import HAND_IN, HeldPage, held_page, held_table, phone_table

__all__ = [
    "HAND_IN",
    "HeldPage",
    "box_key",
    "box_opened",
    "device_for",
    "devices_for",
    "draft_of",
    "held_for",
    "held_page",
    "held_table",
    "held_uploads_for",
    "kit_for",
    "phone_table",
    "reasons_of",
    "sent_from",
    "told_in",
]
