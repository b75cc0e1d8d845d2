"""Reads of payments: accounts, orders, batches, what the bank said."""

from niangjia.payments.queries.accounts import (
    account_for,
    account_in_use,
    accounts_of,
    duties_of,
    number_of,
    numbers_of,
)
from niangjia.payments.queries.batches import (
    bank_lines,
    batch_in_scope,
    batches_in_scope,
    batches_of_entries,
    file_of,
    readings_of,
    sent_batches,
    transfers_of,
)
from niangjia.payments.queries.orders import (
    Filters,
    counts_of_states,
    fund_free,
    order_in_scope,
    order_of,
    order_subject,
    orders_in_scope,
    paid_to,
    reserved,
    sum_of,
)
from niangjia.payments.queries.rows import result_rows, told_rows

__all__ = [
    "Filters",
    "account_for",
    "account_in_use",
    "accounts_of",
    "bank_lines",
    "batch_in_scope",
    "batches_in_scope",
    "batches_of_entries",
    "counts_of_states",
    "duties_of",
    "file_of",
    "fund_free",
    "number_of",
    "numbers_of",
    "order_in_scope",
    "order_of",
    "order_subject",
    "orders_in_scope",
    "paid_to",
    "readings_of",
    "reserved",
    "result_rows",
    "sent_batches",
    "sum_of",
    "told_rows",
    "transfers_of",
]
