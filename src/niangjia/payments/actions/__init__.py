"""Writes of payments, one verb a function; each in one transaction."""

from niangjia.payments.actions.accounts import end_account, keep_account, reveal_account
from niangjia.payments.actions.cash import pay_cash
from niangjia.payments.actions.checking import check_orders, send_back_order
from niangjia.payments.actions.following import Follower
from niangjia.payments.actions.ordering import cancel_order, correct_order, order_payment
from niangjia.payments.actions.refunding import ask_refund, refund_order
from niangjia.payments.actions.sending import BANK, account_code, fetch_file, send_batch
from niangjia.payments.actions.settling import read_results
from niangjia.payments.rules import OrderDraft

__all__ = [
    "BANK",
    "Follower",
    "OrderDraft",
    "account_code",
    "ask_refund",
    "cancel_order",
    "check_orders",
    "correct_order",
    "end_account",
    "fetch_file",
    "keep_account",
    "order_payment",
    "pay_cash",
    "read_results",
    "refund_order",
    "reveal_account",
    "send_back_order",
    "send_batch",
]
