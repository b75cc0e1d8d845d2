"""Reads of transfers."""

from niangjia.transfers.queries.rows import (
    transfer_in_scope,
    transfer_subject,
    transfers_in_scope,
    transfers_of,
)
from niangjia.transfers.queries.shown import transfer_status, transfers_table

__all__ = [
    "transfer_in_scope",
    "transfer_status",
    "transfer_subject",
    "transfers_in_scope",
    "transfers_of",
    "transfers_table",
]
