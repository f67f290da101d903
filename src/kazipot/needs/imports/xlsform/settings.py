"""The sheet "settings": what the questionnaire is called, and which framework it asks about."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from kazipot.core.survey.questionnaire import Text
from kazipot.foundation.errors import Problem
from kazipot.foundation.tables import Sheet
from kazipot.needs.imports.xlsform.grid import Grid, Row, grid_of, language_of, problem
from kazipot.needs.imports.xlsform.standard import ALL, SETTINGS

KEY = re.compile(r"[A-Za-z][A-Za-z0-9_.-]{0,63}")
ALIASES = {
    "form_title": "form_title",
    "set_form_title": "form_title",
    "title": "form_title",
    "form_id": "form_id",
    "set_form_id": "form_id",
    "id_string": "form_id",
    "default_language": "default_language",
    "framework": "framework",
    "competences": "competences",
    "form_title_sl": "form_title_sl",
    "form_title_en": "form_title_en",
}


@dataclass(frozen=True, slots=True)
class Settings:
    """What the sheet says; `grid` and `row` are None when there is no such sheet or nothing in it."""

    key: str
    title: Text
    default: str
    framework: str
    all_competences: bool
    grid: Grid | None
    row: Row | None


def read_settings(sheet: Sheet | None) -> tuple[Settings, list[Problem]]:
    """The settings and what is wrong with them."""
    grid = grid_of(sheet, ALIASES, frozenset(), "") if sheet else None
    row = grid.rows[0] if grid and grid.rows else None
    if grid is None or row is None:
        message = _("The workbook has no sheet “settings”, or nothing in it.")
        remedy = _("Add the sheet “settings” with form_title, form_id and default_language, and fill one row.")
        return Settings("", Text(), "sl", "", False, grid, row), [Problem(None, SETTINGS, "", message, remedy)]
    problems: list[Problem] = []
    default = _default(grid, row, problems)
    key = row.get("form_id")
    if not KEY.fullmatch(key):
        message = _("The questionnaire needs a name of its own that stays the same from year to year.")
        remedy = _("Write 1 to 64 letters a–z, digits, full stops, hyphens or underscores, starting with a letter.")
        problems.append(problem(grid, row, "form_id", (message, remedy)))
    if row.get("competences") not in {"", ALL}:
        told = (_("This column knows only the word “all”."), _("Write all, or leave it empty."))
        problems.append(problem(grid, row, "competences", told))
    title = Text(_title(row, "sl", default), _title(row, "en", default))
    chosen = row.get("competences") == ALL
    return Settings(key, title, default, row.get("framework"), chosen, grid, row), problems


def _default(grid: Grid, row: Row, problems: list[Problem]) -> str:
    told = row.get("default_language")
    language = language_of(told) if told else "sl"
    if language == "?":
        message = _("Questionnaires are in Slovenian and in English, not in another language.")
        problems.append(problem(grid, row, "default_language", (message, _("Write Slovenščina (sl) or English (en)."))))
        return "sl"
    return language


def _title(row: Row, language: str, default: str) -> str:
    """The standard has one title; ours in the other language stands in a column of its own."""
    own = row.get("form_title", language) or row.get(f"form_title_{language}")
    return own or (row.get("form_title") if language == default else "")


def title_column(settings: Settings, language: str) -> tuple[str, str]:
    """Field and language of the column in which the title in a language stands or should stand."""
    if settings.grid and ("form_title", language) in settings.grid.columns:
        return "form_title", language
    return ("form_title", "") if language == settings.default else (f"form_title_{language}", "")
