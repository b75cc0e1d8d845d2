"""Faces of the register of persons."""
