"""Faces of joining by oneself."""
