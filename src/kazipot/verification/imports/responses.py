"""Reads answers to items from a wide table: the person first, then a column for each item."""

from pathlib import Path

import numpy as np
from django.utils.translation import gettext as _
from numpy.typing import NDArray

from kazipot.core.psychometrics.responses import MISSING, Responses, from_matrix
from kazipot.foundation.errors import InputRefused, Problem
from kazipot.foundation.tables import Cell, read_table
from kazipot.verification.imports.wording import worded

SHOWN = 20
LARGEST_CODE = 50
"""Answers with higher codes are surely not scored categories but something else, like a time or a mark."""
KNOWN: dict[Cell, int] = {"": MISSING, None: MISSING}
KNOWN |= {text: code for code in range(LARGEST_CODE + 1) for text in (str(code), f"{code}.0", code)}


def read_responses(path: Path) -> Responses:
    """Answers from CSV or XLSX, 0/1 or 0 … k, blank where an item was not given. Raises InputRefused naming faults."""
    table = read_table(path.name, path.read_bytes())
    items = table.headings[1:]
    if problems := _heading_faults(path.name, items):
        raise _refused(problems)
    rows = [line for line, _cells in table.rows]
    matrix = np.full((len(rows), len(items)), MISSING, np.int16)
    problems = []
    for number, (line, cells) in enumerate(table.rows):
        given = cells[1 : len(items) + 1]
        try:
            matrix[number, : len(given)] = [KNOWN[cell] for cell in given]
        except KeyError:
            _read_slowly(matrix, number, line, items, given, problems)
        if any(cell not in ("", None) for cell in cells[len(items) + 1 :]):
            problems.append(
                Problem(line, "", "", _("The row is longer than the heading."), _("Correct the row or the heading."))
            )
    if problems:
        raise _refused(_first_of_each(problems))
    with worded(path.name, rows):
        return from_matrix(matrix, items)


def _read_slowly(
    matrix: NDArray[np.int16], number: int, line: int, items: tuple[str, ...], given: tuple[Cell, ...],
    problems: list[Problem],
) -> None:  # fmt: skip
    for place, (item, cell) in enumerate(zip(items, given, strict=False)):
        text = cell.strip() if isinstance(cell, str) else cell
        code = KNOWN.get(text)
        if code is not None and not isinstance(cell, bool):
            matrix[number, place] = code
        else:
            problems.append(Problem(line, item, str(cell)[:40], *_why(text)))


def _why(cell: Cell) -> tuple[str, str]:
    try:
        number = float(str(cell).replace(",", "."))
    except ValueError:
        return _("This is no number."), _("Score the answers 0, 1, … or take the column out.")
    if number < 0:
        return _("An answer is negative."), _("Write 0, 1, … and leave blank what was not asked.")
    return (
        _("This is no scored answer."),
        _("Score the answers with whole numbers from 0 to %(most)s.") % {"most": LARGEST_CODE},
    )


def _heading_faults(name: str, items: tuple[str, ...]) -> list[Problem]:
    if not items:
        return [Problem(1, name, "", _("There is no column of an item."), _("Put the person first, then the items."))]
    problems = []
    for place, item in enumerate(items):
        if not item:
            problems.append(
                Problem(1, str(place + 2), "", _("A column has no heading."), _("Write the name of the item above it."))
            )
        elif item in items[:place]:
            problems.append(
                Problem(1, item, "", _("Two columns have the same heading."), _("Give each item its own name."))
            )
    return problems


def _first_of_each(problems: list[Problem]) -> list[Problem]:
    """The first fault of each column: a column of text is one fault, not one for every person."""
    first: dict[tuple[str, str], Problem] = {}
    for problem in problems:
        first.setdefault((problem.field, str(problem.message)), problem)
    return list(first.values())[:SHOWN]


def _refused(problems: list[Problem]) -> InputRefused:
    return InputRefused(_("The answers were not read."), problems)
