"""Trend and priorities as drawings: SVG made on the server, each with a description in words."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kazipot.foundation.ui.templatetags.ui import number
from kazipot.needs.exports.analysis_chart import BAR, GRID, PAPER, ROW, SCHEMA, TEXT, WIDTH, drawn
from kazipot.needs.queries import ChangeTold, DemandTold, PriorityTold, TrendTold

POINTS = {
    True: "datum.value == 0 ? '0' : format(100 * datum.value, '+d')",
    False: "datum.value == 0 ? '0' : replace(format(100 * datum.value, '+d'), '-', '\u2212')",
}
PLAIN = {True: "format(datum.value, '.2~f')", False: "replace(format(datum.value, '.2~f'), '.', ',')"}
SHADES = ("#c5ddf0", "#7fb1da", "#2f7fbf", "#0b3d66")
"""Of levels 1 to 4."""


def trend_words(label: str, told: TrendTold) -> str:
    """What the drawing shows, in words."""
    known = [line.share for line in told.lines if line.share and not line.share.is_broken]
    return _(
        "%(group)s: change of the share with a stated need since %(year)s, in percentage points. "
        "Rises: %(rises)s, falls: %(falls)s, no change can be told: %(others)s."
    ) % {
        "group": label,
        "year": told.year,
        "rises": number(sum(one.told == "rise" for one in known)),
        "falls": number(sum(one.told == "fall" for one in known)),
        "others": number(sum(one.told == "no change told" for one in known)),
    }


def trend_svg(label: str, told: TrendTold) -> str:
    """Points with intervals around a line at no change."""
    rows = [
        {"name": line.name, "value": one.value, "lower": one.lower, "upper": one.upper}
        for line in told.lines
        if (one := line.share) is not None and _is_told(one)
    ]
    x_axis = {**_axis(), "labelExpr": POINTS[get_language() == "en"], "gridColor": GRID, "tickCount": 5}
    x = {"field": "value", "type": "quantitative", "title": None, "axis": x_axis}
    y = _names()
    layer: list[dict[str, Any]] = [
        {"mark": {"type": "rule", "color": TEXT, "strokeDash": [4, 3]}, "encoding": {"x": {"datum": 0}}},
        {
            "mark": {"type": "rule", "color": TEXT, "strokeWidth": 2},
            "encoding": {"x": {**x, "field": "lower"}, "x2": {"field": "upper"}, "y": y},
        },
        {"mark": {"type": "point", "filled": True, "size": 70, "color": BAR}, "encoding": {"x": x, "y": y}},
    ]  # fmt: skip
    return drawn(_spec(rows, layer), trend_words(label, told))


def _is_told(one: ChangeTold) -> bool:
    return not one.is_broken and one.value is not None


def priority_words(label: str, rows: Sequence[PriorityTold]) -> str:
    """What the drawing shows, in words."""
    return _("%(group)s: score of each competence, the highest first: %(first)s.") % {
        "group": label,
        "first": "; ".join(f"{row.name} ({number(row.score)})" for row in rows[:3]),
    }


def priority_svg(label: str, rows: Sequence[PriorityTold]) -> str:
    """Bars of the scores with their bounds, the highest first."""
    values = [{"name": row.name, "value": row.score, "lower": row.lower, "upper": row.upper} for row in rows]
    x_axis = {**_axis(), "labelExpr": PLAIN[get_language() == "en"], "gridColor": GRID, "tickCount": 5}
    x = {"field": "value", "type": "quantitative", "title": None, "axis": x_axis}
    y = _names()
    layer = [
        {"mark": {"type": "bar", "color": BAR, "height": 10}, "encoding": {"x": x, "y": y}},
        {
            "mark": {"type": "rule", "color": TEXT, "strokeWidth": 2},
            "encoding": {"x": {"field": "lower", "type": "quantitative"}, "x2": {"field": "upper"}, "y": y},
        },
    ]
    return drawn(_spec(values, layer), priority_words(label, rows))


def demand_words(rows: Sequence[DemandTold]) -> str:
    """What the drawing shows, in words."""
    most = max(rows, key=lambda row: (row.people, row.code))
    return _("People with a stated need by competence and level wanted. Most: %(name)s, %(people)s.") % {
        "name": f"{most.code} {most.name}", "people": number(most.people),
    }  # fmt: skip


def demand_svg(rows: Sequence[DemandTold]) -> str:
    """Bars of people with a need, cut by the level wanted; where that is hidden, the rest is grey."""
    hidden = _("not told")
    values: list[dict[str, Any]] = []
    for row in rows:
        known = [people or 0 for people in row.levels_wanted]
        bars = [*known, row.people - sum(known)]
        values += [
            {"name": f"{row.code} {row.name}", "level": str(place) if place <= len(known) else hidden, "value": people,
             "order": place}
            for place, people in enumerate(bars, start=1)
            if people
        ]  # fmt: skip
    scale = {"domain": ["1", "2", "3", "4", hidden], "range": [*SHADES, "#a9aeb1"]}
    legend = {"title": _("Level wanted"), "orient": "top", "labelFontSize": 12, "titleFontSize": 12, "labelColor": TEXT}
    encoding = {
        "x": {"field": "value", "type": "quantitative", "title": None, "axis": {**_axis(), "gridColor": GRID}},
        "y": _names(),
        "color": {"field": "level", "type": "nominal", "scale": scale, "legend": legend},
        "order": {"field": "order", "type": "quantitative"},
    }
    mark = {"type": "bar", "height": 14, "stroke": TEXT, "strokeWidth": 0.5}
    return drawn(_spec(values, [{"mark": mark, "encoding": encoding}]), demand_words(rows))


def _axis() -> dict[str, Any]:
    return {"labelColor": TEXT, "labelFontSize": 12, "domainColor": TEXT, "labelLimit": 300}


def _names() -> dict[str, Any]:
    return {"field": "name", "type": "nominal", "sort": None, "title": None, "axis": {**_axis(), "ticks": False}}


def _spec(rows: Sequence[dict[str, Any]], layer: Sequence[dict[str, Any]]) -> dict[str, Any]:
    return {
        "$schema": SCHEMA,
        "width": WIDTH,
        "height": {"step": ROW},
        "background": PAPER,
        "padding": 8,
        "data": {"values": list(rows)},
        "layer": list(layer),
        "config": {"view": {"stroke": None}, "font": "Source Sans Pro, Arial, sans-serif"},
    }
