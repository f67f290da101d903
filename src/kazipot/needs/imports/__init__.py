"""What comes in from files: texts to be coded."""

from kazipot.needs.imports.coding import suggest_from_file

__all__ = ["suggest_from_file"]
