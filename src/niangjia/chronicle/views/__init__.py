"""Faces of the journal."""
