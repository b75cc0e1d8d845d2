"""Writes of founding, one verb a function; each in one transaction."""

from niangjia.founding.actions.asking import (
    EmployerDraft,
    RequestDraft,
    draft_establishment,
    drop_employer,
    edit_establishment,
    join_founding_group,
    leave_founding_group,
    name_employer,
    submit_establishment,
    withdraw_establishment,
)
from niangjia.founding.actions.congress import (
    Congress,
    drop_candidate,
    hold_again,
    hold_congress,
    propose_candidate,
    submit_result,
)
from niangjia.founding.actions.deciding import (
    approve_preparation,
    reject_establishment,
    review_establishment,
    send_back_establishment,
    take_back_decision,
)
from niangjia.founding.actions.founding import approve_establishment, register_legal_person

__all__ = [
    "Congress",
    "EmployerDraft",
    "RequestDraft",
    "approve_establishment",
    "approve_preparation",
    "draft_establishment",
    "drop_candidate",
    "drop_employer",
    "edit_establishment",
    "hold_again",
    "hold_congress",
    "join_founding_group",
    "leave_founding_group",
    "name_employer",
    "propose_candidate",
    "register_legal_person",
    "reject_establishment",
    "review_establishment",
    "send_back_establishment",
    "submit_establishment",
    "submit_result",
    "take_back_decision",
    "withdraw_establishment",
]
