"""A plan in words and rows, for the planner's page."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kazipot.foundation.ui.templatetags.ui import number, percent
from kazipot.training.exports.reports import rules_in_words

WAYS = {
    "random_purchase_first_come_3": gettext_lazy("First come, first served, up to 3 seats each"),
    "random_purchase_first_come_1": gettext_lazy("First come, first served, 1 seat each"),
    "cheapest_purchase_first_come_1": gettext_lazy("Cheapest seats, then first come, first served, 1 seat each"),
    "cheapest_purchase_by_priority": gettext_lazy("Cheapest seats, then the greatest need first"),
}
"""In the first two sessions are bought in random order while the money lasts."""
LEVELS = {
    "reached": gettext_lazy("people reached"),
    "worst_unit_share": gettext_lazy("the worst-off units"),
    "need_weight": gettext_lazy("needs covered"),
    "waited_years": gettext_lazy("the longest wait"),
    "cost": gettext_lazy("the least cost"),
}
WHY_NOT = {
    "language": gettext_lazy("in a language that the person does not use; one in another language would help"),
    "mode": gettext_lazy("held in another way than the person takes part"),
    "place": gettext_lazy("at a place to which the person does not go"),
    "accessibility": gettext_lazy("without the access that the person needs; the provider could add it"),
    "unavailable": gettext_lazy("on days on which the person cannot come; another date would help"),
    "working_hours": gettext_lazy("outside the person's working time; a moved shift would help"),
    "requires": gettext_lazy("only after another session"),
    "not_bought": gettext_lazy("not bought, because the money reaches more people elsewhere; more money would help"),
    "full": gettext_lazy("without a free seat; one more seat, or somebody who declines, would help"),
    "absent": gettext_lazy("on days on which enough people of the unit are away already; another date would help"),
    "budget": gettext_lazy("with a free seat, for which there is no money left"),
}


@dataclass(frozen=True, slots=True)
class BudgetRow:
    """A point of the frontier: people and their share of those with an open need."""

    budget: float
    reached: int
    share: float
    bound: int
    bound_share: float
    is_plan: bool


@dataclass(frozen=True, slots=True)
class WayRow:
    """What one way of buying and seating reaches with the same data and money."""

    name: str
    reached: int
    share: float
    worst: float
    cost: float
    is_plan: bool


def euros(amount: float) -> str:
    """An amount as people write it: 38.400 €, or €38,400."""
    told = number(int(amount) if float(amount).is_integer() else round(amount, 2))
    return _("€%(amount)s") % {"amount": told}


def headline(people: int, result: Mapping[str, Any]) -> list[str]:
    """What is reached, and that no plan reaches more, or how much more at most."""
    told, bounds = result["plan"]["objectives"], result["plan"]["bounds"]
    reached, bound = told["reached"], max(bounds["reached"], told["reached"])
    figures = {
        "reached": number(reached),
        "people": number(people),
        "share": percent(reached / people),
        "bound": percent(bound / people),
        "gap": number(bound - reached),
    }
    found = [
        ngettext(
            "The plan reaches %(reached)s of %(people)s person who needs training and has no offer yet.",
            "The plan reaches %(reached)s of %(people)s people who need training and have no offer yet.",
            people,
        )
        % figures,
        _("No plan within this budget can reach more than %(bound)s; this one reaches %(share)s.") % figures,
    ]
    if bound == reached:
        found.append(_("So nothing better can be had for this money: the plan is proven to reach the most people."))
    else:
        words = ngettext(
            "At most %(gap)s more person could perhaps be reached: that is the gap which is not proven.",
            "At most %(gap)s more people could perhaps be reached: that is the gap which is not proven.",
            bound - reached,
        )
        found.append(words % figures)
    return found


def proven(result: Mapping[str, Any]) -> str:
    """The levels whose optimality is proven."""
    names = ", ".join(str(LEVELS[name]) for name in result["proven"])
    return _("Proven best, in this order: %(levels)s.") % {"levels": names} if names else _("No level is proven best.")


def money(people: int, reached_before: int, result: Mapping[str, Any]) -> list[str]:
    """What more money is worth, and what reaching half of all costs at least."""
    more, half = result["marginal"], result["half_of_those_with_a_need_costs_at_least"]
    amount = euros(more["euros"])
    found = []
    if more["people"] > 0:
        words = ngettext(
            "%(amount)s more reaches %(people)s more person.",
            "%(amount)s more reaches %(people)s more people.",
            more["people"],
        )
        found.append(words % {"amount": amount, "people": number(more["people"])})
    else:
        found.append(_("%(amount)s more reaches nobody else.") % {"amount": amount})
    if half is None:
        found.append(_("Half of those who need training cannot be reached with these sessions, whatever they cost."))
    elif not half and reached_before >= people:
        found.append(_("Half of those who need training have an offer already."))
    else:
        found.append(
            _("To reach half of all who need training, at least %(amount)s is needed.") % {"amount": euros(half)}
        )
    return found


def budget_rows(people: int, budget: float, result: Mapping[str, Any]) -> list[BudgetRow]:
    """The frontier as rows."""
    return [
        BudgetRow(
            budget=point["budget"],
            reached=point["reached"],
            share=point["reached"] / people,
            bound=max(point["bound"], point["reached"]),
            bound_share=max(point["bound"], point["reached"]) / people,
            is_plan=abs(point["budget"] - budget) < 0.005,
        )
        for point in result["frontier"]
    ]


def way_rows(people: int, result: Mapping[str, Any]) -> list[WayRow]:
    """This plan and the other ways, side by side."""
    ways = [(_("This plan"), result["plan"]["objectives"], True)]
    ways += [(str(name), result["comparison"][key], False) for key, name in WAYS.items()]
    return [
        WayRow(name, told["reached"], told["reached"] / people, told["worst_unit_share"], told["cost"], is_plan)
        for name, told, is_plan in ways
    ]


def impossible(clash: Collection[str] | None) -> str:
    """Why there is no plan."""
    return rules_in_words(clash)


def why_in_words(
    outcome: Mapping[str, Any],
    titles: Mapping[str, str],
    competences: Mapping[str, str],
    *,
    with_needs: bool,
) -> list[str]:
    """What a person is offered and why, or why nothing is and what would change it.

    `titles` of sessions and `competences` by their names in plans. Without needs neither competences nor the sessions
    that were not offered are named, because they tell what the person needs.
    """
    if outcome["offered"]:
        return list(_offers_in_words(outcome["offered"], titles, competences if with_needs else {}))
    if not outcome["reasons"]:
        found = [_("No session ahead teaches what the person needs. Another course would help.")]
    else:
        found = [_reason_in_words(reason, titles if with_needs else {}) for reason in outcome["reasons"]]
    if with_needs:
        found.insert(0, _("Needs: %(needs)s.") % {"needs": _named(outcome["unmet"], competences)})
    return found


def _named(names: Iterable[str], told: Mapping[str, str]) -> str:
    return ", ".join(dict.fromkeys(told.get(name, name) for name in names))


def _offers_in_words(
    offered: Iterable[Any], titles: Mapping[str, str], competences: Mapping[str, str]
) -> Iterable[str]:
    for session, fitted in offered:
        title = titles.get(session, session)
        if competences:
            words = _("Offered: %(session)s, which teaches what the person needs (%(needs)s).")
            yield words % {"session": title, "needs": _named(fitted, competences)}
        else:
            yield _("Offered: %(session)s.") % {"session": title}


def _reason_in_words(reason: Mapping[str, Any], titles: Mapping[str, str]) -> str:
    count = ngettext("%(number)s session", "%(number)s sessions", reason["number"]) % {"number": reason["number"]}
    more = ", …" if reason["number"] > len(reason["sessions"]) else ""
    named = f" ({_named(reason['sessions'], titles)}{more})" if titles else ""
    return f"{count}{named}: {WHY_NOT[reason['kind']]}."
