"""Faces of households."""
