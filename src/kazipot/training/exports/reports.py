"""Beside a plan: what each person was offered or not and why, what others would have done, and what money buys."""

from collections.abc import Collection
from dataclasses import asdict
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kazipot.core.allocation import baselines
from kazipot.core.allocation.arrays import Arrays, arrays_of
from kazipot.core.allocation.chance import lots
from kazipot.core.allocation.clash import smallest_clash
from kazipot.core.allocation.explanation import Outcome, Reason, explain
from kazipot.core.allocation.frontier import cost_of_reaching, frontier
from kazipot.core.allocation.outcome import objectives_of
from kazipot.core.allocation.problem import Plan, Problem
from kazipot.training.exports.plans import levels_as_json

SHARES = (0.25, 0.5, 0.75, 1.0, 1.25, 1.5)
"""Parts of the budget at which the frontier is looked at."""
MORE = 1_000.0
OBSTACLES = {
    "language": gettext_lazy("held in a language that you did not name: name it, if you speak it"),
    "mode": gettext_lazy("held in a way that you did not choose: choose it too, if you can"),
    "place": gettext_lazy("held at a place that you did not choose: choose it too, if you can"),
    "accessibility": gettext_lazy("without the access that you need: the provider would have to add it"),
    "unavailable": gettext_lazy("on days on which you cannot attend: free one of them, if you can"),
    "working_hours": gettext_lazy("outside your working time: your head of unit could move a shift"),
    "requires": gettext_lazy("only for those who attend another session before"),
    "not_bought": gettext_lazy("not bought: the money reaches more people elsewhere"),
    "full": gettext_lazy("full: with one more seat you could be offered one, or when somebody declines"),
    "absent": gettext_lazy("on days on which enough people of your unit are away already"),
    "budget": gettext_lazy("with free seats, but without money for another one"),
}
CLASHING = {
    "budget": gettext_lazy("the budget"),
    "contracts": gettext_lazy("the budgets of contracts"),
    "capacity": gettext_lazy("the seats of sessions"),
    "min_people": gettext_lazy("the least number of people in a session"),
    "max_absent_share": gettext_lazy("the share of a unit that may be away on a day"),
    "max_offers_per_person": gettext_lazy("the number of offers to a person"),
    "overlaps": gettext_lazy("that nobody attends two meetings at once"),
    "requires": gettext_lazy("the prerequisites"),
}


def report_as_json(problem: Problem, plan: Plan) -> dict[str, Any]:
    """Explanations, comparison and frontier of a plan."""
    return {
        "proven": list(plan.proven),
        **figures_as_json(problem),
        "people": [asdict(outcome) | {"words": outcome_in_words(outcome)} for outcome in explain(problem, plan)],
    }


def figures_as_json(problem: Problem, *, reached_before: int = 0) -> dict[str, Any]:
    """What others would do with the same data, what other budgets reach, and what reaching half costs at least.

    `reached_before` people with a need are not in the problem, because they have been reached: they count to the half.
    """
    a = arrays_of(problem)
    needing = int(a.needing.sum())
    target = max(0, (needing + reached_before + 1) // 2 - reached_before)
    points = frontier(a, [*(share * a.budget for share in SHARES), a.budget + MORE])
    now, then = points[SHARES.index(1.0)], points.pop()
    return {
        "comparison": {name: levels_as_json(objectives_of(a, chosen)) for name, chosen in _others(a, problem.seed)},
        "frontier": [asdict(point) for point in points],
        "marginal": {"euros": MORE, "people": then.reached - now.reached},
        "half_of_those_with_a_need_costs_at_least": cost_of_reaching(a, target) if target else 0.0,
    }


def _others(a: Arrays, seed: int) -> list[tuple[str, Any]]:
    rng = lots(seed, 3)
    random, cheapest = baselines.buy_by_chance(a, rng), baselines.buy_cheapest(a)
    return [
        ("random_purchase_first_come_3", baselines.first_come(a, random, rng, seats_each=3)),
        ("random_purchase_first_come_1", baselines.first_come(a, random, rng, seats_each=1)),
        ("cheapest_purchase_first_come_1", baselines.first_come(a, cheapest, rng, seats_each=1)),
        ("cheapest_purchase_by_priority", baselines.by_priority(a, cheapest)),
    ]


def outcome_in_words(outcome: Outcome) -> list[str]:
    """A person's outcome, a sentence a line."""
    if outcome.offered:
        return [
            _("You are offered %(session)s, which teaches what you need in %(competences)s.")
            % {"session": session, "competences": ", ".join(competences)}
            for session, competences in outcome.offered
        ]
    if not outcome.reasons:
        return [_("No session teaches what you need: %(needs)s.") % {"needs": ", ".join(outcome.unmet)}]
    return [_reason_in_words(reason) for reason in outcome.reasons]


def _reason_in_words(reason: Reason) -> str:
    count = ngettext("%(number)s session is", "%(number)s sessions are", reason.number) % {"number": reason.number}
    return f"{count} {OBSTACLES[reason.kind]} ({', '.join(reason.sessions)})."


def clash_in_words(problem: Problem) -> str:
    """Why no plan meets what the rules demand."""
    return rules_in_words(smallest_clash(arrays_of(problem)))


def rules_in_words(clash: Collection[str] | None) -> str:
    """The rules that clash with what is demanded."""
    if clash is None:
        return _("No plan was found that reaches as many people as demanded. Demand less, or raise the budget.")
    if not clash:
        return _("As many people as demanded cannot be reached: too few can attend any session at all. Demand less.")
    rules = ", ".join(str(CLASHING[name]) for name in clash)
    words = _(
        "What is demanded cannot be had together with these rules: %(rules)s. Change one of them, or demand less."
    )
    return words % {"rules": rules}
