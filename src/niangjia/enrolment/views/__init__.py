"""Faces of members by file."""
