"""What comes in from files: texts to be coded, questionnaires, and answers collected with another tool."""

from kazipot.needs.imports.answers import examined
from kazipot.needs.imports.coding import suggest_from_file
from kazipot.needs.imports.sheets import (
    Column,
    Sheet,
    read_sheet,
    start_mapping,
    written_in,
)
from kazipot.needs.imports.tables import (
    ProtectedFile,
    audit_file,
    protect_file,
    widths_as_json,
)
from kazipot.needs.imports.wording import fault_in_words
from kazipot.needs.imports.xlsform import (
    Reading,
    read_with_notices,
    read_xlsform,
)

__all__ = [
    "Column",
    "ProtectedFile",
    "Reading",
    "Sheet",
    "audit_file",
    "examined",
    "fault_in_words",
    "protect_file",
    "read_sheet",
    "read_with_notices",
    "read_xlsform",
    "start_mapping",
    "suggest_from_file",
    "widths_as_json",
    "written_in",
]
