"""Faces of founding."""
