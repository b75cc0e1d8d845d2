"""Faces of the rights of persons."""
