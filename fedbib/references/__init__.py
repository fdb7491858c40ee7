"""Formatted references in any CSL style."""
