"""Questionnaires as people write them elsewhere: a workbook after the XLSForm standard becomes a questionnaire."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from kazipot.core.survey.questionnaire import DefinitionFault, Kind, Questionnaire, faults_of
from kazipot.foundation.errors import InputRefused, Problem
from kazipot.foundation.tables import Sheet, read_sheets
from kazipot.needs.imports.xlsform import choices as choices_sheet
from kazipot.needs.imports.xlsform import survey as survey_sheet
from kazipot.needs.imports.xlsform.block import Block, block_of
from kazipot.needs.imports.xlsform.choices import Lists, read_choices
from kazipot.needs.imports.xlsform.columns import faults_of_columns, notices_of_columns
from kazipot.needs.imports.xlsform.grid import Grid, grid_of, problem
from kazipot.needs.imports.xlsform.judge import refused_by_pyxform
from kazipot.needs.imports.xlsform.places import Places
from kazipot.needs.imports.xlsform.settings import Settings, read_settings
from kazipot.needs.imports.xlsform.standard import CHOICES, LANGUAGES, SETTINGS, SHEETS, SURVEY
from kazipot.needs.imports.xlsform.survey import Survey, read_survey

MOST_ROWS, MOST_COLUMNS = 5_000, 200
FOLLOWING = {
    "unknown_key", "later_key", "block_key", "needs_item", "needs_levels", "empty_page", "no_pages", "second_block",
}  # fmt: skip
"""Faults that may only follow from a row that couldn't be read; they are named once all rows can."""

__all__ = ["Reading", "read_with_notices", "read_xlsform"]


@dataclass(frozen=True, slots=True)
class Reading:
    """A questionnaire that was read, and what in the workbook was passed over (problems without a remedy)."""

    questionnaire: Questionnaire
    notices: tuple[Problem, ...]


def read_xlsform(content: bytes, name: str) -> Questionnaire:
    """The questionnaire in an XLSX after the XLSForm standard, with every version at 1.

    Raises InputRefused with a problem for every fault: the row, the sheet and column, the value, and the remedy.
    """
    return read_with_notices(content, name).questionnaire


def read_with_notices(content: bytes, name: str) -> Reading:
    """The same, with what was passed over. Raises InputRefused."""
    sheets = read_sheets(name, content, SHEETS)
    _check_sheets(name, sheets)
    settings, problems = read_settings(sheets.get(SETTINGS))
    survey_grid = _grid(sheets[SURVEY], settings)
    choices_grid = grid_of(
        sheets[CHOICES], choices_sheet.ALIASES, choices_sheet.TRANSLATED, settings.default
    ) if CHOICES in sheets else None  # fmt: skip
    problems += faults_of_columns(survey_grid, ("type", "name", "label"), ("label",))
    if choices_grid:
        problems += faults_of_columns(choices_grid, ("list_name", "name", "label"), ("label",))
    if not survey_grid.has("type") or not survey_grid.has("name"):
        raise _refused(name, problems)
    lists, wrong = read_choices(choices_grid)
    problems += wrong
    block = block_of(survey_grid)
    survey = read_survey(survey_grid, lists, block, settings.title)
    problems += [*survey.problems, *_competences(survey_grid, block, lists, settings)]
    questionnaire = _questionnaire(settings, survey, lists, block)
    places = Places(survey_grid, survey, lists, settings)
    problems += _faults(questionnaire, places, unread=bool(survey.problems))
    problems = problems or refused_by_pyxform(survey_grid, choices_grid, settings)
    if problems:
        raise _refused(name, problems)
    return Reading(questionnaire, tuple(_notices(survey, survey_grid, choices_grid)))


def _grid(sheet: Sheet, settings: Settings) -> Grid:
    return grid_of(sheet, survey_sheet.ALIASES, survey_sheet.TRANSLATED, settings.default)


def _check_sheets(name: str, sheets: dict[str, Sheet]) -> None:
    if SURVEY not in sheets:
        message = _("The workbook has no sheet “survey”.")
        remedy = _("Name the sheet with the questions survey, with the headings type, name and label in row 1.")
        raise _refused(name, [Problem(None, SURVEY, "", message, remedy)])
    for sheet in sheets.values():
        if len(sheet.rows) > MOST_ROWS or max(map(len, sheet.rows), default=0) > MOST_COLUMNS:
            message = _("The sheet “%(sheet)s” is too large for a questionnaire.") % {"sheet": sheet.name}
            remedy = _("Leave at most %(rows)s rows and %(columns)s columns.")
            told = remedy % {"rows": MOST_ROWS, "columns": MOST_COLUMNS}
            raise _refused(name, [Problem(None, sheet.name, "", message, told)])


def _refused(name: str, problems: Sequence[Problem]) -> InputRefused:
    message = _("The questionnaire in %(name)s was not read. Correct what is named and choose the file again.")
    return InputRefused(message % {"name": name}, list(problems))


def _questionnaire(settings: Settings, survey: Survey, lists: Lists, block: Block) -> Questionnaire:
    pages = survey.pages.pages()
    used = {item.choices for page in pages for item in page.items}
    asked = tuple(choice.value for choice in lists.choices.get(block.list_name, ()))
    return Questionnaire(
        key=settings.key,
        title=settings.title,
        pages=pages,
        choice_lists={
            name: rows for name, rows in lists.choices.items() if name != block.list_name or name in used
        },
        framework=settings.framework,
        competences=() if settings.all_competences else asked,
        base=block.codes(),
    )  # fmt: skip


def _competences(grid: Grid, block: Block, lists: Lists, settings: Settings) -> list[Problem]:
    """What is wrong with the list of competences: it isn't there, or doesn't have those that everybody is asked."""
    if block.asked is None:
        return []
    known = {choice.value for choice in lists.choices.get(block.list_name, ())}
    if not known:
        fault = DefinitionFault("", "choices", "unknown_list", {"list": block.list_name})
        told = (_("There is no list of choices named “%(list)s”.") % fault.detail, _("Write the competences there."))
        return [problem(grid, block.asked, "type", told)]
    unknown = [] if settings.all_competences else [code for code in block.codes() if code not in known]
    message = _("The list “%(list)s” has no competence %(code)s.")
    remedy = _("Add it to the list, or take it out of the default.")
    return [
        problem(grid, block.asked, "default", (message % {"list": block.list_name, "code": code}, remedy))
        for code in unknown
    ]


def _faults(questionnaire: Questionnaire, places: Places, *, unread: bool) -> list[Problem]:
    """The faults of what was read, each once, without those that only follow from others."""
    found = []
    if places.lists.grid is None and any(
        item.kind in {Kind.ONE, Kind.MANY} for _page, item in questionnaire.items()
    ):  # fmt: skip
        message = _("The workbook has no sheet “choices”.")
        remedy = _("Add the sheet “choices” with list_name, name and label in both languages.")
        found.append(Problem(None, CHOICES, "", message, remedy))
    for fault in faults_of(questionnaire):
        follows = fault.code in FOLLOWING and unread
        no_sheet = fault.code == "unknown_list" and places.lists.grid is None
        no_title = fault.field == "title" and places.settings.row is None
        if not (follows or no_sheet or no_title or places.said_already(fault) or _no_column(fault, places)):
            found.append(places.problem(fault))
    return found


def _no_column(fault: DefinitionFault, places: Places) -> bool:
    """Whether a text is missing because its whole column is; that has been said once."""
    grid = places.lists.grid if places.is_choice(fault) else places.grid
    key = ("label", str(fault.detail.get("language", "")))
    return fault.code == "language" and fault.field != "title" and grid is not None and (
        key not in grid.columns and key[1] in LANGUAGES and (fault.field == "label" or grid is places.lists.grid)
    )  # fmt: skip


def _notices(survey: Survey, survey_grid: Grid, choices_grid: Grid | None) -> list[Problem]:
    known = set(survey_sheet.ALIASES.values())
    found = [*survey.notices, *notices_of_columns(survey_grid, known)]
    if choices_grid:
        found += notices_of_columns(choices_grid, set(choices_sheet.ALIASES.values()))
    return found
