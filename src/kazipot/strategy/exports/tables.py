"""The figures of a day as a table to take away: one line for each indicator and part of the organisation."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from kazipot.foundation.tables import writing
from kazipot.strategy.choices import Format
from kazipot.strategy.exports import words
from kazipot.strategy.exports.figures import figure_json
from kazipot.strategy.queries import Indicator, Second


@dataclass(frozen=True, slots=True)
class Line:
    """A figure, the name of its part of the organisation, and whether the numbers are for the reader."""

    figure: Indicator
    name: str
    shown: bool


def answer(form: Format, on: date, lines: Iterable[Line]) -> HttpResponse:
    """A file to download. Numbers of small groups are empty and marked."""
    name = f"kazalniki-{on.isoformat()}.{form}"
    if form is Format.JSON:
        rows = [{**figure_json(line.figure, shown=line.shown), "name": line.name} for line in lines]
        content: Any = json.dumps({"as_of": on.isoformat(), "indicators": rows}, ensure_ascii=False, indent=1)
        kind = "application/json"
    else:
        table = [_row(line) for line in lines]
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


def _beside(second: Second) -> str:
    return f"{words.second_name(second)}: {second.numerator}/{second.denominator}"


def _written(form: Format, columns: list[str], rows: list[list[Any]]) -> tuple[Any, str]:
    if form is Format.CSV:
        return writing.csv_bytes(columns, rows), "text/csv; charset=utf-8"
    return (
        writing.xlsx_bytes(columns, rows, title=_("Indicators")),
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    )
