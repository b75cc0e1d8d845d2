"""Writes of 撤并改, one verb a function."""

from niangjia.restructuring.actions.deciding import (
    Audit,
    Consultation,
    approve,
    audit,
    close,
    consult,
    reject,
    revoke,
    send_back,
)
from niangjia.restructuring.actions.executing import execute, look_again, undo
from niangjia.restructuring.actions.proposing import RestructureDraft, propose, resubmit, withdraw
from niangjia.restructuring.actions.sharing import ShareDraft, add_share, remove_share

__all__ = [
    "Audit",
    "Consultation",
    "RestructureDraft",
    "ShareDraft",
    "add_share",
    "approve",
    "audit",
    "close",
    "consult",
    "execute",
    "look_again",
    "propose",
    "reject",
    "remove_share",
    "resubmit",
    "revoke",
    "send_back",
    "undo",
    "withdraw",
]
