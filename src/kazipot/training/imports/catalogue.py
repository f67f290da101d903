"""Reads an external catalogue of courses from CSV or XLSX, and says what it would change before it does."""

import re
from decimal import Decimal

from django.utils.translation import gettext as _

from kazipot.foundation.errors import InputRefused, Problem
from kazipot.foundation.tables import PAGE_BYTES, read_table
from kazipot.training.choices import CourseMode, Language
from kazipot.training.imports.fields import Headings, Row, rows_of
from kazipot.training.queries import Catalogue, CatalogueRow

HEADINGS: Headings = {
    "code": ("šifra", "šifra tečaja", "code"),
    "title_sl": ("naslov", "naslov (sl)", "title in slovenian"),
    "title_en": ("naslov (en)", "angleški naslov", "title", "title in english"),
    "provider": ("izvajalec", "šifra izvajalca", "provider"),
    "competences": ("kompetence", "competences"),
    "mode": ("način", "način izvedbe", "mode"),
    "language": ("jezik", "language"),
    "hours": ("ure", "število ur", "hours"),
    "prerequisites": ("predznanje", "prerequisites"),
    "accessibility": ("dostopnost", "accessibility"),
    "security": ("digitalna varnost", "digital security"),
}
REQUIRED = ("code", "title_sl", "provider", "competences")
CODE = re.compile(r"[-a-zA-Z0-9_]{1,32}")
SPAN = re.compile(r"\s*(\d+(?:\.\d+)*)\s*[: ]\s*([0-4])\s*[-–>]+\s*([0-4])\s*")
HOURS = re.compile(r"\d{1,4}(?:[.,]\d)?")


def read_catalogue(name: str, content: bytes, known: Catalogue) -> list[CatalogueRow]:
    """The courses of a file. `known` are the providers, competences and courses there are. Raises InputRefused with
    every fault that the file has."""
    problems: list[Problem] = []
    rows = rows_of(name, read_table(name, content, max_bytes=PAGE_BYTES), HEADINGS, REQUIRED, problems)
    found, seen = [], dict[str, int]()
    for row in rows:
        course = _course(row, known)
        if course.code and (first := seen.setdefault(course.code, row.line)) != row.line:
            row.fault("code", _("The same code stands in row %(row)s.") % {"row": first}, _("Write another code."))
        found.append(course)
    if problems:
        raise InputRefused(_("Nothing was imported. Correct what is named below and upload the file again."), problems)
    return found


def _course(row: Row, known: Catalogue) -> CatalogueRow:
    code = row.text("code", most=32, required=True)
    if code and not CODE.fullmatch(code):
        row.fault("code", _("A code has letters without marks, digits and hyphens only."), _("Write another code."))
    provider = row.text("provider", most=32, required=True)
    if provider and provider not in known.providers:
        row.fault(
            "provider", _("There is no provider with this code."), _("Add the provider first or correct the code.")
        )
    title_sl = row.text("title_sl", most=200, required=True)
    course = CatalogueRow(
        line=row.line,
        code=code,
        provider_id=known.providers.get(provider, 0),
        title_sl=title_sl,
        title_en=row.text("title_en", most=200) or title_sl,
        spans=_spans(row, known),
        mode=row.choice("mode", CourseMode.choices, blank=CourseMode.ROOM),
        language=row.choice("language", Language.choices, blank=Language.SLOVENIAN),
        hours=_hours(row),
        prerequisites=row.text("prerequisites", most=300),
        accessibility=row.text("accessibility", most=300),
        is_digital_security=row.yes("security", blank=False),
    )
    before = known.courses.get(code)
    if before is not None and before.spans and course.spans and before.spans != course.spans:
        row.fault(
            "competences", _("This course already teaches something else; what was counted by it would change."),
            _("Give the new course another code."),
        )  # fmt: skip
    if before is not None and course.provider_id and before.provider_id != course.provider_id:
        row.fault("provider", _("This course is another provider's."), _("Give the new course another code."))
    return course


def _spans(row: Row, known: Catalogue) -> tuple[tuple[int, int, int], ...]:
    """What is taught, as (competence id, from, to), from a text such as "1.1: 0-2; 1.2: 1-3"."""
    text = row.text("competences", most=1_000, required=True)
    found: dict[int, tuple[int, int, int]] = {}
    for part in (part for part in re.split(r"[;|]", text) if part.strip()):
        match = SPAN.fullmatch(part)
        if match is None or int(match[2]) >= int(match[3]):
            row.fault(
                "competences",
                _("“%(part)s” cannot be read.") % {"part": part.strip()},
                _("Write like 1.1: 0-2; 1.2: 1-3."),
            )
            continue
        competence = known.competences.get(match[1])
        if competence is None:
            row.fault(
                "competences", _("There is no competence %(code)s in the framework.") % {"code": match[1]},
                _("Look the code up under “Competences”."),
            )  # fmt: skip
        elif competence in found:
            row.fault(
                "competences", _("Competence %(code)s stands there twice.") % {"code": match[1]}, _("Write it once.")
            )
        else:
            found[competence] = (competence, int(match[2]), int(match[3]))
    return tuple(sorted(found.values()))


def _hours(row: Row) -> Decimal | None:
    value = row.text("hours", most=10)
    if not value:
        return None
    if not HOURS.fullmatch(value) or Decimal(value.replace(",", ".")) <= 0:
        row.fault("hours", _("This is not a number of hours."), _("Write hours like 6 or 7,5."))
        return None
    return Decimal(value.replace(",", "."))
