"""The edge to the disk: files and locks."""
