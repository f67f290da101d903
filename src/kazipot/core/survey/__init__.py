"""Asking people and telling what they said: stated needs, tables by group, and what may not be shown."""
