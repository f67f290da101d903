"""An indicator over time as a drawing: SVG made on the server, with a description for those who can't see it."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kazipot.foundation.charts import LARGE, LINE, SMALL, TARGET, TEXT, axis, share_axis, svg_of
from kazipot.foundation.ui.templatetags.ui import day, percent
from kazipot.strategy.queries import Point

__all__ = ["LARGE", "SMALL", "description", "svg"]


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
    rows = [
        {"on": point.on.isoformat(), "value": None if point.small or point.value is None else float(point.value)}
        for point in points
    ]
    return svg_of(_layers(target, size, joined), rows, size, description(name, points, target))


def _layers(target: Fraction, size: tuple[int, int], joined: bool) -> list[dict[str, Any]]:
    """The value as a line with points, the target as a dashed rule."""
    date_format = "%b %Y" if get_language() == "en" else "%-m. %Y"
    x = {
        "field": "on",
        "type": "temporal",
        "title": None,
        "axis": axis(domainColor=TEXT, format=date_format, grid=False, tickCount=size[0] // 80, labelOverlap=True),
    }
    y = {
        "field": "value",
        "type": "quantitative",
        "title": None,
        "scale": {"domain": [0, 1]},
        "axis": share_axis(size[1]),
    }
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
    return [line, rule, words]
