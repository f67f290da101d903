"""Files that come into the needs room."""

from kazipot.needs.imports.tables import ProtectedFile, audit_file, protect_file, widths_as_json
from kazipot.needs.imports.texts import suggest_from_file

__all__ = ["ProtectedFile", "audit_file", "protect_file", "suggest_from_file", "widths_as_json"]
