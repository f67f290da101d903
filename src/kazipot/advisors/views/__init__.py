"""Pages of M1."""
