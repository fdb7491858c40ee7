"""Identifiers: recognised in any text or address, and where each leads."""
