"""Faces of campaigns."""
