"""Faces of the policies."""
