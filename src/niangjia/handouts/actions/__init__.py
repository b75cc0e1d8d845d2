"""Writes of batches, one verb a function."""

from niangjia.handouts.actions.arranging import (
    add_to_roster,
    amend_batch,
    arrange_batch,
    draw_again,
    drop_row,
)
from niangjia.handouts.actions.closing import cancel_batch, close_batch, count_heads, reopen_batch
from niangjia.handouts.actions.deciding import approve_batch, send_back_batch, submit_batch
from niangjia.handouts.actions.handing import (
    attend,
    book,
    confirm_own,
    hand_out,
    hand_to_card,
    miss,
    note_row,
    open_again,
)
from niangjia.handouts.actions.moving import HANDOUTS, MERGE_PARTY
from niangjia.handouts.actions.papers import issue_roster
from niangjia.handouts.actions.paying import (
    Ordered,
    check_batch_goods,
    follow_money,
    order_batch_money,
    propose_batch_goods,
    refuse_batch_goods,
)
from niangjia.handouts.rules import BatchDraft

__all__ = [
    "HANDOUTS",
    "MERGE_PARTY",
    "BatchDraft",
    "Ordered",
    "add_to_roster",
    "amend_batch",
    "approve_batch",
    "arrange_batch",
    "attend",
    "book",
    "cancel_batch",
    "check_batch_goods",
    "close_batch",
    "confirm_own",
    "count_heads",
    "draw_again",
    "drop_row",
    "follow_money",
    "hand_out",
    "hand_to_card",
    "issue_roster",
    "miss",
    "note_row",
    "open_again",
    "order_batch_money",
    "propose_batch_goods",
    "refuse_batch_goods",
    "reopen_batch",
    "send_back_batch",
    "submit_batch",
]
