"""Faces of notices."""
