"""Databases for a machine that has none."""
