"""Writes of sympathy visits, one verb a function."""

from niangjia.sympathy.actions.moving import MERGE_PARTY, SYMPATHY
from niangjia.sympathy.actions.papers import issue_registration
from niangjia.sympathy.actions.paying import (
    check_visit_goods,
    follow_money,
    order_visit_money,
    propose_visit_goods,
    refuse_visit_goods,
)
from niangjia.sympathy.actions.planning import cancel_visit, plan_visit
from niangjia.sympathy.actions.receiving import confirm_receipt, take_receipt
from niangjia.sympathy.actions.recording import record_visit, take_back_visit
from niangjia.sympathy.actions.reporting import Report, report_stay, report_visit

__all__ = [
    "MERGE_PARTY",
    "SYMPATHY",
    "Report",
    "cancel_visit",
    "check_visit_goods",
    "confirm_receipt",
    "follow_money",
    "issue_registration",
    "order_visit_money",
    "plan_visit",
    "propose_visit_goods",
    "record_visit",
    "refuse_visit_goods",
    "report_stay",
    "report_visit",
    "take_back_visit",
    "take_receipt",
]
