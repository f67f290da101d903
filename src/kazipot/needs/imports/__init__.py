"""What comes in from files: texts to be coded, and questionnaires."""

from kazipot.needs.imports.coding import suggest_from_file
from kazipot.needs.imports.wording import fault_in_words
from kazipot.needs.imports.xlsform import Reading, read_with_notices, read_xlsform

__all__ = ["Reading", "fault_in_words", "read_with_notices", "read_xlsform", "suggest_from_file"]
