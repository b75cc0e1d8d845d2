"""Faces of a family that asks for aid."""
