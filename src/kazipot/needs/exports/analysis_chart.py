"""The shares below the needed level as a drawing: SVG made on the server, with a description in words."""

import re
from collections.abc import Sequence
from html import escape
from typing import Any

import vl_convert
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kazipot.foundation.ui.templatetags.ui import percent
from kazipot.needs.queries import LineTold

SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
WIDTH, ROW = 420, 22
"""Pixels: of the drawing proper, and of each competence."""
PAPER, TEXT, GRID, BAR = "#ffffff", "#1b1b1b", "#dfe1e2", "#005ea2"
PERCENT = {True: "format(datum.value, '.0%')", False: "format(100 * datum.value, 'd') + '\u00a0%'"}


def description(label: str, lines: Sequence[LineTold]) -> str:
    """What the drawing shows, in words."""
    known = [line for line in lines if line.below_estimate]
    if not known:
        return _("%(group)s: there is nothing to draw.") % {"group": label}
    most = max(known, key=lambda line: (line.below_estimate.value if line.below_estimate else 0, line.code))
    share = most.below_estimate.value if most.below_estimate else 0
    return _("%(group)s: share of people below the needed level, by competence. The largest: %(name)s, %(share)s.") % {
        "group": label, "name": f"{most.code} {most.name}", "share": percent(share),
    }  # fmt: skip


def svg(label: str, lines: Sequence[LineTold]) -> str:
    """Bars with their intervals, one for each competence whose share is told."""
    return drawn(_spec(lines), description(label, lines))


def drawn(spec: dict[str, Any], words: str) -> str:
    """A drawing as SVG that says what it shows."""
    drawing: str = vl_convert.vegalite_to_svg(spec)
    told = escape(words)
    opening = re.sub(r"<svg ", lambda _match: f'<svg role="img" aria-label="{told}" ', drawing, count=1)
    return opening.replace(">", f"><title>{told}</title>", 1)


def _spec(lines: Sequence[LineTold]) -> dict[str, Any]:
    rows = [
        {
            "name": f"{line.code} {line.name}",
            "share": line.below_estimate.value,
            "lower": line.below_estimate.lower,
            "upper": line.below_estimate.upper,
        }
        for line in lines
        if line.below_estimate
    ]
    axis = {"labelColor": TEXT, "labelFontSize": 12, "domainColor": TEXT, "labelLimit": 300}
    y = {"field": "name", "type": "nominal", "sort": None, "title": None, "axis": {**axis, "ticks": False}}
    x_axis = {**axis, "labelExpr": PERCENT[get_language() == "en"], "gridColor": GRID, "tickCount": 5}
    x = {"field": "share", "type": "quantitative", "title": None, "scale": {"domain": [0, 1]}, "axis": x_axis}
    return {
        "$schema": SCHEMA,
        "width": WIDTH,
        "height": {"step": ROW},
        "background": PAPER,
        "padding": 8,
        "data": {"values": rows},
        "layer": [
            {"mark": {"type": "bar", "color": BAR, "height": 10}, "encoding": {"x": x, "y": y}},
            {
                "mark": {"type": "rule", "color": TEXT, "strokeWidth": 2},
                "encoding": {"x": {"field": "lower", "type": "quantitative"}, "x2": {"field": "upper"}, "y": y},
            },
        ],
        "config": {"view": {"stroke": None}, "font": "Source Sans Pro, Arial, sans-serif"},
    }
