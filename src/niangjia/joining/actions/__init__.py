"""Writes of joining, one verb a function."""

from niangjia.joining.actions.appealing import (
    appeal_application,
    overturn_application,
    uphold_application,
    withdraw_application,
)
from niangjia.joining.actions.applying import (
    ApplicationDraft,
    answer_return,
    enter_application,
    submit_application,
)
from niangjia.joining.actions.bulk import Many, join_all
from niangjia.joining.actions.carrying import APPLICATIONS, ApplicationsParty
from niangjia.joining.actions.coding import CodeDraft, make_code, revoke_code
from niangjia.joining.actions.deciding import (
    affiliate_application,
    approve_application,
    hand_over_application,
    reject_application,
    return_application,
    review_application,
    route_application,
    support_application,
)

__all__ = [
    "APPLICATIONS",
    "ApplicationDraft",
    "ApplicationsParty",
    "CodeDraft",
    "Many",
    "affiliate_application",
    "answer_return",
    "appeal_application",
    "approve_application",
    "enter_application",
    "hand_over_application",
    "join_all",
    "make_code",
    "overturn_application",
    "reject_application",
    "return_application",
    "review_application",
    "revoke_code",
    "route_application",
    "submit_application",
    "support_application",
    "uphold_application",
    "withdraw_application",
]
