"""A plan from a JSON file, as `training plan` writes it or as anybody else does."""

from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from kazipot.core.allocation.problem import Bounds, Objectives, Offer, Plan
from kazipot.training.imports.reading import Reading, load

LEVELS = ("reached", "worst_unit_share", "need_weight", "waited_years", "cost")


def read_plan(path: Path) -> Plan:
    """The plan in the file; whether it keeps the rules is for the checker. Raises InputRefused."""
    return plan_of(load(path))


def plan_of(content: dict[str, Any]) -> Plan:
    """The plan that a JSON object states. Raises InputRefused."""
    r = Reading()
    r.object(content, "", ("sessions", "offers", "objectives", "bounds", "optimal"))
    offers = []
    for i, value in enumerate(r.items(content, "offers", "")):
        item = r.object(value, f"offers[{i}]", ("person", "session"))
        offers.append(Offer(r.text(item, "person", f"offers[{i}]."), r.text(item, "session", f"offers[{i}].")))
    said = r.object(content.get("objectives"), "objectives", LEVELS)
    levels = {name: r.number(said, name, "objectives.") for name in LEVELS if name != "reached"}
    reached = r.whole(said, "reached", "objectives.")
    bounds = r.object(content.get("bounds"), "bounds", LEVELS)
    if not isinstance(content.get("optimal"), bool):
        r.fault("optimal", content.get("optimal"), _("This is neither true nor false."), _("Write true or false."))
    plan = Plan(
        sessions=r.texts(content, "sessions", ""),
        offers=tuple(offers),
        objectives=Objectives(
            reached=reached,
            worst_unit_share=levels["worst_unit_share"],
            need_weight=levels["need_weight"],
            waited_years=levels["waited_years"],
            cost=levels["cost"],
        ),
        bounds=Bounds(r.whole(bounds, "reached", "bounds."), r.number(bounds, "worst_unit_share", "bounds.")),
        optimal=content.get("optimal") is True,
    )
    r.finish()
    return plan
