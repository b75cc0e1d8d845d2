"""Faces of joining."""
