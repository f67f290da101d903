"""Plans as JSON and verdicts in words."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kazipot.core.allocation.checker import Verdict, Violation
from kazipot.core.allocation.problem import Objectives, Plan, Problem
from kazipot.foundation.errors import InputRefused
from kazipot.foundation.errors import Problem as Fault

RULES = {
    "unknown_person": gettext_lazy("There is no such person."),
    "unknown_session": gettext_lazy("There is no such session."),
    "offered_twice": gettext_lazy("The seat is offered more than once."),
    "bought_twice": gettext_lazy("The session is bought more than once."),
    "not_bought": gettext_lazy("A seat is offered in a session that is not bought."),
    "too_many_offers": gettext_lazy("The person gets too many offers."),
    "fits_no_need": gettext_lazy("The session fits no need of the person."),
    "language": gettext_lazy("The session's language is not among the person's."),
    "mode": gettext_lazy("The session's mode is not among the person's."),
    "place": gettext_lazy("The session's place is not among the person's."),
    "accessibility": gettext_lazy("The session lacks what the person needs for access."),
    "unavailable": gettext_lazy("A meeting falls on a day on which the person cannot attend."),
    "working_hours": gettext_lazy("A meeting lies outside the person's working time."),
    "prerequisite_missing": gettext_lazy("No session that this one requires is offered earlier."),
    "overlap": gettext_lazy("Two meetings of the person overlap."),
    "too_few_people": gettext_lazy("The session has fewer people than its minimum."),
    "capacity": gettext_lazy("The session has more people than seats."),
    "absent": gettext_lazy("Too many people of the unit are away on one day."),
    "budget": gettext_lazy("The plan costs more than the budget."),
    "contract_budget": gettext_lazy("The provider's sessions cost more than its contract allows."),
    "min_reached_share": gettext_lazy("Fewer people are reached than demanded."),
    "min_unit_share": gettext_lazy("A smaller share of a unit is reached than demanded."),
    "objective": gettext_lazy("The plan states another figure than the recomputed one."),
    "bound": gettext_lazy("The plan's figure lies above its own bound."),
    "optimal": gettext_lazy("The plan calls itself optimal, but its bound lies higher."),
}


def levels_as_json(objectives: Objectives) -> dict[str, float]:
    """The five levels."""
    waited = float(objectives.waited_years)
    return {
        "reached": objectives.reached,
        "worst_unit_share": objectives.worst_unit_share,
        "need_weight": objectives.need_weight,
        "waited_years": int(waited) if waited.is_integer() else waited,
        "cost": objectives.cost,
    }


def plan_as_json(plan: Plan) -> dict[str, Any]:
    """The plan in the documented format."""
    return {
        "sessions": list(plan.sessions),
        "offers": [{"person": offer.person, "session": offer.session} for offer in plan.offers],
        "objectives": levels_as_json(plan.objectives),
        "bounds": {"reached": plan.bounds.reached, "worst_unit_share": plan.bounds.worst_unit_share},
        "optimal": plan.optimal,
    }


def write_json(content: Any, path: Path) -> None:
    """Write a document so that the same content is the same file byte for byte. Raises InputRefused."""
    text = json.dumps(content, ensure_ascii=False, indent=1) + "\n"
    try:
        path.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        fault = Fault(None, str(path), "", _("The file cannot be written."), _("Choose another place."))
        raise InputRefused(_("The file was not written."), [fault]) from error


def plan_in_words(problem: Problem, plan: Plan) -> list[str]:
    """What the plan reaches and how good it is, a sentence a line."""
    needing = sum(1 for person in problem.people if person.needs)
    told, bound = plan.objectives, plan.bounds.reached
    figures = {
        "reached": told.reached,
        "needing": needing,
        "share": f"{100 * told.reached / needing if needing else 100:.1f}",
        "bound": f"{100 * bound / needing if needing else 100:.1f}",
        "gap": f"{100 * (bound - told.reached) / bound if bound else 0:.2f}",
        "worst": f"{100 * told.worst_unit_share:.1f}",
        "worst_bound": f"{100 * plan.bounds.worst_unit_share:.1f}",
        "cost": f"{told.cost:.2f}",
        "budget": f"{problem.budget:.2f}",
        "sessions": len(plan.sessions),
        "offers": len(plan.offers),
    }
    return [
        _("Reached: %(reached)s of %(needing)s people with a need (%(share)s %%).") % figures,
        _("No plan within this budget can reach more than %(bound)s %%; the gap is %(gap)s %%.") % figures,
        _("Worst-off unit: %(worst)s %%; at most %(worst_bound)s %% is possible.") % figures,
        _("Bought: %(sessions)s sessions, %(offers)s offers, %(cost)s of %(budget)s euros.") % figures,
        _("All levels are proven optimal.")
        if plan.optimal
        else _("Proven optimal: %(levels)s.") % {"levels": ", ".join(plan.proven) or _("none")},
    ]


def violation_in_words(violation: Violation) -> str:
    """One violation in a sentence, with its figures."""
    figures = ""
    if violation.found or violation.allowed:
        figures = " " + _("It is %(found)s, allowed is %(allowed)s.") % {
            "found": violation.found,
            "allowed": violation.allowed,
        }
    subject = f"{violation.subject}: " if violation.subject else ""
    return f"{subject}{RULES[violation.rule]}{figures}"


def verdict_as_json(verdict: Verdict) -> dict[str, Any]:
    """The verdict for programs."""
    return {
        "valid": not verdict.violations,
        "violations": [
            asdict(violation) | {"words": violation_in_words(violation)} for violation in verdict.violations
        ],
        "objectives": levels_as_json(verdict.objectives),
    }


def verdict_in_words(verdict: Verdict) -> list[str]:
    """The recomputed levels, a line each."""
    return [
        _("The plan keeps every rule, and its figures are right.")
        if not verdict.violations
        else _("The plan breaks rules: %(number)s.") % {"number": len(verdict.violations)},
        *(f"  {name}: {value}" for name, value in levels_as_json(verdict.objectives).items()),
    ]
