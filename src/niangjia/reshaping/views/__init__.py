"""Faces of 撤并改."""
