"""Pages of M4."""
