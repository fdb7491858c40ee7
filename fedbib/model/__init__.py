"""Values: frozen, without I/O, in CSL's vocabulary."""
