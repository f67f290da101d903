"""Columns of the sheets: which must be there, which mean something we can't do, and which are passed over."""

from collections.abc import Collection, Iterator

from django.utils.translation import gettext as _

from kazipot.foundation.errors import Problem
from kazipot.needs.imports.xlsform.grid import Column, Grid, problem
from kazipot.needs.imports.xlsform.standard import LANGUAGES

REFUSED = {
    "image", "big-image", "big_image", "audio", "video", "media", "trigger", "bind", "body", "control",
    "instance", "save_to",
}  # fmt: skip
QUIET = {"appearance", "disabled", "read_only", "allow_choice_duplicates", "version", "style", "notes", "comment"}
"""Columns that say nothing about what is asked, or that are looked at row by row."""


def faults_of_columns(grid: Grid, needed: Collection[str], translated: Collection[str]) -> Iterator[Problem]:
    """Columns that are missing, stand twice, or ask for what we can't do."""
    for name in needed:
        if not grid.has(name):
            told = (_("The sheet has no column “%(name)s”.") % {"name": name}, _("Write the heading in row 1."))
            yield problem(grid, None, name, told)
    for name in translated:
        for language in LANGUAGES:
            if grid.has(name) and (name, language) not in grid.columns:
                yield problem(grid, None, name, _no_language(language), language)
    for column in grid.all:
        first = grid.columns[(column.field, column.language)]
        if first is not column and column.language != "?":
            told = (_("Two columns fill “%(name)s”.") % {"name": column.field}, _("Delete one of them."))
            yield Problem(1, grid.at(column.field, column.language), column.heading, *told)
        elif column.field in REFUSED:
            yield from _refused(grid, column)


def _no_language(language: str) -> tuple[str, str]:
    if language == "en":
        return _("There is no column for the English texts."), _("Add a column with the heading “::English (en)”.")
    return _("There is no column for the Slovenian texts."), _("Add a column with the heading “::Slovenščina (sl)”.")


def _refused(grid: Grid, column: Column) -> Iterator[Problem]:
    for row in grid.rows:
        if row.get(column.field, column.language):
            message = _("The column “%(name)s” asks for something that is not done here.") % {"name": column.heading}
            yield problem(grid, row, column.field, (message, _("Empty or delete the column.")), column.language)
            return


def notices_of_columns(grid: Grid, known: Collection[str]) -> Iterator[Problem]:
    """Columns that hold something, but are passed over: other languages, and those that we don't know."""
    for column in grid.all:
        row = next((row for row in grid.rows if row.get(column.field, column.language)), None)
        if row is None or column.field in QUIET | REFUSED:
            continue
        if column.language == "?":
            message = _("Texts in another language than Slovenian and English were passed over.")
        elif column.field not in known:
            message = _("The column is not known here and was passed over.")
        else:
            continue
        yield problem(grid, row, column.field, (message, ""), column.language)
