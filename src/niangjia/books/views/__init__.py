"""Faces of the ledger and of payments."""
