"""The collection's own list in its README, written and read."""
