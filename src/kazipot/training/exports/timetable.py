"""The template of a timetable: a sheet whose cells are checked as one types, and a sheet that explains it."""

import io
from collections.abc import Iterable
from datetime import date, time
from typing import Any

import xlsxwriter
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kazipot.training.choices import Language, Shift
from kazipot.training.imports.fields import MOST_SEATS
from kazipot.training.imports.timetable import HEADINGS, MOST_DAYS_BEFORE, MOST_ROWS, REQUIRED

SLOVENIAN = {field: known[0] for field, known in HEADINGS.items()}
ENGLISH = {
    "course": "course code", "starts_on": "first day", "ends_on": "last day", "begins_at": "begins at",
    "closes_at": "ends at", "place": "place", "room": "room", "shift": "shift", "capacity": "seats",
    "min_people": "least number of people", "price_fixed": "price of the session",
    "price_per_head": "price for each person", "language": "language", "in_working_time": "in working time",
    "is_accessible": "accessible", "free_cancellation_days": "free cancellation (days before)",
    "late_cancellation_share": "late cancellation (%)",
}  # fmt: skip
WHOLE = {
    "capacity": (1, MOST_SEATS), "min_people": (1, MOST_SEATS), "free_cancellation_days": (0, MOST_DAYS_BEFORE),
    "late_cancellation_share": (0, 100),
}  # fmt: skip
LISTS: dict[str, list[Any]] = {
    "shift": list(Shift.labels), "language": list(Language.labels),
    "in_working_time": ["da", "ne"], "is_accessible": ["da", "ne"],
}  # fmt: skip
WIDTHS = {"place": 28, "course": 16}


def heading(field: str) -> str:
    """What a column is called in the reader's language."""
    return (ENGLISH if get_language() == "en" else SLOVENIAN)[field]


def timetable_template(courses: Iterable[tuple[str, str]], *, on: date, of_catalogue: bool) -> bytes:
    """The workbook. `courses` are the provider's (code, title); without a catalogue the column is left out."""
    fields = [field for field in HEADINGS if of_catalogue or field != "course"]
    courses = list(courses)
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as book:
        bold = book.add_format({"bold": True})
        formats = {
            "starts_on": book.add_format({"num_format": "d. m. yyyy"}),
            "ends_on": book.add_format({"num_format": "d. m. yyyy"}),
            "begins_at": book.add_format({"num_format": "h:mm"}),
            "closes_at": book.add_format({"num_format": "h:mm"}),
        }
        sheet = book.add_worksheet(_("Timetable"))
        sheet.freeze_panes(1, 0)
        codes = [row[0] for row in courses]
        for column, field in enumerate(fields):
            sheet.write_string(0, column, heading(field), bold)
            sheet.set_column(column, column, WIDTHS.get(field, 14), formats.get(field))
            check = _check(field, on, codes)
            if check:
                sheet.data_validation(1, column, MOST_ROWS, column, check)
        _explain(book.add_worksheet(_("How to fill it in")), bold, fields, courses)
    return out.getvalue()


def _check(field: str, on: date, codes: list[str]) -> dict[str, Any] | None:
    """What a cell of a column may hold, as the spreadsheet checks it."""
    wrong = {"error_title": _("This can't be so"), "ignore_blank": field not in REQUIRED}
    if field in {"starts_on", "ends_on"}:
        rule = {"validate": "date", "criteria": ">", "value": on, "error_message": _("Write a day after today.")}
    elif field in {"begins_at", "closes_at"}:
        rule = {"validate": "time", "criteria": "between", "minimum": time(0), "maximum": time(23, 59),
                "error_message": _("Write the time like 9:00.")}  # fmt: skip
    elif field in WHOLE:
        least, most = WHOLE[field]
        rule = {
            "validate": "integer",
            "criteria": "between",
            "minimum": least,
            "maximum": most,
            "error_message": _("Write a whole number from %(least)s to %(most)s.") % {"least": least, "most": most},
        }
    elif field in {"price_fixed", "price_per_head"}:
        rule = {"validate": "decimal", "criteria": ">=", "value": 0, "error_message": _("Write euros like 1200,50.")}
    elif field in LISTS or (field == "course" and codes):
        rule = {"validate": "list", "source": [str(name) for name in LISTS.get(field, codes)],
                "error_message": _("Choose from the list.")}  # fmt: skip
    else:
        return None
    return {**rule, **wrong}


def _explain(sheet: Any, bold: Any, fields: list[str], courses: Iterable[tuple[str, str]]) -> None:
    """Column by column: whether it is needed and what to write; below, the courses."""
    sheet.set_column(0, 2, 34)
    for column, text in enumerate((_("Column"), _("Needed"), _("What to write"))):
        sheet.write_string(0, column, text, bold)
    words = _words()
    for row, field in enumerate(fields, start=1):
        needed = field in REQUIRED or field == "course"
        for column, text in enumerate((heading(field), _("yes") if needed else _("no"), words[field])):
            sheet.write_string(row, column, text)
    row = len(fields) + 2
    if "course" in fields:
        sheet.write_string(row, 0, _("Your courses"), bold)
        for place, (code, title) in enumerate(courses, start=1):
            sheet.write_string(row + place, 0, code)
            sheet.write_string(row + place, 1, title)


def _words() -> dict[str, str]:
    choices = {name: ", ".join(str(label) for label in kind.labels) for name, kind in
               (("shift", Shift), ("language", Language))}  # fmt: skip
    return {
        "course": _("the code of one of your courses"),
        "starts_on": _("a day like 31. 12. 2026, not a public holiday"),
        "ends_on": _("empty if the session has one day"),
        "begins_at": _("a time like 9:00; it holds on each day"),
        "closes_at": _("a time like 14:00"),
        "place": _("address; for a session on the web: “online”"),
        "room": _("the room, if it is known"),
        "shift": _("for which shift it suits: %(choices)s") % {"choices": choices["shift"]},
        "capacity": _("most people in the session"),
        "min_people": _("with fewer the session is not held"),
        "price_fixed": _("euros without VAT, for the whole session"),
        "price_per_head": _("euros without VAT, for each person"),
        "language": _("one of these: %(choices)s") % {"choices": choices["language"]},
        "in_working_time": _("da or ne; empty means da"),
        "is_accessible": _("da or ne; empty means da"),
        "free_cancellation_days": _("so many days before it may be cancelled free of charge"),
        "late_cancellation_share": _("so many per cent of the price are due when it is cancelled later"),
    }
