"""Writes of aid, one verb a function."""

from niangjia.aid.actions.asking import (
    Draft,
    appeal_refusal,
    draft_application,
    edit_application,
    submit_application,
    unlink_application,
    withdraw_application,
)
from niangjia.aid.actions.deciding import (
    approve_all,
    approve_application,
    decide_appeal,
    open_round,
    refuse_application,
    review_application,
    revoke_approval,
    send_back_application,
    take_out,
)
from niangjia.aid.actions.door import file_at_the_door, hear_of_visit
from niangjia.aid.actions.files import attach_paper, take_off_paper
from niangjia.aid.actions.moving import APPLICATIONS, MERGE_PARTY
from niangjia.aid.actions.paying import (
    close_application,
    confirm_receipt,
    follow_payment,
    order_aid,
)

__all__ = [
    "APPLICATIONS",
    "MERGE_PARTY",
    "Draft",
    "appeal_refusal",
    "approve_all",
    "approve_application",
    "attach_paper",
    "close_application",
    "confirm_receipt",
    "decide_appeal",
    "draft_application",
    "edit_application",
    "file_at_the_door",
    "follow_payment",
    "hear_of_visit",
    "open_round",
    "order_aid",
    "refuse_application",
    "review_application",
    "revoke_approval",
    "send_back_application",
    "submit_application",
    "take_off_paper",
    "take_out",
    "unlink_application",
    "withdraw_application",
]
