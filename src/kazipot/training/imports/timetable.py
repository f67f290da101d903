"""Reads a provider's timetable from the template (XLSX): each faulty cell is named, nothing is half kept."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from kazipot.core.allocation.holidays import holidays
from kazipot.foundation.errors import InputRefused, Problem
from kazipot.foundation.tables import PAGE_BYTES, read_table
from kazipot.training.choices import Language, Shift
from kazipot.training.imports.fields import MOST_SEATS, Headings, Row, rows_of

HEADINGS: Headings = {
    "course": ("šifra tečaja", "tečaj", "course code", "course"),
    "starts_on": ("prvi dan", "datum", "first day", "date"),
    "ends_on": ("zadnji dan", "last day"),
    "begins_at": ("začetek", "ura začetka", "begins at", "begins"),
    "closes_at": ("konec", "ura konca", "ends at", "ends"),
    "place": ("kraj", "place"),
    "room": ("prostor", "učilnica", "room"),
    "shift": ("izmena", "shift"),
    "capacity": ("mest", "število mest", "seats"),
    "min_people": ("najmanj udeležencev", "najmanj", "least number of people"),
    "price_fixed": ("cena izvedbe", "price of the session"),
    "price_per_head": ("cena na osebo", "price for each person"),
    "language": ("jezik", "language"),
    "in_working_time": ("v delovnem času", "in working time"),
    "is_accessible": ("brez ovir", "accessible"),
    "free_cancellation_days": ("brezplačna odpoved (dni prej)", "free cancellation (days before)"),
    "late_cancellation_share": ("pozna odpoved (%)", "late cancellation (%)"),
}
REQUIRED = ("starts_on", "begins_at", "closes_at", "place", "capacity")
MOST_ROWS = 300
MOST_DAYS_BEFORE = 90


def read_timetable(
    name: str, content: bytes, *, courses: Mapping[str, int], on: date, of_catalogue: bool
) -> list[dict[str, Any]]:
    """The sessions of a timetable, as fields of proposed sessions. `courses` are the provider's, by code.

    `of_catalogue`: every row names a course; otherwise the rows are for a course that is still to come. Raises
    InputRefused, with every fault that the file has.
    """
    if not content.startswith(b"PK"):
        message, remedy = _("A timetable comes as XLSX."), _("Download the template and fill it in.")
        raise InputRefused(f"{message} {remedy}", [Problem(None, name, "", message, remedy)])
    problems: list[Problem] = []
    table = read_table(name, content, max_bytes=PAGE_BYTES)
    rows = rows_of(name, table, HEADINGS, ("course", *REQUIRED) if of_catalogue else REQUIRED, problems)
    if len(rows) > MOST_ROWS:
        message, remedy = _("The timetable has too many rows."), _("Send at most %(most)s at once.")
        problems.append(Problem(None, name, str(len(rows)), message, remedy % {"most": MOST_ROWS}))
        rows = rows[:MOST_ROWS]
    found = [_session(row, courses if of_catalogue else None, on) for row in rows]
    _twice(rows, found)
    if problems:
        raise InputRefused(_("The timetable was not kept. Correct what is named below and send it again."), problems)
    return found


def _session(row: Row, courses: Mapping[str, int] | None, on: date) -> dict[str, Any]:
    """A row as fields; the row notes what is wrong with it."""
    starts_on = row.day("starts_on")
    ends_on = row.day("ends_on") if row.cells.get("ends_on") not in (None, "") else starts_on
    begins_at, closes_at = row.clock("begins_at"), row.clock("closes_at")
    before = len(row.problems)
    capacity = row.whole("capacity", least=1, most=MOST_SEATS)
    min_people = row.whole("min_people", least=1, most=MOST_SEATS, blank=1)
    if len(row.problems) == before and min_people > capacity:
        row.fault("min_people", _("There are fewer seats than that."), _("Lower the number or raise the seats."))
    told: dict[str, Any] = {
        "starts_on": starts_on,
        "ends_on": ends_on,
        "begins_at": begins_at,
        "closes_at": closes_at,
        "place": row.text("place", most=200, required=True),
        "room": row.text("room", most=100),
        "shift": row.choice("shift", Shift.choices, blank=Shift.ANY),
        "capacity": capacity,
        "min_people": min_people,
        "price_fixed": row.money("price_fixed"),
        "price_per_head": row.money("price_per_head"),
        "language": row.choice("language", Language.choices, blank=Language.SLOVENIAN),
        "in_working_time": row.yes("in_working_time", blank=True),
        "is_accessible": row.yes("is_accessible", blank=True),
        "free_cancellation_days": row.whole("free_cancellation_days", least=0, most=MOST_DAYS_BEFORE, blank=0),
        "late_cancellation_share": row.whole("late_cancellation_share", least=0, most=100, blank=0),
    }
    if courses is not None:
        told["course_id"] = _course(row, courses)
    _days(row, starts_on, ends_on, on, in_working_time=told["in_working_time"])
    if begins_at and closes_at and closes_at <= begins_at:
        row.fault("closes_at", _("The end is not after the beginning."), _("Correct one of the two times."))
    return told


def _course(row: Row, courses: Mapping[str, int]) -> int | None:
    code = row.text("course", most=32, required=True)
    if code and code not in courses:
        known = ", ".join(sorted(courses)) or "–"
        row.fault(
            "course", _("You have no course with this code."), _("Write one of these: %(names)s.") % {"names": known}
        )
    return courses.get(code)


def _days(row: Row, starts_on: date | None, ends_on: date | None, on: date, *, in_working_time: bool) -> None:
    if starts_on is None or ends_on is None:
        return
    if starts_on <= on:
        row.fault("starts_on", _("The day has passed or is today."), _("Choose a later day."))
    if ends_on < starts_on:
        row.fault("ends_on", _("The last day lies before the first."), _("Correct one of the two days."))
    if in_working_time and starts_on in holidays(starts_on.year):
        row.fault("starts_on", _("This is a public holiday."), _("Choose a working day."))


def _twice(rows: Collection[Row], found: Collection[dict[str, Any]]) -> None:
    """The same session in two rows."""
    seen: dict[tuple[Any, ...], int] = {}
    for row, told in zip(rows, found, strict=True):
        key = (
            told.get("course_id"),
            told["starts_on"],
            told["begins_at"],
            told["place"].casefold(),
            told["room"].casefold(),
        )
        if None in key[1:3]:
            continue
        first = seen.setdefault(key, row.line)
        if first != row.line:
            row.fault(
                "starts_on", _("The same session stands in row %(row)s.") % {"row": first},
                _("Delete one of the rows, or name another room."),
            )  # fmt: skip
