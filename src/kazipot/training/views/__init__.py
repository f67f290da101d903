"""Pages of M3."""
