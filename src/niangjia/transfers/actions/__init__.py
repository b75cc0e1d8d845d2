"""Writes of transfers, one verb a function; and how they follow a restructure."""

from niangjia.transfers.actions.carrying import TRANSFERS, TransfersParty
from niangjia.transfers.actions.transferring import (
    accept_transfer,
    ask_transfer,
    decline_transfer,
    introduce,
    refuse_transfer,
    send_back_transfer,
    withdraw_transfer,
)

__all__ = [
    "TRANSFERS",
    "TransfersParty",
    "accept_transfer",
    "ask_transfer",
    "decline_transfer",
    "introduce",
    "refuse_transfer",
    "send_back_transfer",
    "withdraw_transfer",
]
