"""The figures of a day as one JSON document, and as a table for a terminal."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from kazipot.strategy import queries
from kazipot.strategy.queries import WHOLE, Indicator, Scope


def as_json(as_of: date, *, scope: Scope = WHOLE) -> dict[str, Any]:
    """Every indicator of a day, ready for `json.dumps`. Raises StrategyRefused, UnknownScope."""
    return document(as_of, queries.indicators(as_of, scope=scope))


def document(as_of: date, figures: Iterable[Indicator]) -> dict[str, Any]:
    """Figures as the document that `indicators --json` prints and /indicators.json answers."""
    return {"as_of": as_of.isoformat(), "indicators": [figure_json(figure) for figure in figures]}


def figure_json(figure: Indicator, *, shown: bool = True) -> dict[str, Any]:
    """One figure; numbers that are not for the reader are null. `due` null: the target must hold always."""
    return {
        "id": figure.id,
        "measure": figure.spec.measure,
        "scope": str(figure.scope),
        "numerator": figure.numerator if shown else None,
        "denominator": figure.denominator if shown else None,
        "value": _number(figure) if shown else None,
        "target": float(figure.target),
        "due": figure.due.isoformat() if figure.due else None,
        "status": str(figure.status) if shown else None,
        "counted_from": figure.counted_from.isoformat(),
        "counted_on": figure.counted_on.isoformat(),
        "beside": {
            second.name: {"numerator": second.numerator, "denominator": second.denominator}
            for second in figure.beside
            if shown
        },
    }


def _number(figure: Indicator) -> float | None:
    return None if figure.value is None else round(float(figure.value), 6)


def as_text(as_of: date) -> str:
    """Every indicator of a day as a table for a terminal. Raises StrategyRefused."""
    heading = (_("Indicator"), _("Met"), _("Counted"), _("Value"), _("Target"), _("Due date"), _("Status"))
    lines = [heading, *(_line(figure) for figure in queries.indicators(as_of))]
    widths = [max(len(line[column]) for line in lines) for column in range(len(heading))]
    table = ["  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines]
    return "\n".join([_("As of %(day)s") % {"day": as_of.isoformat()}, "", *table])


def _line(figure: Indicator) -> tuple[str, ...]:
    value = "–" if figure.value is None else f"{float(figure.value):.1%}"
    return (
        f"{figure.id} {figure.measure.name.here}",
        str(figure.numerator),
        str(figure.denominator),
        value,
        f"{float(figure.target):.0%}",
        figure.due.isoformat() if figure.due else _("always"),
        figure.word.here,
    )
