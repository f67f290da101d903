"""Plans of the training year: which sessions to buy and who is offered a seat, and why."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib import messages
from django.core.paginator import Page
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kazipot.core.allocation.problem import Rules
from kazipot.foundation import clock
from kazipot.foundation.pagination import page_of
from kazipot.foundation.ui.form_page import carried_out, form_page, posted
from kazipot.foundation.ui.templatetags.ui import day
from kazipot.framework import queries as framework
from kazipot.organisation import queries as organisation
from kazipot.organisation.access import Request, requires, user_of
from kazipot.training import access, operations, queries, tasks
from kazipot.training.exports import planner
from kazipot.training.exports.frontier_chart import description, frontier_svg
from kazipot.training.forms import PlanForm

UNITS_SHOWN = 5
PEOPLE_PER_PAGE = 25
REACHED = {"yes": True, "no": False}


@require_GET
@requires("training.plan")
def plans(request: Request) -> HttpResponse:
    """Every plan that was asked for."""
    return render(request, "training/plans.html", {"page": page_of(request, queries.plans())})


@require_http_methods(["GET", "POST"])
@requires("training.plan")
def new_plan(request: Request) -> HttpResponse:
    """Ask for a plan; a small one is worked out at once, a large one by a worker."""
    form = PlanForm(posted(request), initial={"year": request.today.year})
    made: list[access.Plan] = []
    if carried_out(form, lambda told: made.append(ask_for_plan(request, told))):
        messages.success(request, _("The plan has been asked for."))
        return redirect("training:plan", made[0].pk)
    text = _(
        "The plan says which planned sessions to buy and who is offered a seat. It concerns people whose stated need "
        "no offer of the year fits yet, and sessions that can still be offered in time. Nothing is bought or offered."
    )
    back = (reverse("training:plans"), _("Training plans"))
    return form_page(request, form, title=_("Plan a year"), button=_("Work out the plan"), back=back, text=text)


def ask_for_plan(request: Request, told: Mapping[str, Any], *, copy_of: access.Plan | None = None) -> access.Plan:
    """Ask for a plan as a form says; a small one is worked out at once."""
    plan = operations.request_plan(
        year=told["year"],
        on=request.today,
        budget=told["budget"],
        seed=int(request.now.timestamp()) if told["seed"] is None else told["seed"],
        notice_days=told["notice_days"],
        rules=Rules(
            max_absent_share=told["absent"] / 100,
            max_offers_per_person=told["max_offers"],
            min_reached_share=None if told["least"] is None else told["least"] / 100,
        ),
        left_out=told.get("left_out", ()),
        least_rating=None if told["least_rating"] is None else float(told["least_rating"]),
        copy_of_id=copy_of.pk if copy_of else None,
        at=request.now,
        actor=user_of(request),
    )
    if operations.is_small(plan):
        tasks.work_out_plan(at=request.now, moment=clock.monotonic_now(), plan_id=plan.pk)
    return plan


@require_GET
@requires("training.plan")
def plan(request: Request, plan_id: int) -> HttpResponse:
    """What a plan reaches and how good that is, beside other ways and other budgets, and what it buys."""
    found = access.plan_to_see(plan_id)
    context: dict[str, Any] = {"plan": found, "may_take_input": access.sees_needs(request, found)}
    if found.result is not None and "clash" in found.result:
        context["impossible"] = planner.impossible(found.result["clash"])
    elif found.result is not None:
        context |= _worked_out(request, found, found.result)
    return render(request, "training/plan.html", context)


def _worked_out(request: Request, found: access.Plan, result: Mapping[str, Any]) -> dict[str, Any]:
    page = page_of(request, result["bought"])
    sessions = queries.priced_sessions([row["session"] for row in page.object_list])
    worst = queries.worst_off(result["units"], UNITS_SHOWN)
    names = {unit.id: unit.name for unit in organisation.units_on(found.as_of)}
    rows = planner.budget_rows(found.people, float(found.budget), result)
    worst_share = result["plan"]["objectives"]["worst_unit_share"]
    return {
        "told": result["plan"]["objectives"],
        "share": result["plan"]["objectives"]["reached"] / found.people,
        "worst_bound": result["plan"]["bounds"]["worst_unit_share"],
        "headline": planner.headline(found.people, result),
        "proven": planner.proven(result),
        "money": planner.money(found.people, found.reached_before, result),
        "ways": planner.way_rows(found.people, result),
        "units": [(names.get(unit.unit_id, _("a unit that is no more")), unit) for unit in worst],
        "worst_is_small": not worst or worst[0].share > worst_share + 1e-9,
        "budgets": rows,
        "chart_words": description(rows, float(found.budget)),
        "page": page,
        "bought": [(sessions[row["session"]], row) for row in page.object_list if row["session"] in sessions],
    }


@require_GET
@requires("training.plan")
def chart(_request: Request, plan_id: int) -> HttpResponse:
    """The coverage–budget frontier, drawn; 404 while there is none."""
    found = access.plan_to_see(plan_id)
    if found.result is None or "frontier" not in found.result:
        raise Http404
    rows = planner.budget_rows(found.people, float(found.budget), found.result)
    return HttpResponse(frontier_svg(rows, float(found.budget)), content_type="image/svg+xml")


@require_GET
@requires("training.plan")
def people(request: Request, plan_id: int) -> HttpResponse:
    """Why each person is offered a seat or not: by name where names may be seen, else by pseudonym."""
    found = access.plan_to_see(plan_id)
    reached = request.GET.get("reached", "")
    rows = queries.outcomes_of(found.pk, reached=REACHED.get(reached))
    page = page_of(request, rows, per_page=PEOPLE_PER_PAGE)
    context = {
        "plan": found,
        "page": page,
        "rows": _explained(request, found, page),
        "reached": reached,
        "choices": [("", _("all")), ("yes", _("with an offer")), ("no", _("without an offer"))],
    }
    return render(request, "training/plan_people.html", context)


def _explained(request: Request, found: access.Plan, page: Page[access.Outcome]) -> list[tuple[str, str, list[str]]]:
    outcomes = [row.outcome for row in page.object_list]
    titles = {
        name: f"{session.course.title}, {day(session.starts_on)}"
        for name, session in queries.priced_sessions(_sessions_in(outcomes)).items()
    }
    competences = {f"c{item.id}": item.name for item in framework.competences_by_id(_competences_in(outcomes))}
    units = {unit.id: unit.name for unit in organisation.units_on(found.as_of)}
    large = {unit["unit"] for unit in (found.result or {}).get("units", ()) if unit["needing"] >= queries.SMALL_UNIT}
    rows = []
    for row in page.object_list:
        named = access.sees_name(request, row)
        with_needs = not named and access.sees_needs(request, found)
        shows_unit = named or f"u{row.unit_id}" in large
        words = planner.why_in_words(row.outcome, titles, competences, with_needs=with_needs)
        unit = units.get(row.unit_id, "") if shows_unit else _("a small unit")
        rows.append((row.person.name if named else row.person.key, unit, words))
    return rows


def _sessions_in(outcomes: Iterable[Mapping[str, Any]]) -> set[str]:
    offered = {session for told in outcomes for session, _fitted in told["offered"]}
    return offered | {name for told in outcomes for reason in told["reasons"] for name in reason["sessions"]}


def _competences_in(outcomes: Iterable[Mapping[str, Any]]) -> set[int]:
    fitted = {name for told in outcomes for _session, names in told["offered"] for name in names}
    return {int(name[1:]) for name in fitted | {name for told in outcomes for name in told["unmet"]}}
