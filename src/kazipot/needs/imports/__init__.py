"""What comes in from files: texts to be coded, questionnaires, and tables to be protected."""

from kazipot.needs.imports.coding import suggest_from_file
from kazipot.needs.imports.tables import ProtectedFile, audit_file, protect_file, widths_as_json
from kazipot.needs.imports.wording import fault_in_words
from kazipot.needs.imports.xlsform import Reading, read_with_notices, read_xlsform

__all__ = [
    "ProtectedFile",
    "Reading",
    "audit_file",
    "fault_in_words",
    "protect_file",
    "read_with_notices",
    "read_xlsform",
    "suggest_from_file",
    "widths_as_json",
]
