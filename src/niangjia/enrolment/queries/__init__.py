"""Reads for members by file: what rows refer to, and what goes out."""
