"""Files that come into the room: texts to be coded, and answers collected with another tool."""

from kazipot.needs.imports.answers import examined
from kazipot.needs.imports.coding import suggest_from_file
from kazipot.needs.imports.sheets import Column, Sheet, read_sheet, start_mapping, written_in

__all__ = ["Column", "Sheet", "examined", "read_sheet", "start_mapping", "suggest_from_file", "written_in"]
