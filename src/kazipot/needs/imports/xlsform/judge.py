"""pyxform's own judgement of a workbook: what makes a form of it must accept it too."""

import re

from django.utils.translation import gettext as _
from pyxform.errors import PyXFormError
from pyxform.xls2xform import convert

from kazipot.foundation.errors import Problem
from kazipot.needs.imports.xlsform import choices as choices_sheet
from kazipot.needs.imports.xlsform import survey as survey_sheet
from kazipot.needs.imports.xlsform.grid import Grid, shown
from kazipot.needs.imports.xlsform.settings import Settings
from kazipot.needs.imports.xlsform.standard import CHOICES, LANGUAGES, SURVEY, plain_references

ROW = re.compile(r"\[row : (\w+)\]\s*")
SHEET = re.compile(r"On the '(\w+)' sheet, (?:the '(\w+)' value(?: '([^']*)')?)?")
ASKED, OFFERED = set(survey_sheet.ALIASES.values()), set(choices_sheet.ALIASES.values())
RESERVED = re.compile(r"reserved for form metadata|same as the survey root|must be unique within")


def refused_by_pyxform(survey: Grid, choices: Grid | None, settings: Settings) -> list[Problem]:
    """What pyxform refuses when it makes an XForm of the rows (it stops at the first fault); none when it can."""
    try:
        convert(_workbook(survey, choices, settings), validate=False)
    except PyXFormError as error:
        return [_problem(str(error), survey)]
    return []


def _workbook(survey: Grid, choices: Grid | None, settings: Settings) -> dict[str, object]:
    """The rows as pyxform reads them: a list with one entry a row, the columns by their headings.

    Only columns that mean something here are shown to it, and of the settings what we made of them.
    """
    told = {"form_title": settings.title.in_language(settings.default), "form_id": settings.key}
    told |= {"default_language": LANGUAGES[settings.default], "allow_choice_duplicates": "yes"}
    book: dict[str, object] = {
        "sheet_names": [SURVEY, CHOICES],
        SURVEY: _rows(survey, ASKED),
        f"{SURVEY}_header": _headings(survey, ASKED),
        "settings": [told],
        "settings_header": [dict.fromkeys(told)],
    }
    return book | (
        {CHOICES: _rows(choices, OFFERED), f"{CHOICES}_header": _headings(choices, OFFERED)} if choices else {}
    )


def _heading(field: str, language: str) -> str:
    return f"{field}::{LANGUAGES[language]}" if language in LANGUAGES else field


def _headings(grid: Grid, known: set[str]) -> list[dict[str, None]]:
    return [{_heading(*key): None for key in grid.columns if key[0] in known and key[1] != "?"}]


def _rows(grid: Grid, known: set[str]) -> list[dict[str, str]]:
    rows = {row.number: row for row in grid.rows}
    return [
        {
            _heading(*key): plain_references(value)
            for key, value in (rows[number].values if number in rows else {}).items()
            if key[0] in known and key[1] != "?"
        }
        for number in range(2, max(rows, default=1) + 1)
    ]


def _problem(text: str, survey: Grid) -> Problem:
    told, sheet = ROW.search(text), SHEET.search(text)
    value = sheet[3] or "" if sheet else ""
    named = next((row.number for row in survey.rows if value and row.get("name") == value), None)
    number = int(told[1]) if told and told[1].isdecimal() else named
    place = f"{sheet[1]} ({sheet[2]})" if sheet and sheet[2] else survey.sheet
    if sheet and sheet[1] == SURVEY and sheet[2]:
        place = survey.at(sheet[2])
    if RESERVED.search(text):
        message = _("XLSForm itself uses the name “%(name)s”.") % {"name": value}
        return Problem(number, place, value, message, _("Choose another name."))
    message = _("pyxform, which makes forms of such workbooks, refuses it: %(text)s") % {"text": ROW.sub("", text)}
    remedy = _("Correct what it names (the words are pyxform's own).")
    return Problem(number, place, shown(value), message, remedy)
