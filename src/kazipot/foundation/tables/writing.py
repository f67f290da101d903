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


def xlsx_bytes(columns: Sequence[Any], rows: Iterable[Sequence[Any]], *, title: str) -> bytes:
    """A workbook with one sheet; the heading stays visible."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, options) as book:
        bold = book.add_format({"bold": True})
        day = book.add_format({"num_format": "d. m. yyyy"})
        sheet = book.add_worksheet("".join(c for c in title if c not in "[]:*?/\\")[:31] or "1")
        sheet.freeze_panes(1, 0)
        for index, column in enumerate(columns):
            sheet.write_string(0, index, str(column), bold)
        for number, row in enumerate(rows, start=1):
            for index, cell in enumerate(row):
                if cell is None:
                    sheet.write_blank(number, index, None)
                elif isinstance(cell, bool):
                    sheet.write_boolean(number, index, cell)
                elif isinstance(cell, int | float | Decimal | Fraction):
                    sheet.write_number(number, index, float(cell))
                elif isinstance(cell, date):
                    sheet.write_datetime(number, index, datetime(cell.year, cell.month, cell.day), day)  # noqa: DTZ001
                else:
                    sheet.write_string(number, index, str(cell))
    return out.getvalue()
