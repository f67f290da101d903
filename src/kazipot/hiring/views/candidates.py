"""Candidates under numbers, until the commission has decided."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kazipot.foundation.pagination import page_of
from kazipot.foundation.ui.form_page import carried_out, form_page, posted
from kazipot.hiring import access, operations, queries
from kazipot.hiring.forms import CandidateForm, ChooseForm, HireForm, ShowingForm
from kazipot.organisation import queries as organisation
from kazipot.organisation.access import Request, requires, user_of

GET_AND_POST = ["GET", "POST"]


@require_GET
@requires("hiring.see_candidates")
def candidates(request: Request, posting_id: int) -> HttpResponse:
    """Who applied, by number, and what each showed; names once the commission has decided."""
    found = access.posting_for(request, "hiring.see_candidates", posting_id)
    page = page_of(request, queries.candidates_of(found.pk))
    decided = queries.names_are_open(found)
    for row in page:
        row.shown_name = access.name_of(row) if decided else ""
    context = {
        "posting": found,
        "page": page,
        "demands": queries.demands_of(found.pk),
        "decided": decided,
        "may_add": not decided and request.actor.reach("hiring.change").covers(employer_id=found.employer_id),
        "may_hire": decided and request.actor.reach("hiring.change").covers(employer_id=found.employer_id),
    }
    return render(request, "hiring/candidates.html", context)


@require_http_methods(GET_AND_POST)
@requires("hiring.change")
def add_candidate(request: Request, posting_id: int) -> HttpResponse:
    """Add a candidate, who gets a number."""
    found = access.posting_for(request, "hiring.change", posting_id)
    form = CandidateForm(posted(request))
    made: list[int] = []

    def add(told: Mapping[str, Any]) -> None:
        candidate = operations.add_candidate(
            posting_id=found.pk, name=told["name"], at=request.now, actor=user_of(request)
        )
        made.append(candidate.number)

    if carried_out(form, add):
        messages.success(request, _("The candidate has the number %(number)s.") % {"number": made[0]})
        return redirect("hiring:candidates", found.pk)
    title = _("Add a candidate")
    return form_page(request, form, title=title, button=_("Add"), back=_back(found), lead=found.title)


@require_http_methods(GET_AND_POST)
@requires("hiring.see_candidates")
def showing(request: Request, candidate_id: int) -> HttpResponse:
    """What a candidate showed of each demand."""
    found = access.candidate_for(request, "hiring.see_candidates", candidate_id)
    demands = queries.demands_of(found.posting_id)
    present = {row.demand_id: (row.showing, row.how) for row in found.showings.all()}
    form = ShowingForm(posted(request), demands=demands, present=present)
    if carried_out(
        form,
        lambda _told: operations.record_showing(
            candidate_id=found.pk, shown=form.shown(), at=request.now, actor=user_of(request)
        ),
    ):
        return redirect("hiring:candidates", found.posting_id)
    title = _("Candidate %(number)s") % {"number": found.number}
    return form_page(request, form, title=title, button=_("Save"), back=_back(found.posting), lead=found.posting.title)


@require_http_methods(GET_AND_POST)
@requires("hiring.change")
def choose(request: Request, posting_id: int) -> HttpResponse:
    """The commission's decision."""
    found = access.posting_for(request, "hiring.change", posting_id)
    rows = queries.candidates_of(found.pk)
    form = ChooseForm(posted(request), candidates=rows)
    if carried_out(
        form,
        lambda told: operations.choose(
            posting_id=found.pk, candidate_id=told["candidate"], at=request.now, actor=user_of(request)
        ),
    ):
        return redirect("hiring:candidates", found.pk)
    text = _("From now on names are seen, and what candidates showed can't be changed.")
    title = _("The commission's decision")
    return form_page(
        request, form, title=title, button=_("Decide"), back=_back(found), lead=found.title, text=text, danger=True
    )


@require_http_methods(GET_AND_POST)
@requires("hiring.change")
def hire(request: Request, candidate_id: int) -> HttpResponse:
    """Find the chosen candidate on the roster."""
    found = access.candidate_for(request, "hiring.change", candidate_id)
    rows = organisation.employments_on(request.today).filter(employer_id=found.posting.employer_id)
    rows = rows.select_related("person").order_by("-hired_on", "person__last_name")[:200]
    people = list({row.person_id: (row.person_id, row.person.name) for row in rows}.values())
    form = HireForm(posted(request), people=people)
    if carried_out(
        form,
        lambda told: operations.hire(
            candidate_id=found.pk, person_id=told["person"], at=request.now, actor=user_of(request)
        ),
    ):
        return redirect("hiring:hired", found.pk)
    text = _("The list shows those who were hired last.")
    title = _("Who came")
    return form_page(request, form, title=title, button=_("Save"), back=_back(found.posting), text=text)


@require_GET
@requires("hiring.see_candidates")
def hired(request: Request, candidate_id: int) -> HttpResponse:
    """What was demanded of a hired person, what was shown, what is to be learnt in the first year."""
    found = access.candidate_for(request, "hiring.see_candidates", candidate_id)
    context = {"candidate": found, "posting": found.posting, "needs": queries.first_year_needs(found)}
    return render(request, "hiring/hired.html", context)


def _back(found: access.JobPosting) -> tuple[str, str]:
    return reverse("hiring:candidates", args=[found.pk]), _("Candidates")
