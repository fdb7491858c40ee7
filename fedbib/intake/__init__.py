"""What other people wrote becomes records."""
