"""Writes of members by file."""
