"""What follows from a plan: what-if copies side by side, need beside seats, its input as a file."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kazipot.foundation.downloads import download
from kazipot.foundation.pagination import page_of
from kazipot.foundation.ui.form_page import carried_out, form_page, posted
from kazipot.framework import queries as framework
from kazipot.organisation.access import Request, requires
from kazipot.training import access, queries
from kazipot.training.exports.plan_needs import StepRow, compared, needs_svg, needs_words, step_rows
from kazipot.training.forms import CopyForm
from kazipot.training.views.plans import ask_for_plan

GET_AND_POST = ["GET", "POST"]
MOST = 4
"""So many plans stand side by side at most."""


def _back(plan: access.Plan) -> tuple[str, str]:
    return reverse("training:plan", args=(plan.pk,)), _("Training plan for %(year)s") % {"year": plan.year}


@require_http_methods(GET_AND_POST)
@requires("training.plan")
def copy(request: Request, plan_id: int) -> HttpResponse:
    """The same question with another budget, other rules or fewer sessions; the seed stays, so only that differs."""
    found = access.plan_to_see(plan_id)
    rules = found.rules
    initial = {
        "year": found.year,
        "budget": found.budget,
        "max_offers": rules["max_offers_per_person"],
        "absent": round(100 * rules["max_absent_share"]),
        "notice_days": rules["notice_days"],
        "least": None if rules["min_reached_share"] is None else round(100 * rules["min_reached_share"]),
        "least_rating": rules.get("least_rating"),
        "seed": found.seed,
        "left_out": rules.get("left_out", []),
    }
    form = CopyForm(posted(request), sessions=queries.sessions_to_choose(found.year, request.today), initial=initial)
    made: list[access.Plan] = []
    if carried_out(form, lambda told: made.append(ask_for_plan(request, told, copy_of=found))):
        messages.success(request, _("The copy has been asked for."))
        return redirect(f"{reverse('training:compare-plans')}?plan={found.pk}&plan={made[0].pk}")
    text = _("What would be otherwise? Change the budget, a rule or the sessions; both plans then stand side by side.")
    title = _("A what-if copy")
    return form_page(request, form, title=title, button=_("Work out the copy"), back=_back(found), text=text)


@require_GET
@requires("training.plan")
def compare(request: Request) -> HttpResponse:
    """Plans side by side."""
    ids = [int(each) for each in request.GET.getlist("plan") if each.isascii() and each.isdigit() and len(each) < 10]
    plans = queries.plans_by_ids(list(dict.fromkeys(ids))[:MOST])
    return render(request, "training/compare_plans.html", {"plans": plans, "rows": compared(plans)})


def _steps(found: access.Plan) -> list[StepRow]:
    if found.result is None or "cells" not in found.result:
        raise Http404
    ids = {int(row["competence"][1:]) for row in found.result["cells"]}
    names = {f"c{item.id}": f"{item.code} {item.name}" for item in framework.competences_by_id(ids)}
    return step_rows(found.result, names)


@require_GET
@requires("training.plan")
def needs(request: Request, plan_id: int) -> HttpResponse:
    """Need beside seats by competence and level."""
    found = access.plan_to_see(plan_id)
    rows = _steps(found)
    context: dict[str, Any] = {"plan": found, "page": page_of(request, rows), "chart_words": needs_words(rows)}
    return render(request, "training/plan_needs.html", context)


@require_GET
@requires("training.plan")
def needs_chart(_request: Request, plan_id: int) -> HttpResponse:
    """Need beside seats, drawn."""
    return HttpResponse(needs_svg(_steps(access.plan_to_see(plan_id))), content_type="image/svg+xml")


@require_GET
@requires("training.plan")
def input_file(request: Request, plan_id: int) -> HttpResponseBase:
    """What was put in, as `./kazipot training plan` reads it: anybody who has it gets the same plan. Only for who asked
    for the plan, since it says what people need, though by pseudonyms."""
    found = access.plan_to_see(plan_id)
    if not access.sees_needs(request, found) or not found.input:
        raise Http404
    return download(f"plan-{found.pk}-{found.digest[:8]}.json", "application/json", found.input.encode())
