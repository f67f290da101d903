"""A published analysis as a table for other programs, and as a workbook."""

import csv
import io
from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from kazipot.foundation.tables import writing
from kazipot.needs import queries
from kazipot.needs.exports.analysis_parts import parts

RISKY = ("=", "+", "-", "@", "\t", "\r")


def safe(text: str) -> str:
    """A text that a spreadsheet won't run as a formula."""
    return f"'{text}" if text.startswith(RISKY) else text


def columns() -> list[str]:
    """The names of the columns."""
    return [
        _("Group"),
        _("Employer"),
        _("Unit code"),
        _("People answering"),
        _("Competence code"),
        _("Competence"),
        _("Own level (mean)"),
        _("Needed level (mean)"),
        _("Share below the needed level"),
        _("Stated needs"),
        _("People asked"),
        _("Response rate"),
        *(
            f"{name} – {part}"
            for name in (
                _("Own level, estimated"),
                _("Needed level, estimated"),
                _("Share below, estimated"),
                _("Stated needs, estimated"),
            )
            for part in (_("value"), _("lower bound"), _("upper bound"))
        ),
    ]


def rows(content: Mapping[str, Any]) -> Iterator[list[Any]]:
    """The published groups, line by line, in the reader's language: one row for each group and competence.

    What is hidden is empty.
    """
    for group in queries.rows_of(content):
        for line in queries.lines(content, group["key"]):
            estimates = (line.own_estimate, line.needed_estimate, line.below_estimate, line.needs_estimate)
            yield [
                queries.group_label(group), group["employer"], group["code"], group["people"], line.code, line.name,
                line.own, line.needed, line.below, line.needs, group.get("asked"), group.get("rate"),
                *(part for one in estimates for part in ((one.value, one.lower, one.upper) if one else (None,) * 3)),
            ]  # fmt: skip


def analysis_csv(content: Mapping[str, Any]) -> str:
    """Semicolons and a byte order mark, so that spreadsheets here open it as it is; numbers with a decimal point."""
    out = io.StringIO()
    table = csv.writer(out, delimiter=";", lineterminator="\r\n")
    out.write("\ufeff")
    table.writerow(columns())
    for row in rows(content):
        table.writerow([safe(cell) if isinstance(cell, str) else cell for cell in row])
    return out.getvalue()


def part_csv(content: Mapping[str, Any], name: str) -> bytes | None:
    """One of the further tables as CSV; None when there is no such table in this analysis."""
    found = next((part for part in parts(content) if part.name == name), None)
    return None if found is None else writing.csv_bytes(found.columns, found.rows)


def analysis_xlsx(content: Mapping[str, Any]) -> bytes:
    """All tables as a workbook, a sheet for each."""
    first: writing.Sheet = (_("Needs"), columns(), rows(content))
    return writing.workbook_bytes([first, *((part.title, part.columns, part.rows) for part in parts(content))])


def part_xlsx(content: Mapping[str, Any], name: str) -> bytes | None:
    """One of the further tables as a workbook; None when there is no such table in this analysis."""
    found = next((part for part in parts(content) if part.name == name), None)
    return None if found is None else writing.xlsx_bytes(found.columns, found.rows, title=found.title)
