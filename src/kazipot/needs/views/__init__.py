"""Pages of M2: `answering` for the person asked, `campaigns` and `analyses` for those who ask."""
