"""An indicator over time as a drawing: SVG made on the server, with a description for those who can't see it."""

import re
from collections.abc import Sequence
from fractions import Fraction
from html import escape
from typing import Any

import vl_convert
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kazipot.foundation.ui.templatetags.ui import day, percent
from kazipot.strategy.queries import Point

SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
LARGE, SMALL = (640, 240), (280, 120)
"""Width and height of the drawing proper, in pixels; the axes come to it."""


PAPER, TEXT, GRID, LINE, TARGET = "#ffffff", "#1b1b1b", "#dfe1e2", "#005ea2", "#b50909"
"""The drawing stands on white paper in light and dark; text and lines contrast with it by more than 4.5 to 1."""


PERCENT = {True: "format(datum.value, '.0%')", False: "format(100 * datum.value, 'd') + '\u00a0%'"}
"""Shares on the axis, as English and Slovenian write them."""


def description(name: str, points: Sequence[Point], target: Fraction) -> str:
    """What the drawing shows, in words."""
    known = [point for point in points if point.value is not None and not point.small]
    if not known:
        return _("%(name)s: there is nothing to draw yet.") % {"name": name}
    last = known[-1]
    return _("%(name)s over time: %(value)s on %(day)s; the target is %(target)s.") % {
        "name": name,
        "value": percent(last.value),
        "day": day(last.on),
        "target": percent(target),
    }


def svg(
    name: str, points: Sequence[Point], target: Fraction, *, size: tuple[int, int] = LARGE, joined: bool = True
) -> str:
    """The drawing as SVG: a line through the days, or only points when not `joined` (yes or no).

    Days with nothing to count, or too few people to show, leave a gap.
    """
    drawing: str = vl_convert.vegalite_to_svg(_spec(points, target, size, joined))
    label = escape(description(name, points, target))
    opening = f'<svg role="img" aria-label="{label}" '
    return re.sub(r"<svg ", lambda _match: f"{opening}", drawing, count=1).replace(">", f"><title>{label}</title>", 1)


def _spec(points: Sequence[Point], target: Fraction, size: tuple[int, int], joined: bool) -> dict[str, Any]:
    """The drawing in Vega-Lite: the value as a line with points, the target as a dashed rule."""
    rows = [
        {"on": point.on.isoformat(), "value": None if point.small or point.value is None else float(point.value)}
        for point in points
    ]
    axis = {"labelColor": TEXT, "titleColor": TEXT, "labelFontSize": 13, "domainColor": TEXT}
    date_format = "%b %Y" if get_language() == "en" else "%-m. %Y"
    x = {
        "field": "on",
        "type": "temporal",
        "title": None,
        "axis": {**axis, "format": date_format, "grid": False, "tickCount": size[0] // 80, "labelOverlap": True},
    }
    y_axis = {
        **axis,
        "labelExpr": PERCENT[get_language() == "en"],
        "gridColor": GRID,
        "tickCount": size[1] // 45,
        "domain": False,
    }
    y = {"field": "value", "type": "quantitative", "title": None, "scale": {"domain": [0, 1]}, "axis": y_axis}
    line = {
        "mark": {
            "type": "line",
            "color": LINE,
            "strokeWidth": 3 if joined else 0,
            "invalid": "break-paths-filter-domains",
            "point": {"filled": True, "size": 60, "color": LINE},
        },
        "encoding": {"x": x, "y": y},
    }
    rule = {
        "mark": {"type": "rule", "color": TARGET, "strokeDash": [6, 4], "strokeWidth": 2},
        "data": {"values": [{"value": float(target)}]},
        "encoding": {"y": {"field": "value", "type": "quantitative"}},
    }
    words = {
        "mark": {
            "type": "text", "color": TARGET, "align": "right", "dx": -4, "fontSize": 13,
            "dy": 14 if target > Fraction(9, 10) else -8, "x": size[0],
        },
        "data": {"values": [{"value": float(target)}]},
        "encoding": {
            "y": {"field": "value", "type": "quantitative"},
            "text": {"value": _("target %(percent)s") % {"percent": percent(target)}},
        },
    }  # fmt: skip
    return {
        "$schema": SCHEMA,
        "width": size[0],
        "height": size[1],
        "background": PAPER,
        "padding": 8,
        "data": {"values": rows},
        "layer": [line, rule, words],
        "config": {"view": {"stroke": None}, "font": "Source Sans Pro, Arial, sans-serif"},
    }
