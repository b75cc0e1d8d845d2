"""Faces of needy-worker files."""
