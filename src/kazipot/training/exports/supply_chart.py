"""Need beside seats by competence and level, as a drawing."""

from typing import Any

from django.utils.translation import gettext as _

from kazipot.foundation.charts import GRID, LINE, TEXT, axis, svg_from
from kazipot.foundation.ui.templatetags.ui import number
from kazipot.training.queries import SupplyMatch

NEED, HIDDEN = "#b50909", "#71767a"
WIDTH, ROW = 130, 26


def supply_words(found: SupplyMatch) -> str:
    """What the drawing shows, in words."""
    worst = sorted(found.rows, key=lambda row: (row.at_most - row.people, row.code))[:3]
    names = "; ".join(f"{row.code} {row.name} ({number(row.people - row.at_most)})" for row in worst)
    return _(
        "People with a need beside seats that fit, by competence and own level. Most needs without a seat: %(names)s."
    ) % {"names": names}


def supply_svg(found: SupplyMatch) -> str:
    """For each own level a column of bars: need above, seats below; at the right, needs whose level is hidden."""
    need, hidden, seats = _("people with a need"), _("needs whose level is hidden"), _("seats that fit")
    values: list[dict[str, Any]] = [
        {"name": row.code, "level": _("own level %(level)s") % {"level": beside.level}, "kind": kind, "value": value}
        for row in found.rows
        for beside in row.levels
        for kind, value in ((need, beside.people), (seats, beside.seats))
        if value is not None
    ]
    kinds, shades = [need, seats], [NEED, LINE]
    if found.hidden:
        kinds, shades = [need, hidden, seats], [NEED, HIDDEN, LINE]
        unplaced = _("level hidden")
        values += [{"name": row.code, "level": unplaced, "kind": hidden, "value": row.hidden} for row in found.rows]
    colours = {"domain": kinds, "range": shades}
    legend = {"title": None, "orient": "top", "labelFontSize": 13, "labelColor": TEXT}
    header = {"labelFontSize": 13, "labelColor": TEXT, "title": None}
    encoding = {
        "x": {"field": "value", "type": "quantitative", "title": None,
              "axis": axis(gridColor=GRID, tickCount=3, domain=False, format="d")},
        "y": {"field": "name", "type": "nominal", "sort": None, "title": None, "axis": axis(ticks=False)},
        "yOffset": {"field": "kind", "type": "nominal", "sort": kinds},
        "color": {"field": "kind", "type": "nominal", "scale": colours, "legend": legend},
    }  # fmt: skip
    column = {"field": "level", "type": "nominal", "sort": None, "header": header}
    unit = {"mark": {"type": "bar"}, "encoding": encoding, "width": WIDTH, "height": {"step": ROW / 2}}
    drawing = {"data": {"values": values}, "facet": {"column": column}, "spec": unit}
    return svg_from(drawing, supply_words(found))
