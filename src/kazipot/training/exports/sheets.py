"""The attendance sheet on paper, and the table to be filled in."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from kazipot.foundation.pdf import render
from kazipot.foundation.tables import xlsx_bytes
from kazipot.foundation.ui.templatetags.ui import day
from kazipot.training.models import Session
from kazipot.training.queries import AtTheDoor

TEMPLATE = "training/templates/training/sheet.typ"


def columns() -> list[str]:
    """The headings of the table."""
    return [_("Number"), _("Name"), _("Unit"), _("Present")]


def attendance_sheet(session: Session, rows: Sequence[AtTheDoor], units: dict[int, str], *, at: datetime) -> bytes:
    """The list of people with a seat, with room for a signature; A4, in the reader's language."""
    title = _("Attendance: %(course)s") % {"course": session.course.title}
    content = {
        "heading": session.course.title,
        "facts": [
            [_("Day"), day(session.starts_on) + (f" – {day(session.ends_on)}" if _lasts(session) else "")],
            [_("Time"), f"{session.begins_at:%H.%M}–{session.closes_at:%H.%M}"],
            [_("Place"), session.place],
            [_("With a seat"), ngettext("%(n)s person", "%(n)s people", len(rows)) % {"n": len(rows)}],
        ],
        "head": [_("No."), _("Name"), _("Unit"), _("Signature")],
        "people": [
            [str(number), row.offer.person.name, units.get(row.offer.unit_id, row.offer.unit.code)]
            for number, row in enumerate(rows, start=1)
        ],
        "trainer": _("Signature of the trainer"),
        "note": _("Sign for yourself only. Whoever has no seat is not on the list: tell the trainer."),
    }
    return render(TEMPLATE, content, title=title, language=get_language() or "sl", at=at)


def _lasts(session: Session) -> bool:
    return session.ends_on != session.starts_on


def attendance_table(rows: Sequence[AtTheDoor], units: dict[int, str]) -> bytes:
    """The same list as a workbook: the last column is to be filled in with yes or no."""
    told = {True: _("yes"), False: _("no"), None: ""}
    return xlsx_bytes(
        columns(),
        [
            [
                row.offer.pk,
                row.offer.person.name,
                units.get(row.offer.unit_id, row.offer.unit.code),
                told[row.attended],
            ]
            for row in rows
        ],
        title=_("Attendance"),
    )
