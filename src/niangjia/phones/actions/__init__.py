"""Writes of phones for visits, one verb a function."""

from niangjia.phones.actions.devices import (
    Unsent,
    drop_unsent,
    enrol_device,
    lend_kit,
    own_device,
    revoke_device,
    sent_from_own,
)
from niangjia.phones.actions.files import take_file
from niangjia.phones.actions.holding import decline_held, enter_held
from niangjia.phones.actions.moving import PHONES
from niangjia.phones.actions.photos import keep_part, parts_of
from niangjia.phones.actions.receiving import Taken, Upload, receive

__all__ = [
    "PHONES",
    "Taken",
    "Unsent",
    "Upload",
    "decline_held",
    "drop_unsent",
    "enrol_device",
    "enter_held",
    "keep_part",
    "lend_kit",
    "own_device",
    "parts_of",
    "receive",
    "revoke_device",
    "sent_from_own",
    "take_file",
]
