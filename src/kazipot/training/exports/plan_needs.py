"""Need beside seats, by competence and level: as rows and as a drawing; and plans side by side."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from kazipot.foundation.charts import GRID, LARGE, LINE, TEXT, axis, svg_of
from kazipot.foundation.ui.templatetags.ui import number, percent
from kazipot.training.models import TrainingPlan
from kazipot.training.queries import SMALL_UNIT

SHOWN = 12
"""So many steps are drawn, those with the greatest need."""


@dataclass(frozen=True, slots=True)
class StepRow:
    """A step of a competence: people who want to rise to or through the level, seats to choose from, seats bought."""

    name: str
    level: int
    need: int
    seats: int
    bought: int

    @property
    def need_told(self) -> str:
        """The need; fewer than five people are not told exactly."""
        return number(self.need) if self.need == 0 or self.need >= SMALL_UNIT else "1–4"

    @property
    def missing(self) -> str:
        """People beyond the seats bought; nothing where there are seats enough or few people."""
        return number(self.need - self.bought) if self.need >= SMALL_UNIT and self.need > self.bought else "–"


def step_rows(result: Mapping[str, Any], names: Mapping[str, str]) -> list[StepRow]:
    """Every step that somebody needs or a session teaches."""
    return [
        StepRow(names.get(row["competence"], row["competence"]), row["level"], row["need"], row["seats"], row["bought"])
        for row in result.get("cells", ())
    ]


def _drawn(rows: Sequence[StepRow]) -> list[StepRow]:
    return sorted((row for row in rows if row.need >= SMALL_UNIT), key=lambda row: (-row.need, row.name))[:SHOWN]


def needs_words(rows: Sequence[StepRow]) -> str:
    """What the drawing shows, in words."""
    shown = _drawn(rows)
    if not shown:
        return _("Fewer than five people need each step.")
    first = shown[0]
    return _("Need beside seats bought. Greatest: %(name)s, level %(level)s: %(need)s people, %(seats)s seats.") % {
        "name": first.name, "level": first.level, "need": number(first.need), "seats": number(first.bought),
    }  # fmt: skip


def needs_svg(rows: Sequence[StepRow]) -> str:
    """Bars of the need with a stroke for the seats bought, the greatest need first."""
    values: list[dict[str, Any]] = [
        {"step": f"{row.name} → {row.level}", "need": row.need, "bought": row.bought} for row in _drawn(rows)
    ]
    y = {
        "field": "step",
        "type": "nominal",
        "title": None,
        "sort": None,
        "axis": axis(domainColor=TEXT, labelLimit=300),
    }
    x = {
        "field": "need",
        "type": "quantitative",
        "title": _("People who need it (bars), seats bought (strokes)"),
        "axis": axis(gridColor=GRID, domain=False, format="d", tickCount=6),
    }
    layers: list[dict[str, Any]] = [
        {"mark": {"type": "bar", "color": "#a9aeb1"}, "encoding": {"x": x, "y": y}},
        {
            "mark": {"type": "tick", "color": LINE, "thickness": 4, "height": 18},
            "encoding": {"x": {**x, "field": "bought"}, "y": y},
        },
    ]
    return svg_of(layers, values, (LARGE[0] - 260, 26 * max(1, len(values))), needs_words(rows))


def compared(plans: Sequence[TrainingPlan]) -> list[tuple[str, list[Any]]]:
    """Plans side by side: what differs in what was put in, and what comes out."""
    told = [plan.result["plan"]["objectives"] for plan in plans if plan.result]
    bought = [frozenset(plan.result["plan"]["sessions"]) for plan in plans if plan.result]
    first = bought[0] if bought else frozenset()
    return [
        (_("Budget"), [_euros(plan.budget) for plan in plans]),
        (_("Sessions to choose from"), [number(plan.sessions) for plan in plans]),
        (_("Sessions left out"), [number(len(_out(plan))) for plan in plans]),
        (_("Seed"), [str(plan.seed) for plan in plans]),
        (_("People in need"), [number(plan.people) for plan in plans]),
        (_("People reached"), [number(row["reached"]) for row in told]),
        (_("Share"), [_share(row["reached"], plan.people) for row, plan in zip(told, plans, strict=True)]),
        (_("Worst-off unit"), [_share(row["worst_unit_share"], 1) for row in told]),
        (_("Cost"), [_euros(row["cost"]) for row in told]),
        (_("Sessions bought"), [number(len(one)) for one in bought]),
        (_("Bought here and not in the first"), [number(len(one - first)) for one in bought]),
        (_("Bought in the first and not here"), [number(len(first - one)) for one in bought]),
    ]


def _out(plan: TrainingPlan) -> set[int]:
    return {*plan.rules.get("left_out", ()), *plan.rules.get("rated_below", ())}


def _euros(amount: Any) -> str:
    return _("€%(amount)s") % {"amount": number(round(float(amount), 2))}


def _share(part: float, whole: float) -> str:
    return percent(round(part / whole, 3))
