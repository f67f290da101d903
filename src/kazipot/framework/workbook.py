"""The European Commission's DigComp 3.0 data supplement, read as it is."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineWorkbook

from kazipot.foundation.errors import InputRefused, Problem
from kazipot.foundation.tables.reading import FILE_BYTES, check_workbook

LEVELS = {"basic": 1, "intermediate": 2, "advanced": 3, "highly advanced": 4}
SHEETS = {
    "competences": (
        "1 Competence Areas&Competences",
        ("Competence number", "Competence name", "Competence descriptor"),
    ),
    "statements": (
        "3 Competence Statements",
        ("Competence number", "Competence statement ID", "Competence statement", "Proficiency level name"),
    ),
    "outcomes": (
        "4 Learning Outcomes",
        ("Competence number", "Learning Outcome ID", "Learning Outcome", "Proficiency level",
         "Knowledge skill or attitude"),
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """A statement or an outcome: its competence, code, level (1 to 4), kind and English text."""

    competence: str
    code: str
    level: int
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Workbook:
    """What the workbook says, by competence code."""

    areas: int
    descriptors: dict[str, str]
    statements: tuple[Line, ...]
    outcomes: tuple[Line, ...]


def read_workbook(name: str, content: bytes, *, max_bytes: int = FILE_BYTES) -> Workbook:
    """Read the workbook. Raises InputRefused naming sheet, row and field of every fault."""
    if not content.startswith(b"PK") or len(content) > max_bytes:
        raise _refused([Problem(None, name, "", _("This is not an XLSX workbook."), _("Choose the DigComp workbook."))])
    check_workbook(name, content)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    except (CalamineError, ValueError):
        raise _refused(
            [Problem(None, name, "", _("The workbook cannot be read."), _("Choose the DigComp workbook."))]
        ) from None
    problems: list[Problem] = []
    rows = {sheet: list(_rows(book, sheet, problems)) for sheet in SHEETS}
    known = {_code(row["Competence number"]): row for _line, row in rows["competences"]}
    statements = _lines(rows["statements"], "statements", known, problems)
    outcomes = _lines(rows["outcomes"], "outcomes", known, problems)
    if problems:
        raise _refused(problems)
    descriptors = {code: _text(row["Competence descriptor"]) for code, row in known.items()}
    return Workbook(len({code.split(".")[0] for code in known}), descriptors, statements, outcomes)


def _refused(problems: list[Problem]) -> InputRefused:
    return InputRefused(_("The framework was not imported.") + " " + problems[0].as_line(), problems)


def _rows(book: CalamineWorkbook, sheet: str, problems: list[Problem]) -> Iterator[tuple[int, dict[str, Any]]]:
    title, wanted = SHEETS[sheet]
    if title not in book.sheet_names:
        problems.append(Problem(None, title, "", _("The sheet is missing."), _("Choose the DigComp workbook.")))
        return
    table = book.get_sheet_by_name(title).to_python()
    headings = [_text(cell) for cell in table[0]] if table else []
    for heading in wanted:
        if heading not in headings:
            problems.append(Problem(1, f"{title}: {heading}", "", _("The column is missing."), _("Add the column.")))
    if problems:
        return
    for number, cells in enumerate(table[1:], start=2):
        if any(_text(cell) for cell in cells):
            yield number, dict(zip(headings, cells, strict=False))


def _lines(
    rows: list[tuple[int, dict[str, Any]]], sheet: str, known: dict[str, Any], problems: list[Problem]
) -> tuple[Line, ...]:
    title, columns = SHEETS[sheet]
    code_column, text_column, level_column = columns[1], columns[2], columns[3]
    found: dict[str, Line] = {}
    for number, row in rows:
        competence, code = _code(row["Competence number"]), _text(row[code_column])
        level = LEVELS.get(_text(row[level_column]).lower())
        if competence not in known:
            problems.append(
                Problem(number, f"{title}: {columns[0]}", competence, _("There is no such competence."),
                        _("Correct the number."))
            )  # fmt: skip
        elif level is None:
            problems.append(
                Problem(number, f"{title}: {level_column}", _text(row[level_column]), _("There is no such level."),
                        _("Use Basic, Intermediate, Advanced or Highly advanced."))
            )  # fmt: skip
        elif not code or code in found:
            problems.append(
                Problem(number, f"{title}: {code_column}", code, _("The code is empty or was used before."),
                        _("Give each row its own code."))
            )  # fmt: skip
        else:
            kind = _text(row[columns[4]]).lower() if len(columns) > 4 else "statement"
            found[code] = Line(competence, code, level, kind, _text(row[text_column]))
    return tuple(found.values())


def _code(cell: Any) -> str:
    return _text(cell)


def _text(cell: Any) -> str:
    return " ".join(str(cell).split())
