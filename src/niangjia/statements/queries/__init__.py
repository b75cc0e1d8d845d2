"""Reads of bank statements."""

from niangjia.statements.queries.comparing import (
    Compared,
    compared,
    statement_in_scope,
    statements_in_scope,
)
from niangjia.statements.queries.reading import statement_rows

__all__ = ["Compared", "compared", "statement_in_scope", "statement_rows", "statements_in_scope"]
