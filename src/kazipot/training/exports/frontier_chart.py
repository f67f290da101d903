"""How many people each budget reaches, as a drawing."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kazipot.foundation.charts import LARGE, LINE, TARGET, TEXT, axis, share_axis, svg_of
from kazipot.foundation.ui.templatetags.ui import percent
from kazipot.training.exports.planner import BudgetRow, euros

GROUP = {True: ",", False: "."}
"""What stands between thousands in English and in Slovenian."""


def description(rows: Sequence[BudgetRow], budget: float) -> str:
    """What the drawing shows, in words."""
    first, last = rows[0], rows[-1]
    here = min(rows, key=lambda row: abs(row.budget - budget))
    return _(
        "People reached by budget: %(first)s with %(low)s, %(here)s with the plan's %(budget)s, %(last)s with %(high)s."
    ) % {
        "first": percent(first.share),
        "low": euros(first.budget),
        "here": percent(here.share),
        "budget": euros(here.budget),
        "last": percent(last.share),
        "high": euros(last.budget),
    }


def frontier_svg(rows: Sequence[BudgetRow], budget: float) -> str:
    """People reached as a line with points, the bound dotted, the plan's budget upright."""
    width, height = LARGE
    label = "replace(format(datum.value, ',.0f'), /,/g, '{}') + '\u00a0€'".format(GROUP[get_language() == "en"])
    scale = {"domain": [0, rows[-1].budget]}
    x = {
        "field": "budget",
        "type": "quantitative",
        "title": _("Budget"),
        "scale": scale,
        "axis": axis(domainColor=TEXT, labelExpr=label, grid=False, tickCount=6, labelOverlap=True),
    }
    y = {
        "type": "quantitative",
        "title": _("People reached"),
        "scale": {"domain": [0, 1]},
        "axis": share_axis(height),
    }
    line = {
        "mark": {
            "type": "line",
            "color": LINE,
            "strokeWidth": 3,
            "point": {"filled": True, "size": 60, "color": LINE},
        },
        "encoding": {"x": x, "y": {"field": "share", **y}},
    }
    bound = {
        "mark": {"type": "line", "color": TEXT, "strokeDash": [2, 4], "strokeWidth": 2},
        "encoding": {"x": x, "y": {"field": "bound", **y}},
    }
    here: dict[str, Any] = {"values": [{"budget": budget}]}
    upright = {
        "mark": {"type": "rule", "color": TARGET, "strokeDash": [6, 4], "strokeWidth": 2},
        "data": here,
        "encoding": {"x": {"field": "budget", "type": "quantitative"}},
    }
    words = {
        "mark": {"type": "text", "color": TARGET, "align": "right", "dx": -6, "y": 10, "fontSize": 13},
        "data": here,
        "encoding": {"x": {"field": "budget", "type": "quantitative"}, "text": {"value": _("this plan's budget")}},
    }
    values = [{"budget": row.budget, "share": row.share, "bound": row.bound_share} for row in rows]
    return svg_of([bound, line, upright, words], values, (width, height), description(rows, budget))
