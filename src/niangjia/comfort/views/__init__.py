"""Faces of sympathy visits."""
