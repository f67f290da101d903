"""What a person means by a cell: a text, a day, yes or no."""

import re
from datetime import date

from kazipot.foundation.tables.reading import Cell

SLOVENIAN_DAY = re.compile(r"(\d{1,2})\s*[./]\s*(\d{1,2})\s*[./]\s*(\d{4})\.?")
ISO_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?")
YES = {"da", "d", "yes", "y", "true", "1", "x", "opravil", "opravila", "passed"}
NO = {"ne", "n", "no", "false", "0", "ni opravil", "ni opravila", "failed"}


def as_text(cell: Cell) -> str:
    """The cell as text, with single spaces; a number without a decimal point."""
    return "" if cell is None else " ".join(str(cell).split())


def as_day(cell: Cell) -> date | None:
    """The day that is meant: 31. 12. 2024, 31.12.2024, 31/12/2024 or 2024-12-31; None when empty.

    Raises ValueError for anything else and for days that don't exist.
    """
    if isinstance(cell, date):
        return cell
    text = as_text(cell)
    if not text:
        return None
    if match := SLOVENIAN_DAY.fullmatch(text):
        return date(int(match[3]), int(match[2]), int(match[1]))
    if match := ISO_DAY.fullmatch(text):
        return date(int(match[1]), int(match[2]), int(match[3]))
    raise ValueError(text)


def as_yes(cell: Cell) -> bool:
    """Yes or no, in either language. Raises ValueError for anything else."""
    if isinstance(cell, bool):
        return cell
    text = as_text(cell).lower()
    if text in YES:
        return True
    if text in NO:
        return False
    raise ValueError(text)
