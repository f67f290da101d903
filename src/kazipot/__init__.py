"""Kažipot: runs a city's digital-competence programme, from need to indicator."""

__version__ = "0.1.0"
