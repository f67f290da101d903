"""Writes tables for spreadsheets so that no cell is ever run as a formula.

A name such as `=cmd|' /C calc'!A0` is data. In CSV, which has no types, such a text gets an apostrophe in
front (OWASP, "CSV Injection"); in XLSX it is written as a text, which no spreadsheet runs.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

import xlsxwriter

DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


def neutral(value: Any) -> str:
    """A value as CSV text that no spreadsheet runs."""
    if value is None:
        return ""
    if isinstance(value, bool | int | float | Decimal | Fraction):
        return str(float(value)) if isinstance(value, Fraction) else str(value)
    text = value.isoformat() if isinstance(value, date | datetime) else str(value)
    return f"'{text}" if text.startswith(DANGEROUS) else text


def csv_bytes(columns: Sequence[Any], rows: Iterable[Sequence[Any]]) -> bytes:
    """A CSV for spreadsheets here: semicolons, UTF-8 with a mark."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([neutral(column) for column in columns])
    writer.writerows([neutral(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


type Sheet = tuple[str, Sequence[Any], Iterable[Sequence[Any]]]
"""A title, the names of the columns, and the rows."""

LONGEST_TITLE = 31


def xlsx_bytes(columns: Sequence[Any], rows: Iterable[Sequence[Any]], *, title: str) -> bytes:
    """A workbook with one sheet; the heading stays visible."""
    return workbook_bytes([(title, columns, rows)])


def workbook_bytes(sheets: Iterable[Sheet]) -> bytes:
    """A workbook with a sheet for each table; headings stay visible."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, options) as book:
        bold = book.add_format({"bold": True})
        day = book.add_format({"num_format": "d. m. yyyy"})
        for place, (title, columns, rows) in enumerate(sheets, start=1):
            name = "".join(c for c in title if c not in "[]:*?/\\").strip("'")[:LONGEST_TITLE] or str(place)
            sheet = book.add_worksheet(name)
            sheet.freeze_panes(1, 0)
            for index, column in enumerate(columns):
                sheet.write_string(0, index, str(column), bold)
            for number, row in enumerate(rows, start=1):
                for index, cell in enumerate(row):
                    _write(sheet, number, index, cell, day)
    return out.getvalue()


def _write(sheet: Any, row: int, column: int, cell: Any, day: Any) -> None:
    """A cell as what it is; nothing is run as a formula."""
    if cell is None:
        sheet.write_blank(row, column, None)
    elif isinstance(cell, bool):
        sheet.write_boolean(row, column, cell)
    elif isinstance(cell, int | float | Decimal | Fraction):
        sheet.write_number(row, column, float(cell))
    elif isinstance(cell, date):
        sheet.write_datetime(row, column, datetime(cell.year, cell.month, cell.day), day)  # noqa: DTZ001
    else:
        sheet.write_string(row, column, str(cell))
