"""Drawings as SVG, made on the server from Vega-Lite, with a description for those who can't see them."""

import re
from html import escape
from typing import Any

import vl_convert
from django.utils.translation import get_language

SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
LARGE, SMALL = (640, 240), (280, 120)
"""Width and height of the drawing proper, in pixels; the axes come to it."""
PAPER, TEXT, GRID, LINE, TARGET = "#ffffff", "#1b1b1b", "#dfe1e2", "#005ea2", "#b50909"
"""The drawing stands on white paper in light and dark; text and lines contrast with it by more than 4.5 to 1."""
_PERCENT = {True: "format(datum.value, '.0%')", False: "format(100 * datum.value, 'd') + '\u00a0%'"}


def axis(**more: Any) -> dict[str, Any]:
    """An axis in the colours and sizes of all drawings."""
    return {"labelColor": TEXT, "titleColor": TEXT, "labelFontSize": 13, "titleFontSize": 13, **more}


def share_axis(height: int) -> dict[str, Any]:
    """An upright axis of shares, as English and Slovenian write them."""
    label = _PERCENT[get_language() == "en"]
    return axis(labelExpr=label, gridColor=GRID, tickCount=height // 45, domain=False)


def svg_of(layers: list[dict[str, Any]], rows: list[dict[str, Any]], size: tuple[int, int], label: str) -> str:
    """Layers drawn over the rows, as SVG that says in words (`label`) what it shows."""
    return svg_from({"width": size[0], "height": size[1], "data": {"values": rows}, "layer": layers}, label)


def svg_from(told: dict[str, Any], label: str) -> str:
    """A whole Vega-Lite drawing in the look of all, as SVG that says in words (`label`) what it shows."""
    drawing: str = vl_convert.vegalite_to_svg(
        {
            "$schema": SCHEMA,
            "background": PAPER,
            "padding": 8,
            "config": {"view": {"stroke": None}, "font": "Source Sans Pro, Arial, sans-serif"},
            **told,
        }
    )
    said = escape(label)
    opening = f'<svg role="img" aria-label="{said}" '
    return re.sub(r"<svg ", lambda _match: opening, drawing, count=1).replace(">", f"><title>{said}</title>", 1)
