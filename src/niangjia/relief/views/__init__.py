"""Faces of the books of relief."""
