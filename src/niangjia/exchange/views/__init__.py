"""Faces of files in and out."""
