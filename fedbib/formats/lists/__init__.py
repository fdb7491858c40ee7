"""Anybody's list, read."""
