"""Slips to be printed, cut, folded and handed out: a sheet for every head of unit, then the unit's slips.

The codes are secrets. They stand on the slips alone, never on the sheet of the head.
"""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any

import segno
from django.http import HttpResponseBase
from django.utils.translation import get_language, ngettext, override
from django.utils.translation import gettext as _

from kazipot.foundation.downloads import download, zipped
from kazipot.foundation.pdf import render
from kazipot.foundation.ui.templatetags.ui import day
from kazipot.needs.operations import Letter

TEMPLATE = "needs/templates/needs/slips.typ"
IN_A_FILE = 500
"""So many slips at most are typeset at once, so that memory is bounded (docs/decisions/pdf-by-typst.md)."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Slips of one unit; a unit with more than fit into a file has several, of which the first has the sheet."""

    letters: Sequence[Letter]
    people: Sequence[Letter]
    """Whom the head's sheet lists: all of the unit, or nobody."""


@dataclass(frozen=True, slots=True)
class Notice:
    """What every slip of a survey says: until when, where the programme is reached, how long it takes, the promise."""

    closes_on: date
    address: str
    minutes: int
    anonymous: bool = False


def slips(
    letters: Sequence[Letter],
    *,
    name: str,
    notice: Notice,
    at: datetime,
    sheets: bool = True,
) -> HttpResponseBase:
    """The slips as a PDF to download; more than five hundred come as several PDFs in a ZIP, made as it is sent.

    `letters` are sorted by employer and unit, `sheets` says whether heads of units get their sheet. In the language of
    who asks; each slip in its person's.
    """
    files = _files(letters, sheets=sheets)
    language = get_language() or "sl"

    def made(batches: Sequence[Batch]) -> bytes:
        with override(language):
            content = _content(batches, notice)
            return render(TEMPLATE, content, title=_("Slips for the survey"), language=language, at=at)

    if len(files) == 1:
        return download(f"{name}.pdf", "application/pdf", made(files[0]))
    return download(f"{name}.zip", "application/zip", zipped(_named(files, name, made), at=at))


def _named(files: Sequence[Sequence[Batch]], name: str, made: Any) -> Iterator[tuple[str, bytes]]:
    for number, batches in enumerate(files, 1):
        yield f"{name}-{number:02}.pdf", made(batches)


def _files(letters: Sequence[Letter], *, sheets: bool) -> list[list[Batch]]:
    """Letters by unit, and units by file: a unit is torn apart only when it alone doesn't fit into one."""
    files: list[list[Batch]] = []
    room = 0
    for _unit, found in groupby(letters, lambda letter: (letter.workplace.employer_code, letter.unit_code)):
        unit = list(found)
        for start in range(0, len(unit), IN_A_FILE):
            part = unit[start : start + IN_A_FILE]
            if len(part) > room:
                files.append([])
                room = IN_A_FILE
            room -= len(part)
            files[-1].append(Batch(part, unit if sheets and not start else []))
    return files


def _content(batches: Sequence[Batch], notice: Notice) -> dict[str, Any]:
    """What the template shows."""
    languages = sorted({letter.language for batch in batches for letter in batch.letters})
    return {
        "texts": {language: _slip_texts(language, notice) for language in languages},
        "sheet": _sheet_texts(notice.closes_on),
        "units": [_unit(batch, notice.address) for batch in batches],
    }


def _unit(batch: Batch, address: str) -> dict[str, Any]:
    place = batch.letters[0].workplace
    return {
        "employer": place.employer,
        "unit": place.unit,
        "code": place.unit_code,
        "count": _count(len(batch.people)),
        "people": [[letter.name, letter.workplace.title] for letter in batch.people],
        "slips": [_slip(letter, address) for letter in batch.letters],
    }


def _count(people: int) -> str:
    return ngettext("%(slips)d slip", "%(slips)d slips", people) % {"slips": people}


def _slip(letter: Letter, address: str) -> dict[str, str]:
    with override(letter.language):
        return {
            "language": letter.language,
            "name": letter.name,
            "employer": letter.workplace.employer,
            "unit": letter.workplace.unit,
            "workplace": letter.workplace.title,
            "code": letter.spaced_code,
            "qr": qr(f"{address}/needs/answer/{letter.code}"),
        }


def qr(text: str) -> str:
    """A QR code (ISO/IEC 18004, error correction M) as SVG; the paper around it is its quiet zone."""
    drawing = io.BytesIO()
    segno.make(text, error="m", micro=False).save(drawing, kind="svg", border=0, xmldecl=False, nl=False)
    return drawing.getvalue().decode()


def _slip_texts(language: str, notice: Notice) -> dict[str, str]:
    """What stands on every slip in a language."""
    with override(language):
        return {
            "heading": _("What digital training do you need?"),
            "what": _("Your employer takes part in the city's programme of digital competences."),
            "why": _(
                "Please tell us what you can do, what your work needs, and what training you want: "
                "this decides which training will be offered."
            ),
            "time": f"{_time(notice.minutes)} {_('You can stop and continue later with the same code.')}",
            "last_day": _("Last day: %(day)s") % {"day": day(notice.closes_on)},
            "privacy": f"{_promise(notice.anonymous)} {_('The code is yours alone: do not pass it on.')}",
            "help": _("Questions, or lost the slip? Ask human resources of your employer."),
            "camera": _("Point the camera of a phone at the QR code."),
            "or_open": _(
                "Or open the address below on any device and type the code. Capital letters and hyphens do not matter."
            ),
            "address": f"{notice.address}/needs/enter/",
            "qr_label": _("QR code of the address"),
        }


def _time(minutes: int) -> str:
    text = ngettext("It takes about %(minutes)d minute.", "It takes about %(minutes)d minutes.", minutes)
    return text % {"minutes": minutes}


def _promise(anonymous: bool) -> str:
    if anonymous:
        return _(
            "The survey is anonymous: it is noted that you took part, but nobody can find out which answers are yours."
        )
    return _("Nobody at work sees which answers are yours. Results are shown only for groups of at least five people.")


def _sheet_texts(closes_on: date) -> dict[str, Any]:
    """What stands on every head's sheet, in the language of who prints."""
    return {
        "for": _("For the head of unit: slips to hand out"),
        "steps": [
            _("Hand each person the slip with their name. It is folded over the code: leave it closed."),
            _("Tick the name when the slip has been handed out."),
            _("Collect nothing and ask nobody whether they have answered. Answering is voluntary."),
            _(
                "Return slips of people who are away or have left to human resources. Whoever loses theirs gets a new "
                "one there; the old code then stops working."
            ),
        ],
        "last_day": _("Last day: %(day)s") % {"day": day(closes_on)},
        "list": _("Who gets a slip"),
        "name": _("Name"),
        "workplace": _("Workplace"),
        "given": _("Handed out"),
    }
