"""Faces of aid."""
