"""Pages of M4."""

from typing import cast

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kazipot.foundation.errors import DomainError
from kazipot.foundation.models import User
from kazipot.foundation.pagination import page_of
from kazipot.framework import queries as framework
from kazipot.hiring import access, operations, queries
from kazipot.hiring.forms import PostingForm, WithdrawForm
from kazipot.organisation import queries as organisation
from kazipot.organisation.access import Request, requires

FAULTY = 422


@require_GET
@requires("hiring.see")
def postings(request: Request) -> HttpResponse:
    """Postings within reach, and whether they require digital competences."""
    reach = request.actor.reach("hiring.see")
    rows = queries.postings()
    if not reach.everywhere:
        rows = queries.within(rows, employer_ids=reach.employer_ids, unit_ids=reach.unit_ids)
    context = {"page": page_of(request, rows), "may_publish": request.actor.may("hiring.change")}
    return render(request, "hiring/postings.html", context)


@require_GET
@requires("hiring.see")
def posting(request: Request, posting_id: int) -> HttpResponse:
    """A posting and what it demands."""
    found = access.posting_for(request, "hiring.see", posting_id)
    reach = request.actor.reach("hiring.change")
    context = {
        "posting": found,
        "demands": queries.demands_of(found.pk),
        "may_change": reach.covers(employer_id=found.employer_id) and found.withdrawn_on is None,
    }
    return render(request, "hiring/posting.html", context)


@require_http_methods(["GET", "POST"])
@requires("hiring.change")
def new_posting(request: Request) -> HttpResponse:
    """Publish a posting."""
    reach = request.actor.reach("hiring.change")
    units = [row for row in organisation.units_on(request.today) if reach.covers(employer_id=row.employer_id)]
    active = framework.active_framework(request.today)
    form = PostingForm(
        request.POST if request.method == "POST" else None,
        units=units,
        competences=framework.competences(active.pk) if active else [],
        today=request.today,
    )
    if form.is_valid():
        told = form.cleaned_data
        try:
            made = operations.publish_posting(
                unit_id=told["unit"],
                reference=told["reference"],
                title=told["title"],
                kind=told["kind"],
                published_on=told["published_on"],
                closes_on=told["closes_on"],
                demands=[operations.Demand(pk, told["level"], required=True) for pk in told["demands"]],
                at=request.now,
                actor=cast(User, request.actor.user),
            )
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else None, error.message)
        else:
            messages.success(request, _("The posting has been published."))
            return redirect("hiring:posting", made.pk)
    return render(request, "hiring/new_posting.html", {"form": form}, status=FAULTY if form.errors else None)


@require_http_methods(["GET", "POST"])
@requires("hiring.change")
def withdraw(request: Request, posting_id: int) -> HttpResponse:
    """Withdraw a posting from today."""
    found = access.posting_for(request, "hiring.change", posting_id)
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            operations.withdraw_posting(
                posting_id=found.pk,
                on=request.today,
                because=form.cleaned_data["because"],
                at=request.now,
                actor=cast(User, request.actor.user),
            )
        except DomainError as error:
            form.add_error(None, error.message)
        else:
            messages.success(request, _("The posting has been withdrawn."))
            return redirect("hiring:posting", found.pk)
    context = {"posting": found, "form": form}
    return render(request, "hiring/withdraw.html", context, status=FAULTY if form.errors else None)
