"""People by month: whose verification lapses, and whom the plan invites, as a drawing."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from babel.dates import format_date
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kazipot.foundation.charts import GRID, LARGE, LINE, TARGET, TEXT, axis, svg_of
from kazipot.foundation.ui.templatetags.ui import number


def month_name(first: date) -> str:
    """A month as people write it: december 2026, December 2026."""
    return str(format_date(first, "LLLL yyyy", locale="en_GB" if get_language() == "en" else "sl_SI"))


def load_words(months: Sequence[date], lapsing: Sequence[int], planned: Sequence[int]) -> str:
    """What the drawing shows, in words."""
    most = max(range(len(months)), key=lambda index: lapsing[index])
    return _(
        "People by month. Without a plan most lapse in %(month)s: %(lapsing)s. The plan invites at most %(planned)s in "
        "a month."
    ) % {"month": month_name(months[most]), "lapsing": number(lapsing[most]), "planned": number(max(planned))}


def load_svg(months: Sequence[date], lapsing: Sequence[int], planned: Sequence[int], seats: int | None) -> str:
    """Lapsing people as bars, the plan as a line with points, the seats of a month dashed."""
    width, height = LARGE
    x = {
        "field": "month",
        "type": "ordinal",
        "title": _("Month"),
        "axis": axis(domainColor=TEXT, labelAngle=-90, labelOverlap=False),
        "sort": None,
    }
    y = {"type": "quantitative", "title": _("People"), "axis": axis(gridColor=GRID, domain=False, format="d")}
    layers: list[dict[str, Any]] = [
        {"mark": {"type": "bar", "color": "#a9aeb1"}, "encoding": {"x": x, "y": {"field": "lapsing", **y}}},
        {
            "mark": {
                "type": "line",
                "color": LINE,
                "strokeWidth": 3,
                "point": {"filled": True, "size": 60, "color": LINE},
            },
            "encoding": {"x": x, "y": {"field": "planned", **y}},
        },
    ]
    if seats is not None:
        layers.append(
            {
                "mark": {"type": "rule", "color": TARGET, "strokeDash": [6, 4], "strokeWidth": 2},
                "encoding": {"y": {"datum": seats, **y}},
            }
        )
    rows = [
        {"month": f"{first.month}/{first.year % 100:02}", "lapsing": lapsing[index], "planned": planned[index]}
        for index, first in enumerate(months)
    ]
    return svg_of(layers, rows, (width, height), load_words(months, lapsing, planned))
