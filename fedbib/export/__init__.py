"""A part of the collection as somebody's document needs it: what is left out, how venues are written, which keys."""
