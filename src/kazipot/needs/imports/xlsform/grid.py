"""A sheet of an XLSForm as a grid: columns known by field and language, rows, and where a cell stands."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from kazipot.core.survey.questionnaire import Text
from kazipot.foundation.errors import Problem
from kazipot.foundation.tables import Cell, Sheet
from kazipot.needs.imports.xlsform.standard import LANGUAGES, UNPRINTABLE

SHOWN = 60
NAMES = {
    "sl": {"sl", "slv", "slovenščina", "slovenski", "slovensko", "slovenian", "slovene"},
    "en": {"en", "eng", "english", "angleščina", "angleški", "angleško"},
}


@dataclass(frozen=True, slots=True)
class Column:
    """A column: the field it fills, its language ("" for none, "?" for another one), place and heading."""

    field: str
    language: str
    index: int
    heading: str


@dataclass(frozen=True, slots=True)
class Grid:
    """A sheet with its columns; `columns` holds the first of each field and language, `all` every one."""

    sheet: str
    columns: Mapping[tuple[str, str], Column]
    all: tuple[Column, ...]
    rows: tuple["Row", ...]

    def at(self, field: str, language: str = "") -> str:
        """The column as a person finds it: "survey!D (label::English (en))", without a letter when it is missing."""
        column = self.columns.get((field, language))
        if column is not None:
            return f"{self.sheet}!{letters(column.index)} ({column.heading})"
        heading = f"{field}::{LANGUAGES[language]}" if language in LANGUAGES else field
        return f"{self.sheet} ({heading})"

    def has(self, field: str) -> bool:
        """Whether the sheet has the column, in any language."""
        return any(known == field for known, _language in self.columns)


@dataclass(frozen=True, slots=True)
class Row:
    """A row under the heading; `number` as a person counts, `values` by field and language."""

    number: int
    values: Mapping[tuple[str, str], str]

    def get(self, field: str, language: str = "") -> str:
        """What stands in a column, "" when nothing does."""
        return self.values.get((field, language), "")

    def text(self, field: str) -> Text:
        """What stands in the columns of both languages."""
        return Text(self.get(field, "sl"), self.get(field, "en"))


def problem(grid: Grid, row: Row | None, field: str, said: tuple[str, str], language: str = "") -> Problem:
    """A fault at a cell of a row (of the heading when it is None); `said` are message and remedy."""
    value = row.get(field, language) if row else ""
    return Problem(row.number if row else 1, grid.at(field, language), shown(value), *said)


def shown(value: str) -> str:
    """As much of a value as is shown in a message."""
    return value if len(value) <= SHOWN else f"{value[: SHOWN - 1]}…"


def grid_of(sheet: Sheet, aliases: Mapping[str, str], translated: frozenset[str], default: str) -> Grid:
    """The sheet's columns and rows. Texts without a language are in the `default` one."""
    headings = [as_cell_text(cell) for cell in sheet.rows[0]] if sheet.rows else []
    every = [_column(index, text, aliases, translated, default) for index, text in enumerate(headings) if text]
    columns: dict[tuple[str, str], Column] = {}
    for column in every:
        columns.setdefault((column.field, column.language), column)
    rows = tuple(_row(number, cells, columns) for number, cells in enumerate(sheet.rows[1:], start=2))
    return Grid(sheet.name, columns, tuple(every), tuple(row for row in rows if row.values))


def _row(number: int, cells: Sequence[Cell], columns: Mapping[tuple[str, str], Column]) -> Row:
    told = {
        key: as_cell_text(cells[column.index]) for key, column in columns.items() if column.index < len(cells)
    }  # fmt: skip
    return Row(number, {key: text for key, text in told.items() if text})


def _column(index: int, heading: str, aliases: Mapping[str, str], translated: frozenset[str], default: str) -> Column:
    """`label::English (en)` is the field label in English; headings that nobody knows keep their own name."""
    if (field := aliases.get(_snake(heading))) is not None:
        return Column(field, default if field in translated else "", index, heading)
    base, *rest = re.split(r"\s*::?\s*", heading, maxsplit=1)
    field = aliases.get(_snake(base), _snake(base))
    return Column(field, language_of(rest[0]) if rest else "", index, heading)


def language_of(text: str) -> str:
    """The code of a language as XLSForm writes it, "Slovenščina (sl)", or by its name alone; "?" for others."""
    code = re.search(r"\(\s*([\w-]+)\s*\)\s*$", text)
    told = (code[1] if code else text).strip().lower()
    return next((language for language, names in NAMES.items() if told in names), "?")


def as_cell_text(cell: Cell) -> str:
    """A cell as XLSForm means it: a text without spaces around it."""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, date):
        return cell.isoformat()
    return "" if cell is None else UNPRINTABLE.sub("", str(cell)).strip()


def letters(index: int) -> str:
    """The letters over a column, A for 0."""
    found, rest = "", index + 1
    while rest:
        rest, letter = divmod(rest - 1, 26)
        found = chr(65 + letter) + found
    return found


def _snake(text: str) -> str:
    return "_".join(text.split()).lower()
