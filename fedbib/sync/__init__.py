"""A run: ask the sources again and keep what is new."""
