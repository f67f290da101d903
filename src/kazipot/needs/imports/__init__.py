"""What comes in from files: texts to be coded, questionnaires, and answers collected with another tool."""

from kazipot.needs.imports.answers import (
    examined,
)
from kazipot.needs.imports.coding import (
    suggest_from_file,
)
from kazipot.needs.imports.sheets import (
    Column,
    Sheet,
    read_sheet,
    start_mapping,
    written_in,
)
from kazipot.needs.imports.wording import (
    fault_in_words,
)
from kazipot.needs.imports.xlsform import (
    Reading,
    read_with_notices,
    read_xlsform,
)

__all__ = [
    "Column",
    "Reading",
    "Sheet",
    "examined",
    "fault_in_words",
    "read_sheet",
    "read_with_notices",
    "read_xlsform",
    "start_mapping",
    "suggest_from_file",
    "written_in",
]
