"""Reads several sheets of one workbook by their names, with the same guards as a single table."""

import html
import io
import re
import zipfile
import zlib
from collections.abc import Collection
from dataclasses import dataclass

from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineWorkbook

from kazipot.foundation.errors import InputRefused, Problem
from kazipot.foundation.tables.reading import OLD_OFFICE, PAGE_BYTES, Cell, as_cell, check_workbook

SHEET = re.compile(r"<(?:\w+:)?sheet\s([^>]*)>")
RELATION = re.compile(r"<(?:\w+:)?Relationship\s([^>]*)>")
ATTRIBUTE = re.compile(r"([\w:]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
LIST_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its name as it is written, and all its rows from row 1 on."""

    name: str
    rows: tuple[tuple[Cell, ...], ...]


def read_sheets(name: str, content: bytes, wanted: Collection[str], *, max_bytes: int = PAGE_BYTES) -> dict[str, Sheet]:
    """The wanted sheets of an XLSX that are there, by their names in small letters. Raises InputRefused."""
    _check_file(name, content, max_bytes)
    parts = _parts(name, content)
    known = {part: f"{sheet}!" for sheet, part in parts.items() if sheet.strip().lower() in wanted}
    check_workbook(name, content, known)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        return {
            sheet.strip().lower(): Sheet(sheet, _rows(book, sheet))
            for sheet in book.sheet_names
            if sheet.strip().lower() in wanted
        }
    except (CalamineError, ValueError, IndexError):
        raise _unreadable(name) from None


def _rows(book: CalamineWorkbook, sheet: str) -> tuple[tuple[Cell, ...], ...]:
    rows = book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
    return tuple(tuple(as_cell(value) for value in row) for row in rows)


def _check_file(name: str, content: bytes, max_bytes: int) -> None:
    if len(content) > max_bytes:
        size, limit = len(content) // 1024 // 1024, max_bytes // 1024 // 1024
        message = _("The file is too large (%(size)s MB).") % {"size": size}
        raise _refused(name, message, _("Use at most %(limit)s MB.") % {"limit": limit})
    if not content.strip():
        raise _refused(name, _("The file is empty."), _("Choose the right file."))
    if content.startswith(OLD_OFFICE):
        message = _("The file is protected by a password, or in the old XLS format.")
        raise _refused(name, message, _("Remove the password and save it as XLSX."))
    if not content.startswith(b"PK"):
        raise _refused(name, _("This is not an XLSX workbook."), _("Save it as XLSX from your spreadsheet."))


def _parts(name: str, content: bytes) -> dict[str, str]:
    """Which part of the file holds each sheet; of the lists of sheets no more is read than an honest one has."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            book = _told(archive, "xl/workbook.xml")
            relations = _told(archive, "xl/_rels/workbook.xml.rels")
    except (zipfile.BadZipFile, zlib.error, KeyError, RuntimeError, EOFError, UnicodeDecodeError):
        raise _unreadable(name) from None
    targets = {row["Id"]: row["Target"] for row in map(_attributes, RELATION.findall(relations)) if "Target" in row}
    sheets = map(_attributes, SHEET.findall(book))
    return {
        row["name"]: targets.get(next((row[key] for key in row if key.endswith(":id")), ""), "")
        .lstrip("/")
        .removeprefix("xl/")
        for row in sheets
        if "name" in row
    }


def _told(archive: zipfile.ZipFile, part: str) -> str:
    with archive.open(part) as file:
        return file.read(LIST_BYTES).decode("utf-8-sig")


def _attributes(text: str) -> dict[str, str]:
    return {name: html.unescape(double or single) for name, double, single in ATTRIBUTE.findall(text)}


def _refused(name: str, message: str, remedy: str) -> InputRefused:
    return InputRefused(f"{message} {remedy}", [Problem(None, name, "", message, remedy)])


def _unreadable(name: str) -> InputRefused:
    return _refused(name, _("The workbook cannot be read."), _("Save it again as XLSX."))
