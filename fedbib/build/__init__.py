"""The first story: works become outputs, every output is read back, and what differs on disk is written."""
