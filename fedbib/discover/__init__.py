"""What is new and not in the collection: asked for, kept on this machine, judged by what people judged."""
