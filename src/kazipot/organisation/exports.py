"""Slips to be printed, cut, folded and handed out: a sheet for every head of unit, then the unit's slips.

The codes are secrets. They stand on the slips alone, never on the sheet of the head.
"""

import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any, Protocol

import segno
from django.http import HttpResponseBase
from django.utils.translation import get_language, ngettext, override

from kazipot.foundation.downloads import download, zipped
from kazipot.foundation.pdf import render
from kazipot.organisation.queries import Workplace

TEMPLATE = "foundation/pdf/slips.typ"
IN_A_FILE = 500
"""So many slips at most are typeset at once, so that memory is bounded (docs/decisions/pdf-by-typst.md)."""


class Slip(Protocol):
    """A slip for a person; its code is told once. A `detail`, if it has one, stands above what all slips say."""

    @property
    def name(self) -> str:
        """The person's name."""

    @property
    def language(self) -> str:
        """The person's language."""

    @property
    def workplace(self) -> Workplace:
        """Where it is handed out."""

    @property
    def code(self) -> str:
        """The code as it stands in an address."""

    @property
    def spaced_code(self) -> str:
        """The code in groups, as it is printed and may be typed."""


@dataclass(frozen=True, slots=True)
class SlipWords:
    """What slips say: the title of the file, the address before the code, the texts by language, the head's sheet."""

    title: str
    link: str
    texts: Callable[[str], Mapping[str, str]]
    sheet: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Batch:
    """Slips of one unit; a unit with more than fit into a file has several, of which the first has the sheet."""

    letters: Sequence[Slip]
    people: Sequence[Slip]
    """Whom the head's sheet lists: all of the unit, or nobody."""


def slips(
    letters: Sequence[Slip],
    *,
    name: str,
    words: SlipWords,
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
            content = _content(batches, words)
            return render(TEMPLATE, content, title=words.title, language=language, at=at)

    if len(files) == 1:
        return download(f"{name}.pdf", "application/pdf", made(files[0]))
    return download(f"{name}.zip", "application/zip", zipped(_named(files, name, made), at=at))


def _named(files: Sequence[Sequence[Batch]], name: str, made: Any) -> Iterator[tuple[str, bytes]]:
    for number, batches in enumerate(files, 1):
        yield f"{name}-{number:02}.pdf", made(batches)


def _files(letters: Sequence[Slip], *, sheets: bool) -> list[list[Batch]]:
    """Slips by unit, and units by file: a unit is torn apart only when it alone doesn't fit into one."""
    files: list[list[Batch]] = []
    room = 0
    for _unit, found in groupby(letters, lambda letter: (letter.workplace.employer_code, letter.workplace.unit_code)):
        unit = list(found)
        for start in range(0, len(unit), IN_A_FILE):
            part = unit[start : start + IN_A_FILE]
            if len(part) > room:
                files.append([])
                room = IN_A_FILE
            room -= len(part)
            files[-1].append(Batch(part, unit if sheets and not start else []))
    return files


def _content(batches: Sequence[Batch], words: SlipWords) -> dict[str, Any]:
    """What the template shows."""
    languages = sorted({letter.language for batch in batches for letter in batch.letters})
    return {
        "texts": {language: words.texts(language) for language in languages},
        "sheet": words.sheet,
        "units": [_unit(batch, words.link) for batch in batches],
    }


def _unit(batch: Batch, link: str) -> dict[str, Any]:
    place = batch.letters[0].workplace
    return {
        "employer": place.employer,
        "unit": place.unit,
        "code": place.unit_code,
        "count": _count(len(batch.people)),
        "people": [[letter.name, letter.workplace.title] for letter in batch.people],
        "slips": [_slip(letter, link) for letter in batch.letters],
    }


def _count(people: int) -> str:
    return ngettext("%(slips)d slip", "%(slips)d slips", people) % {"slips": people}


def _slip(letter: Slip, link: str) -> dict[str, str]:
    with override(letter.language):
        return {
            "language": letter.language,
            "name": letter.name,
            "employer": letter.workplace.employer,
            "unit": letter.workplace.unit,
            "workplace": letter.workplace.title,
            "detail": getattr(letter, "detail", ""),
            "code": letter.spaced_code,
            "qr": qr(f"{link}{letter.code}"),
        }


def qr(text: str) -> str:
    """A QR code (ISO/IEC 18004, error correction M) as SVG; the paper around it is its quiet zone."""
    drawing = io.BytesIO()
    segno.make(text, error="m", micro=False).save(drawing, kind="svg", border=0, xmldecl=False, nl=False)
    return drawing.getvalue().decode()
