"""Reads for the money pages."""
