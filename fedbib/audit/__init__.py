"""Is a bibliography true? Each entry is held against what is known, and every verdict says by what."""
