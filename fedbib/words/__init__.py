"""Words with look-ups: the venues, and a collection's topics, datasets and models."""
