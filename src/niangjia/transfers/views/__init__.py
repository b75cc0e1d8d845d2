"""Faces of transfers."""
