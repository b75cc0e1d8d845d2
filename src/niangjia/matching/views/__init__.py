"""Faces of possible duplicates and of real-name completeness."""
