"""Faces of the members' roll."""
