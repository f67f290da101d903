"""A tool's file as a table of texts: its tool, its columns with examples, its rows; and what they probably mean."""

import csv
import io
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from kazipot.core.survey.collected import (
    MOMENT,
    MS_FORMS,
    Mapping,
    Target,
    has_label_row,
    month_comes_first,
    proposed_columns,
    proposed_values,
    recognised,
    written_values,
)
from kazipot.core.survey.questionnaire import Questionnaire
from kazipot.foundation.errors import InputRefused, Problem
from kazipot.foundation.tables import PAGE_BYTES, Cell, as_text, read_table

MOST_COLUMNS, MOST_ROWS = 600, 5_000
"""So much is read, shown and taken within one request."""
EXAMPLES = 3
LONGEST_NAME = 300
UNPRINTABLE = dict.fromkeys([*range(9), *range(14, 32), 127])
"""Control signs, which databases refuse."""
AS_FORMULA = '="'
"""1KA writes every cell of its CSV as ="value", so that spreadsheets leave it alone; quotes in it are not doubled."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column by its heading (numbered when there are several), the text under it, and values that stand in it."""

    name: str
    second: str
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """What was read of a file; `rows` are (number as a person counts, a text for each column)."""

    kind: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]

    def place_of(self, column: str) -> int | None:
        """Where the column stands, from 0; None when it isn't there."""
        return next((place for place, one in enumerate(self.columns) if one.name == column), None)

    def cells_of(self, column: str) -> list[str]:
        """What stands in the column, from top to bottom."""
        place = self.place_of(column)
        return [] if place is None else [cells[place] for _number, cells in self.rows]


def read_sheet(name: str, content: bytes) -> Sheet:
    """A tool's file. Raises InputRefused, as for other tables; also for too many rows or columns."""
    if content.lstrip(b"\xef\xbb\xbf \r\n\t")[:6].lower() == b"<table":
        message = _("This is a web page that calls itself a workbook, as 1KA writes XLS.")
        raise _refused(name, message, _("Choose the export to CSV or XLSX."))
    table = read_table(name, _without_formulas(content), max_bytes=PAGE_BYTES, moments=True)
    rows = [(number, tuple(_text(cell) for cell in cells)) for number, cells in table.rows]
    names = _names(table.headings, rows)
    labels = rows.pop(0)[1] if has_label_row([cells for _number, cells in rows]) else ()
    if len(names) > MOST_COLUMNS or len(rows) > MOST_ROWS:
        message = _("The file has %(columns)d columns and %(rows)d rows.") % {"columns": len(names), "rows": len(rows)}
        remedy = _("Use at most %(columns)d columns and %(rows)d rows.") % {"columns": MOST_COLUMNS, "rows": MOST_ROWS}
        raise _refused(name, message, remedy)
    places = [place for place, heading in enumerate(names) if heading]
    squared = tuple((number, tuple(_at(cells, place) for place in places)) for number, cells in rows)
    columns = tuple(
        Column(names[place], _at(labels, place), _examples(cells[at] for _number, cells in squared))
        for at, place in enumerate(places)
    )
    return Sheet(recognised(names[place] for place in places), columns, squared)


def start_mapping(sheet: Sheet, definition: Questionnaire, targets: Sequence[Target]) -> Mapping:
    """What the columns probably mean, for a person to look at."""
    columns = proposed_columns(definition, targets, [(column.name, column.second) for column in sheet.columns])
    columns = {name: target for name, target in columns.items() if not _is_anonymous(sheet, name, target)}
    moments = [name for name, target in columns.items() if target == MOMENT]
    told = [text for name in moments for text in sheet.cells_of(name)]
    mapping = Mapping(sheet.kind, columns, month_first=sheet.kind == MS_FORMS and month_comes_first(told))
    written = written_in(sheet, mapping, definition, targets)
    return replace(mapping, values=proposed_values(definition, sheet.kind, written))


def written_in(
    sheet: Sheet, mapping: Mapping, definition: Questionnaire, targets: Sequence[Target]
) -> dict[str, dict[str, int]]:
    """What stands for choices in the mapped columns and isn't their own wording: {list: {as written: how often}}."""
    by_name = {target.name: target for target in targets}
    columns = [(by_name[name], sheet.cells_of(column)) for column, name in mapping.columns.items() if name in by_name]
    return written_values(definition, mapping.kind, columns)


def _is_anonymous(sheet: Sheet, column: str, target: str) -> bool:
    """Microsoft Forms writes "anonymous" for everybody when names are not collected."""
    return target.startswith("@") and {text.casefold() for text in sheet.cells_of(column)} <= {"anonymous", ""}


def _refused(name: str, message: str, remedy: str) -> InputRefused:
    return InputRefused(f"{message} {remedy}", [Problem(None, name, "", message, remedy)])


def _text(cell: Cell) -> str:
    """The cell as text; a text against which a tool put an apostrophe, so that it isn't run, without it."""
    text = as_text(cell).translate(UNPRINTABLE)
    return text[1:] if text.startswith("'=") else text


def _at(cells: Sequence[str], place: int) -> str:
    return cells[place] if place < len(cells) else ""


def _names(headings: Sequence[str], rows: Sequence[tuple[int, Sequence[str]]]) -> list[str]:
    """Headings with single spaces, the second of a kind numbered; an empty one stays empty unless there is data."""
    seen: Counter[str] = Counter()
    found = []
    for place, heading in enumerate(headings):
        name = " ".join(heading.translate(UNPRINTABLE).split())[:LONGEST_NAME]
        if not name and any(_at(cells, place) for _number, cells in rows):
            name = "?"
        seen[name] += 1
        found.append(f"{name} ({seen[name]})" if name and seen[name] > 1 else name)
    return found


def _examples(cells: Iterable[str]) -> tuple[str, ...]:
    """The first different values, shortened."""
    found: list[str] = []
    for text in cells:
        if text and text not in found:
            found.append(text)
            if len(found) == EXAMPLES:
                break
    return tuple(text if len(text) <= 60 else text[:59] + "…" for text in found)


def _without_formulas(content: bytes) -> bytes:
    """A CSV of 1KA as any other CSV; whatever else it is, it stays as it is."""
    head = content[:4096].lstrip(b"\xef\xbb\xbf")
    if content.startswith(b"PK") or (b'\n="' not in head and not head.startswith(b'="')):
        return content
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1250", errors="replace")
    lines = text.splitlines()
    separator = "," if any(line.startswith(AS_FORMULA) and '",="' in line for line in lines[:5]) else ";"
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=separator)
    for line in lines:
        if line.startswith(AS_FORMULA):
            writer.writerow(line.removeprefix(AS_FORMULA).removesuffix('"').split(f'"{separator}="'))
        else:
            writer.writerow(line.split(separator))
    return out.getvalue().encode()
