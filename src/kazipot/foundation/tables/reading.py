"""Reads a table from CSV or XLSX, whoever made it, and refuses what could hurt, in words that say what to do.

CSV may be separated by semicolons, commas or tabs and encoded in UTF-8 (with or without a mark) or Windows-1250.
XLSX is checked before it is opened: its size when inflated and the area of its sheets are limited (one cell in the
last corner of a sheet would make room for 17 billion), and cells with formulas are refused by name, because what a
formula shows depends on who opened the file last.
"""

import csv
import io
import re
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineWorkbook

from kazipot.foundation.errors import InputRefused, Problem

PAGE_BYTES = 10 * 1024 * 1024
"""The largest file that a page takes."""
FILE_BYTES = 200 * 1024 * 1024
"""The largest file that a command takes."""
INFLATED_BYTES = 400 * 1024 * 1024
RATIO = 200
"""A part of a workbook that inflates more than so many times is no honest spreadsheet."""
SEPARATORS = ";,\t"
OLD_OFFICE = b"\xd0\xcf\x11\xe0"
LARGEST_AREA = 10_000_000
"""Rows × columns of a sheet, up to its last cell that holds anything."""
FORMULA = re.compile(rb'<(?:\w+:)?c\b[^>]*?\br\s*=\s*["\']([A-Z]+[0-9]+)["\'][^>]*?>\s*<(?:\w+:)?f\b')
COLUMN = re.compile(rb'r\s*=\s*["\']([A-Za-z]+)[0-9]')
ROW = re.compile(rb'r\s*=\s*["\'][A-Za-z]*([0-9]+)["\']')
"""Where cells and rows say that they stand, also with unusual spaces and quotation marks."""
FIRST_SHEET: Mapping[str, str] = {"worksheets/sheet1.xml": ""}
SHOWN_FORMULAS = 20

Cell = str | int | float | bool | date | None


@dataclass(frozen=True, slots=True)
class Table:
    """A heading and rows under it; `rows` are (number as a person counts, cells)."""

    headings: tuple[str, ...]
    rows: tuple[tuple[int, tuple[Cell, ...]], ...]


def read_table(name: str, content: bytes, *, max_bytes: int = FILE_BYTES, moments: bool = False) -> Table:
    """The first sheet, or the CSV, as a table. Raises InputRefused.

    A moment in a workbook becomes its day, unless `moments` are asked for.
    """
    if len(content) > max_bytes:
        raise _refused(
            name,
            _("The file is too large (%(size)s MB).") % {"size": len(content) // 1024 // 1024},
            _("Use at most %(limit)s MB; larger files can be imported by the command line.")
            % {"limit": max_bytes // 1024 // 1024},
        )
    if not content.strip():
        raise _refused(name, _("The file is empty."), _("Choose the right file."))
    if content.startswith(OLD_OFFICE):
        raise _refused(
            name,
            _("The file is protected by a password, or in the old XLS format."),
            _("Remove the password and save it as XLSX or CSV."),
        )
    lines = _workbook(name, content, moments=moments) if content.startswith(b"PK") else _csv(name, content)
    return _table(name, lines)


def _refused(name: str, message: str, remedy: str) -> InputRefused:
    return InputRefused(f"{message} {remedy}", [Problem(None, name, "", message, remedy)])


def _table(name: str, lines: list[tuple[int, tuple[Cell, ...]]]) -> Table:
    """The first line that isn't empty is the heading; empty lines are passed over."""
    filled = [(number, cells) for number, cells in lines if any(cell not in (None, "") for cell in cells)]
    if len(filled) < 2:
        raise _refused(name, _("The file has no rows under its heading."), _("Choose the right file."))
    headings = tuple(str(cell or "").strip() for cell in filled[0][1])
    return Table(headings, tuple(filled[1:]))


def _csv(name: str, content: bytes) -> list[tuple[int, tuple[Cell, ...]]]:
    text = _decoded(name, content)
    first = next((line for line in text.splitlines() if line.strip()), "")
    separator = max(SEPARATORS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    found: list[tuple[int, tuple[Cell, ...]]] = []
    try:
        for cells in reader:
            found.append((reader.line_num, tuple(cells)))
    except csv.Error:
        raise _refused(
            name,
            _("Line %(line)s cannot be read: a quotation mark is not closed.") % {"line": reader.line_num},
            _("Correct the line or save the file again from the spreadsheet."),
        ) from None
    return found


def _decoded(name: str, content: bytes) -> str:
    if b"\x00" in content[:4096]:
        raise _refused(
            name, _("This is neither a CSV nor an XLSX file."), _("Save the table as XLSX or as CSV in UTF-8.")
        )
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        return content.decode("cp1250")
    except UnicodeDecodeError:
        raise _refused(name, _("The letters of the file cannot be read."), _("Save it as CSV in UTF-8.")) from None


def _workbook(name: str, content: bytes, *, moments: bool) -> list[tuple[int, tuple[Cell, ...]]]:
    check_workbook(name, content)
    try:
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0)
        rows = sheet.to_python(skip_empty_area=False)
    except (CalamineError, ValueError, IndexError):
        raise _refused(name, _("The workbook cannot be read."), _("Save it again as XLSX or CSV.")) from None
    return [(number, tuple(as_cell(value, moments) for value in row)) for number, row in enumerate(rows, start=1)]


def as_cell(value: object, moments: bool = False) -> Cell:
    """What a workbook's reader gives, as one of the few types of a cell."""
    if isinstance(value, datetime):
        return value if moments else value.date()
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if value is None or isinstance(value, str | int | float | bool | date):
        return value
    return str(value)


def check_workbook(name: str, content: bytes, sheets: Mapping[str, str] = FIRST_SHEET) -> None:
    """Inflate every part once, counting, before anything trusts the sizes that the file declares. Raises InputRefused.

    `sheets` are the parts whose formulas are refused, and what stands before the cell in the message ("choices!").
    """
    total = 0
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(info.file_size for info in archive.infolist()) > INFLATED_BYTES:
                raise _bomb(name)
            for info in archive.infolist():
                part = _inflate(archive, info)
                total += part.size
                squeezed = part.size > 10_000_000 and part.size > RATIO * max(1, info.compress_size)
                if total > INFLATED_BYTES or squeezed:
                    raise _bomb(name)
                if part.area > LARGEST_AREA:
                    raise _refused(
                        name,
                        _("A sheet of the workbook has too many empty rows or columns."),
                        _("Delete the empty rows and columns behind the table and save it again."),
                    )
                place = sheets.get(info.filename.removeprefix("xl/"))
                if part.formulas and place is not None:
                    raise _formulas(name, place, part.formulas)
    except (zipfile.BadZipFile, zlib.error, RuntimeError, EOFError):
        raise _refused(name, _("The workbook cannot be read."), _("Save it again as XLSX or CSV.")) from None


def _bomb(name: str) -> InputRefused:
    return _refused(
        name,
        _("The workbook would unpack to an unreasonable size."),
        _("Save the table again as XLSX or CSV from your spreadsheet."),
    )


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of a workbook: its real size, the area of a sheet, and the cells of a sheet that hold formulas."""

    size: int
    area: int
    formulas: tuple[str, ...]


def _inflate(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> _Part:
    size, before, row, is_sheet = 0, b"", 0, False
    columns: set[bytes] = set()
    formulas: list[str] = []
    with archive.open(info) as part:
        while size <= INFLATED_BYTES and (block := part.read(1 << 20)):
            size += len(block)
            text = before + block
            is_sheet = is_sheet or b"sheetData" in text
            if is_sheet:
                columns.update(COLUMN.findall(text))
                row = max([row, *(int(number[:9]) for number in set(ROW.findall(text)))])
                if len(formulas) < SHOWN_FORMULAS and (b"<f" in text or b":f" in text):
                    formulas.extend(match.decode() for match in FORMULA.findall(text) if match.decode() not in formulas)
            before = text[min(len(text) - 300, text.rfind(b"<")) :] if len(text) > 300 else text
            if len(before) > 1 << 20:
                if is_sheet:  # no honest tag or text of a sheet is as long
                    return _Part(size, LARGEST_AREA + 1, ())
                before = before[-300:]
    return _Part(size, row * max(map(_column, columns), default=0), tuple(formulas))


def _column(letters: bytes) -> int:
    """The number of a column, A being 1."""
    number = 0
    for letter in letters.upper()[:4]:
        number = 26 * number + letter - 64
    return number


def _formulas(name: str, place: str, cells: tuple[str, ...]) -> InputRefused:
    message = _("A cell holds a formula instead of a value.")
    remedy = _("Copy the table and paste it as values.")
    problems = [Problem(int(re.sub(r"\D", "", cell)), f"{place}{cell}", "=", message, remedy) for cell in cells]
    summary = _("%(name)s: cells with formulas cannot be imported. %(remedy)s") % {"name": name, "remedy": remedy}
    return InputRefused(summary, problems)
