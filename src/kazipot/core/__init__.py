"""The cellar: pure mathematics without Django, clock, database, files or global randomness."""
