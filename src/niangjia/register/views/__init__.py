"""Faces of the register."""
