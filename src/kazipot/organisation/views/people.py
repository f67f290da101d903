"""Employees by name for who may see them, and the audit trail."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from kazipot.foundation import audit
from kazipot.foundation.pagination import page_of
from kazipot.organisation import queries
from kazipot.organisation.access import Request, requires


@require_GET
@requires("organisation.see_people")
def people(request: Request) -> HttpResponse:
    """Employees within the actor's reach, by name."""
    asked = request.GET.get("q", "").strip()[:100]
    reach = request.actor.reach("organisation.see_people")
    found = queries.people_within(
        request.today, employer_ids=reach.employer_ids, unit_ids=reach.unit_ids, containing=asked
    )
    context = {
        "page": page_of(request, found),
        "q": asked,
        "may_import": request.actor.may("organisation.import_people"),
    }
    return render(request, "organisation/people.html", context)


@require_GET
@requires("organisation.see_audit")
def audit_trail(request: Request) -> HttpResponse:
    """Who did what, latest first."""
    return render(request, "organisation/audit.html", {"page": page_of(request, audit.events())})
