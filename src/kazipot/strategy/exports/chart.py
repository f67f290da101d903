"""An indicator over time as a drawing: SVG made on the server, with a description for those who can't see it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from html import escape
from typing import Any

import vl_convert
from django.utils import formats
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kazipot.strategy.queries import Point

SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
WIDTH, HEIGHT = 640, 240


@dataclass(frozen=True, slots=True)
class Ink:
    """The colours of a drawing; each stands out from the page by at least 4.5 to 1 (lines by 3 to 1)."""

    text: str
    grid: str
    line: str
    target: str


LIGHT = Ink(text="#1b1b1b", grid="#dfe1e2", line="#005ea2", target="#b50909")
DARK = Ink(text="#f0f0f0", grid="#3d4551", line="#73b3e7", target="#f8a38f")


def description(name: str, points: Sequence[Point], target: Fraction) -> str:
    """What the drawing shows, in words."""
    known = [point for point in points if point.value is not None and not point.small]
    if not known:
        return _("%(name)s: there is nothing to draw yet.") % {"name": name}
    last = known[-1]
    return _("%(name)s over time: %(value)s on %(day)s; the target is %(target)s.") % {
        "name": name,
        "value": _percent(last.value),
        "day": formats.date_format(last.on, "SHORT_DATE_FORMAT"),
        "target": _percent(target),
    }


def _percent(value: Fraction | None) -> str:
    return formats.number_format(round(float((value or 0) * 100), 1)) + "\N{NO-BREAK SPACE}%"


def svg(name: str, points: Sequence[Point], target: Fraction, *, dark: bool = False) -> str:
    """The drawing as SVG. Days with nothing to count, or too few people to show, leave a gap."""
    drawing: str = vl_convert.vegalite_to_svg(_spec(points, target, DARK if dark else LIGHT))
    label = escape(description(name, points, target))
    opening = f'<svg role="img" aria-label="{label}" '
    return re.sub(r"<svg ", lambda _match: f"{opening}", drawing, count=1).replace(">", f"><title>{label}</title>", 1)


def _spec(points: Sequence[Point], target: Fraction, ink: Ink) -> dict[str, Any]:
    """The drawing in Vega-Lite: the value as a line with points, the target as a dashed rule."""
    rows = [
        {"on": point.on.isoformat(), "value": None if point.small or point.value is None else float(point.value)}
        for point in points
    ]
    axis = {"labelColor": ink.text, "titleColor": ink.text, "labelFontSize": 13, "domainColor": ink.text}
    date_format = "%b %Y" if get_language() == "en" else "%-m. %Y"
    x = {
        "field": "on",
        "type": "temporal",
        "title": None,
        "axis": {**axis, "format": date_format, "grid": False, "tickCount": 8, "labelOverlap": True},
    }
    y_axis = {**axis, "format": ".0%", "gridColor": ink.grid, "tickCount": 5, "domain": False}
    y = {"field": "value", "type": "quantitative", "title": None, "scale": {"domain": [0, 1]}, "axis": y_axis}
    line = {
        "mark": {
            "type": "line",
            "color": ink.line,
            "strokeWidth": 3,
            "invalid": "break-paths-filter-domains",
            "point": {"filled": True, "size": 60, "color": ink.line},
        },
        "encoding": {"x": x, "y": y},
    }
    rule = {
        "mark": {"type": "rule", "color": ink.target, "strokeDash": [6, 4], "strokeWidth": 2},
        "data": {"values": [{"value": float(target)}]},
        "encoding": {"y": {"field": "value", "type": "quantitative"}},
    }
    words = {
        "mark": {
            "type": "text", "color": ink.target, "align": "right", "dx": -4, "fontSize": 13,
            "dy": 14 if target > Fraction(9, 10) else -8, "x": WIDTH,
        },
        "data": {"values": [{"value": float(target)}]},
        "encoding": {
            "y": {"field": "value", "type": "quantitative"},
            "text": {"value": _("target %(percent)s") % {"percent": _percent(target)}},
        },
    }  # fmt: skip
    return {
        "$schema": SCHEMA,
        "width": WIDTH,
        "height": HEIGHT,
        "background": None,
        "padding": 8,
        "data": {"values": rows},
        "layer": [line, rule, words],
        "config": {"view": {"stroke": None}, "font": "Source Sans Pro, Arial, sans-serif"},
    }
