"""Faces of the portal."""
