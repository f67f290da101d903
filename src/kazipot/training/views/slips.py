"""Slips on paper for people without an e-mail address to whom seats are offered."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from kazipot.foundation.errors import DomainError
from kazipot.organisation import queries as organisation
from kazipot.organisation.access import Request, employer_for, requires, user_of
from kazipot.training import operations, queries
from kazipot.training.exports.slips import seat_slips


@require_GET
@requires("training.print_slips")
def slips(request: Request) -> HttpResponse:
    """Which employers within reach have people who get a slip, and how many."""
    reach = request.actor.reach("training.print_slips")
    waiting = queries.slips_by_employer(None if reach.everywhere else reach.employer_ids, on=request.today)
    rows = [(employer, waiting[employer.pk]) for employer in organisation.employers() if employer.pk in waiting]
    return render(request, "training/slips.html", {"rows": rows})


@require_POST
@requires("training.print_slips")
def print_slips(request: Request, employer_code: str) -> HttpResponseBase:
    """Fresh codes on slips, sorted by unit and workplace, in one file."""
    employer = employer_for(request, "training.print_slips", employer_code)
    try:
        made = operations.make_seat_slips(employer_ids=[employer.pk], at=request.now, actor=user_of(request))
    except DomainError as error:
        messages.error(request, str(error.message))
        return redirect("training:slips")
    name = f"training-{request.today:%Y-%m-%d}-{employer.code}"
    return seat_slips(made, name=name, address=settings.KAZIPOT_ADDRESS.rstrip("/"), at=request.now)
