"""Faces of tasks."""
