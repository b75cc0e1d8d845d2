"""The bank's statement beside the books: its lines, and how they agree. Pure."""

from niangjia.statements.rules.reconciling import (
    WHY_LABELS,
    Banked,
    Booked,
    Pair,
    Reconciliation,
    Sent,
    Why,
    reconcile,
)
from niangjia.statements.rules.rows import STATEMENT_COLUMNS, StatementRow

KIND = "statements.bank_statement"

__all__ = [
    "KIND",
    "STATEMENT_COLUMNS",
    "WHY_LABELS",
    "Banked",
    "Booked",
    "Pair",
    "Reconciliation",
    "Sent",
    "StatementRow",
    "Why",
    "reconcile",
]
