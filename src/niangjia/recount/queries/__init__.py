"""The ledger computed again, and its journal as text."""

from niangjia.recount.queries.exporting import export_balances, export_text, exported_books
from niangjia.recount.queries.verifying import Finding, LedgerReport, verify

__all__ = ["Finding", "LedgerReport", "export_balances", "export_text", "exported_books", "verify"]
