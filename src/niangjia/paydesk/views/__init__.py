"""Faces of payments and of the bank's statements."""
