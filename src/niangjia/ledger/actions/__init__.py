"""Writes of the ledger: books and funds, entries, reversals, vouchers, closing, handing over."""

from niangjia.ledger.actions.closing import close_year
from niangjia.ledger.actions.entering import Entered
from niangjia.ledger.actions.handing import end_books, reopen_books, transfer_balance
from niangjia.ledger.actions.opening import FundDraft, end_fund, open_book, open_fund
from niangjia.ledger.actions.posting import post_entry, post_many, post_payment
from niangjia.ledger.actions.reversing import reverse
from niangjia.ledger.actions.vouchers import (
    check_voucher,
    propose_voucher,
    refuse_voucher,
    withdraw_voucher,
)

__all__ = [
    "Entered",
    "FundDraft",
    "check_voucher",
    "close_year",
    "end_books",
    "end_fund",
    "open_book",
    "open_fund",
    "post_entry",
    "post_many",
    "post_payment",
    "propose_voucher",
    "refuse_voucher",
    "reopen_books",
    "reverse",
    "transfer_balance",
    "withdraw_voucher",
]
