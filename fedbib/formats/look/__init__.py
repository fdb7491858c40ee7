"""Anybody's list kept in its own look: what stands where, how a row is written, and what of it changes."""
