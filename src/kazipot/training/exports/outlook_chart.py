"""The year's way to the target, as a drawing: what is reached, and where it is heading."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kazipot.foundation.charts import LARGE, LINE, TARGET, TEXT, axis, share_axis, svg_of
from kazipot.foundation.ui.templatetags.ui import percent
from kazipot.training.exports.outlook import share

BAND = "#a9c9e6"
MONTHS = {True: "timeFormat(datum.value, '%m')", False: "replace(timeFormat(datum.value, '%m'), /^0/, '') + '.'"}


def outlook_words(told: Mapping[str, Any], year: int) -> str:
    """What the drawing shows, in words."""
    end = told["reached_at_end"]
    return _(
        "People with an opportunity in %(year)s: %(now)s by now; at the end of the year %(low)s to %(high)s by the "
        "forecast, target %(target)s."
    ) % {
        "year": year,
        "now": share(told["reached"], told),
        "low": share(end["p10"], told),
        "high": share(end["p90"], told),
        "target": percent(told["target"]),
    }


def outlook_svg(told: Mapping[str, Any], year: int) -> str:
    """A line until now, a band with its middle dashed from now on, the target upright to it."""
    width, height = LARGE
    months = axis(domainColor=TEXT, grid=False, tickCount=12, labelExpr=MONTHS[get_language() == "en"])
    x = {
        "field": "day",
        "type": "temporal",
        "title": _("Month"),
        "axis": months,
        "scale": {"domain": [f"{year}-01-01", f"{year}-12-31"]},
    }
    y = {
        "type": "quantitative",
        "title": _("People reached"),
        "scale": {"domain": [0, 1]},
        "axis": share_axis(height),
    }
    real, ahead = _rows(told, year)
    line: dict[str, Any] = {"type": "line", "color": LINE, "strokeWidth": 3, "interpolate": "step-after"}
    layers: list[dict[str, Any]] = [
        {
            "data": {"values": ahead},
            "mark": {"type": "area", "color": BAND, "interpolate": "step-after"},
            "encoding": {"x": x, "y": {"field": "low", **y}, "y2": {"field": "high"}},
        },
        {
            "data": {"values": ahead},
            "mark": {**line, "strokeDash": [6, 4]},
            "encoding": {"x": x, "y": {"field": "middle", **y}},
        },
        {"data": {"values": real}, "mark": line, "encoding": {"x": x, "y": {"field": "share", **y}}},
        {
            "data": {"values": [{"day": f"{year}-01-01"}]},
            "mark": {"type": "rule", "color": TARGET, "strokeDash": [6, 4], "strokeWidth": 2},
            "encoding": {"y": {"datum": told["target"], **y}},
        },
        {
            "mark": {"type": "text", "color": TARGET, "align": "left", "baseline": "bottom", "dx": 4, "fontSize": 13},
            "data": {"values": [{"day": f"{year}-01-01"}]},
            "encoding": {"x": x, "y": {"datum": told["target"], **y}, "text": {"value": _("target")}},
        },
    ]
    return svg_of(layers, [], (width, height), outlook_words(told, year))


def _rows(told: Mapping[str, Any], year: int) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    needing = told["needing"]
    real = [{"day": on, "share": people / needing} for on, people in told["until_now"]]
    now = told["reached"] / needing
    ahead = [{"day": told["until_now"][-1][0], "low": now, "middle": now, "high": now}]
    ahead += [
        {"day": row["day"], "low": row["p10"] / needing, "middle": row["p50"] / needing, "high": row["p90"] / needing}
        for row in told["path"]
    ]
    return real, [*ahead, {**ahead[-1], "day": f"{year}-12-31"}]
