"""Kažipot in a terminal."""
