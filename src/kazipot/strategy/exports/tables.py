"""The figures of a day as a table to take away: one line for each indicator and part of the organisation."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from kazipot.foundation.tables import writing
from kazipot.strategy.choices import Format
from kazipot.strategy.exports import words
from kazipot.strategy.exports.figures import figure_json
from kazipot.strategy.exports.words import definition_name
from kazipot.strategy.queries import WHOLE, ByDefinition, Indicator, Second


@dataclass(frozen=True, slots=True)
class Line:
    """A figure, the name of its part of the organisation, and whether the numbers are for the reader."""

    figure: Indicator
    name: str
    shown: bool


@dataclass(frozen=True, slots=True)
class Definitions:
    """An indicator of the whole by each definition of a need."""

    figure: Indicator
    rows: Sequence[ByDefinition]


def answer(form: Format, on: date, lines: Iterable[Line], definitions: Sequence[Definitions] = ()) -> HttpResponse:
    """A file to download. Numbers of small groups are empty and marked; of the definitions, the official one is."""
    name = f"kazalniki-{on.isoformat()}.{form}"
    if form is Format.JSON:
        rows = [{**figure_json(line.figure, shown=line.shown), "name": line.name} for line in lines]
        beside = [_definition_json(one.figure, row) for one in definitions for row in one.rows]
        document = {"as_of": on.isoformat(), "indicators": rows, "needs_by_definition": beside}
        content: Any = json.dumps(document, ensure_ascii=False, indent=1)
        kind = "application/json"
    else:
        table = [_row(line) for line in lines]
        table += [_definition_row(one.figure, row) for one in definitions for row in one.rows]
        content, kind = _written(form, heading(), table)
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def heading() -> list[str]:
    """The names of the columns."""
    return [
        _("As of"), _("Indicator"), _("Part"), _("Name"), _("Met"), _("Counted"), _("Value"), _("Target"),
        _("Due date"), _("Status"), _("Beside it"), _("Note"),
    ]  # fmt: skip


def _row(line: Line) -> list[Any]:
    figure = line.figure
    numbers: list[Any] = [None, None, None]
    if line.shown:
        numbers = [figure.numerator, figure.denominator, None if figure.value is None else float(figure.value)]
    return [
        figure.as_of,
        figure.id,
        str(figure.scope),
        line.name,
        *numbers,
        float(figure.target),
        figure.due,
        figure.word.here if line.shown else "",
        "; ".join(_beside(second) for second in figure.beside if second.denominator) if line.shown else "",
        "" if line.shown else _("small group, not shown"),
    ]


def _definition_row(figure: Indicator, row: ByDefinition) -> list[Any]:
    name = _("Need: %(name)s, rule %(rule)s") % {"name": definition_name(row.definition), "rule": row.rule}
    note = _("official definition") if row.is_official else _("beside the official definition, not a target")
    return [
        figure.as_of, figure.id, str(WHOLE), name, row.met, row.counted, row.share, float(figure.target), figure.due,
        "", note,
    ]  # fmt: skip


def _definition_json(figure: Indicator, row: ByDefinition) -> dict[str, Any]:
    return {
        "id": figure.id,
        "definition": row.definition,
        "rule": row.rule,
        "official": row.is_official,
        "numerator": row.met,
        "denominator": row.counted,
        "value": row.share,
    }


def _beside(second: Second) -> str:
    return f"{words.second_name(second)}: {second.numerator}/{second.denominator}"


def _written(form: Format, columns: list[str], rows: list[list[Any]]) -> tuple[Any, str]:
    if form is Format.CSV:
        return writing.csv_bytes(columns, rows), "text/csv; charset=utf-8"
    return (
        writing.xlsx_bytes(columns, rows, title=_("Indicators")),
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    )
