"""Tables that come in from spreadsheets and go out to them."""

from kazipot.foundation.tables.cells import as_day, as_text, as_yes
from kazipot.foundation.tables.reading import FILE_BYTES, PAGE_BYTES, Cell, Table, read_table
from kazipot.foundation.tables.sheets import Sheet, read_sheets
from kazipot.foundation.tables.writing import csv_bytes, neutral, xlsx_bytes

__all__ = [
    "FILE_BYTES",
    "PAGE_BYTES",
    "Cell",
    "Sheet",
    "Table",
    "as_day",
    "as_text",
    "as_yes",
    "csv_bytes",
    "neutral",
    "read_sheets",
    "read_table",
    "xlsx_bytes",
]
