"""Reads a roster from CSV or XLSX with Slovenian or English headings."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from pathlib import Path

from django.utils.translation import gettext as _

from kazipot.foundation.errors import InputRefused, Problem
from kazipot.foundation.models import User
from kazipot.foundation.tables import FILE_BYTES, Cell, as_day, as_text, read_table
from kazipot.organisation.operations import apply_roster
from kazipot.organisation.queries import Roster, RosterPlan, RosterRow, plan_roster

HEADINGS = {
    "employer": ("delodajalec", "šifra delodajalca", "employer", "employer_code"),
    "unit": ("enota", "šifra enote", "organizacijska enota", "unit", "unit_code"),
    "personnel_number": ("kadrovska številka", "matična številka", "številka", "personnel number", "personnel_number"),
    "first_name": ("ime", "first name", "first_name"),
    "last_name": ("priimek", "last name", "last_name"),
    "email": ("e-pošta", "e-naslov", "elektronska pošta", "email", "e-mail"),
    "phone": ("telefon", "phone"),
    "language": ("jezik", "language"),
    "post": ("delovno mesto", "šifra delovnega mesta", "post", "post_code"),
    "post_title": ("naziv delovnega mesta", "post title", "post_title"),
    "profile": ("profil", "poklicni profil", "job profile", "profile"),
    "valid_from": ("zaposlen od", "zaposlen/a od", "od", "datum zaposlitve", "employed from", "from", "valid_from"),
    "valid_to": ("zaposlen do", "zaposlen/a do", "do", "zadnji dan", "employed to", "last day", "to", "valid_to"),
    "key": ("ključ osebe", "person key", "key"),
}
"""Field → headings by which people call it, in lower case. The last day is the last day at work."""
REQUIRED = ("employer", "unit", "personnel_number", "first_name", "last_name", "post", "valid_from")


def roster_from_rows(rows: Iterable[RosterRow]) -> Roster:
    """A roster of rows that somebody already has."""
    return Roster(tuple(rows))


def read_roster(name: str, content: bytes, *, max_bytes: int = FILE_BYTES) -> Roster:
    """The roster in a file; rows that cannot be read are its `problems`. Raises InputRefused for the whole file."""
    table = read_table(name, content, max_bytes=max_bytes)
    columns, ignored = _columns(table.headings)
    missing = [field for field in REQUIRED if field not in columns]
    if missing:
        message = _("A column is missing.")
        problems = [
            Problem(1, field, "", message, _("Add the column “%(name)s”.") % {"name": HEADINGS[field][0]})
            for field in missing
        ]
        raise InputRefused(" ".join([message, *(problem.remedy for problem in problems)]), problems)
    rows: list[RosterRow] = []
    faults: list[Problem] = []
    for line, cells in table.rows:
        read = _row(line, {field: cells[i] if i < len(cells) else None for field, i in columns.items()}, faults)
        if read is not None:
            rows.append(read)
    return Roster(tuple(rows), tuple(faults), ignored)


def import_people(
    path: Path,
    *,
    as_of: date,
    at: datetime,
    actor: User | None = None,
    dry_run: bool = False,
    confirm_leavers: bool = False,
) -> tuple[RosterPlan, Roster]:
    """Import a roster file, or only say what it would change. Raises InputRefused, TooManyLeavers."""
    roster = read_roster(path.name, path.read_bytes())
    plan = plan_roster(roster, as_of=as_of)
    if not dry_run:
        apply_roster(plan, at=at, actor=actor, confirm_leavers=confirm_leavers)
    return plan, roster


def _columns(headings: tuple[str, ...]) -> tuple[dict[str, int], tuple[str, ...]]:
    fields = {heading: field for field, known in HEADINGS.items() for heading in known}
    found: dict[str, int] = {}
    ignored: list[str] = []
    for index, heading in enumerate(headings):
        field = fields.get(" ".join(heading.lower().split()))
        if field is None or field in found:
            ignored.append(heading)
        else:
            found[field] = index
    return found, tuple(ignored)


def _row(line: int, cells: dict[str, Cell], faults: list[Problem]) -> RosterRow | None:
    days: dict[str, date | None] = {}
    sound = True
    for field in ("valid_from", "valid_to"):
        try:
            days[field] = as_day(cells.get(field))
        except ValueError:
            sound = False
            faults.append(
                Problem(line, field, as_text(cells.get(field)), _("There is no such day."),
                        _("Write the day like 31. 12. 2024."))
            )  # fmt: skip
    if sound and days["valid_from"] is None:
        sound = False
        faults.append(Problem(line, "valid_from", "", _("The field is empty."), _("Fill it in.")))
    if not sound:
        return None
    last = days["valid_to"]
    texts = {field: as_text(value) for field, value in cells.items() if field not in days}
    return RosterRow(
        employer=texts["employer"],
        unit=texts["unit"],
        personnel_number=texts["personnel_number"],
        first_name=texts["first_name"],
        last_name=texts["last_name"],
        email=texts.get("email"),
        phone=texts.get("phone"),
        language=texts.get("language", "").lower() or "sl",
        post=texts["post"],
        post_title=texts.get("post_title", ""),
        profile=texts.get("profile", ""),
        valid_from=days["valid_from"] or date.min,
        valid_to=last + timedelta(days=1) if last else None,
        key=texts.get("key", ""),
        line=line,
    )
