"""Pages of M5."""
