"""A questionnaire in XLSForm as an author would write it, for tests to change cell by cell."""

import io
from collections.abc import Callable
from typing import Any

import pytest
import xlsxwriter
from django.utils import translation

from kazipot.foundation.errors import InputRefused, Problem
from kazipot.needs.imports import read_xlsform

type Rows = list[list[Any]]
HEADINGS = [
    "type", "name", "label::Slovenščina (sl)", "label::English (en)", "hint::sl", "hint::en", "required", "relevant",
    "constraint", "constraint_message::sl", "constraint_message::en", "appearance", "choice_filter", "repeat_count",
    "calculation", "default",
]  # fmt: skip
FILTER = "competence = ${competence_code} or competence = ''"


def row(kind: str, name: str = "", sl: str = "", en: str = "", **cells: Any) -> list[Any]:
    """A row of the survey; cells by their heading (hint_sl for hint::sl)."""
    told = {"type": kind, "name": name, HEADINGS[2]: sl, HEADINGS[3]: en}
    told |= {key.replace("_sl", "::sl").replace("_en", "::en"): value for key, value in cells.items()}
    assert set(told) <= set(HEADINGS)
    return [told.get(heading, "") for heading in HEADINGS]


def survey() -> Rows:
    """As an author would write it."""
    return [
        [*HEADINGS],
        row("start", "start"),
        row("begin group", "work", "Vaše delo", "Your work"),
        row("select_one places", "place", "Kje delate?", "Where do you work?", required="yes"),
        row("integer", "years", "Koliko let?", "How many years?", relevant="${place} = 'office'",
            constraint=". >= 0 and . <= 50", constraint_message_sl="Od 0 do 50.", constraint_message_en="0 to 50."),
        row("end group"),
        [],
        row("select_multiple competence", "competences", "Katere?", "Which?", default="1.1"),
        row("begin repeat", "block", "Kompetence", "Competences", repeat_count="count-selected(${competences})"),
        row("calculate", "competence_code", calculation="selected-at(${competences}, position(..) - 1)"),
        row("calculate", "competence_name", calculation='jr:choice-name(${competence_code}, "${competences}")'),
        row("note", "whose", "${competence_name}", "${competence_name}"),
        row("select_one levels", "own_level", "Danes", "Today", required="true()", choice_filter=FILTER),
        row("select_one levels", "needed_level", "Potrebno", "Needed", required=True, choice_filter=FILTER),
        row("acknowledge", "wants_training", "Usposabljanje", "Training"),
        row("end repeat"),
        row("text", "more", "Še kaj?", "Anything else?", appearance="multiline",
            hint_sl="Brez imen.", hint_en="No names."),
        row("date", "until", "Do kdaj?", "Until when?"),
        row("note", "thanks", "Hvala.", "Thank you."),
    ]  # fmt: skip


def choices() -> Rows:
    return [
        ["list_name", "name", "label::Slovenščina (sl)", "label::English (en)", "competence"],
        ["places", "office", "V pisarni", "In an office", ""],
        ["places", "depot", "Na terenu", "In the field", ""],
        ["competence", "1.1", "Iskanje", "Browsing", ""],
        ["competence", 4.2, "Zasebnost", "Privacy", ""],
        *[["levels", number, f"Raven {number}", f"Level {number}", ""] for number in range(5)],
        ["levels", 1, "Išče s pomočjo", "Searches with help", "1.1"],
    ]


def settings() -> Rows:
    return [
        ["form_title", "form_title_en", "form_id", "default_language", "framework"],
        ["Potrebe", "Needs", "needs", "Slovenščina (sl)", "DigComp"],
    ]


def workbook(**sheets: Rows) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, cells in enumerate(rows):
                sheet.write_row(number, 0, cells)
    return out.getvalue()


def form(change: Callable[[Rows, Rows, Rows], object] = lambda *_sheets: None) -> bytes:
    """The good workbook, changed."""
    sheets = (survey(), choices(), settings())
    change(*sheets)
    return workbook(**dict(zip(("survey", "choices", "settings"), sheets, strict=True)))


def refusal(content: bytes) -> list[Problem]:
    with pytest.raises(InputRefused) as caught, translation.override("en"):
        read_xlsform(content, "form.xlsx")
    assert all(problem.remedy for problem in caught.value.problems)
    return caught.value.problems


def cell(number: int, heading: str, value: Any) -> Callable[[Rows, Rows, Rows], None]:
    """A change of one cell of the survey."""

    def change(asked: Rows, _choices: Rows, _settings: Rows) -> None:
        asked[number - 1][HEADINGS.index(heading)] = value

    return change
