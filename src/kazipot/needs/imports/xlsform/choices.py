"""The sheet "choices": lists of answers to choose from, some worded for one competence."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from kazipot.core.survey.questionnaire import Choice
from kazipot.foundation.errors import Problem
from kazipot.needs.imports.xlsform.grid import Grid, Row, problem

ALIASES = {
    "list_name": "list_name",
    "name": "name",
    "value": "name",
    "label": "label",
    "caption": "label",
    "competence": "competence",
}
TRANSLATED = frozenset({"label"})


@dataclass(frozen=True, slots=True)
class Lists:
    """The lists by name, and the row of each choice."""

    grid: Grid | None
    choices: Mapping[str, tuple[Choice, ...]]
    rows: Mapping[str, tuple[Row, ...]]


def read_choices(grid: Grid | None) -> tuple[Lists, list[Problem]]:
    """The lists in the order of their first choice, and rows that belong to none."""
    if grid is None:
        return Lists(None, {}, {}), []
    rows: dict[str, list[Row]] = {}
    problems: list[Problem] = []
    for row in grid.rows:
        if name := row.get("list_name"):
            rows.setdefault(name, []).append(row)
            continue
        if any(field in {"name", "label", "competence"} for field, _language in row.values):
            told = (_("The choice belongs to no list."), _("Write the name of its list."))
            problems.append(problem(grid, row, "list_name", told))
    choices = {name: tuple(_choice(row) for row in told) for name, told in rows.items()}
    return Lists(grid, choices, {name: tuple(told) for name, told in rows.items()}), problems


def _choice(row: Row) -> Choice:
    return Choice(row.get("name"), row.text("label"), row.get("competence"))
