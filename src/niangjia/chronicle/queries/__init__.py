"""Reads of the journal: a record's life, what an auditor asks, heads and proofs."""

from niangjia.chronicle.queries import auditing, lines

__all__ = ["auditing", "lines"]
