"""Postings and what they demand; a published one is corrected or withdrawn."""

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
from kazipot.framework import queries as framework
from kazipot.hiring import access, operations, queries
from kazipot.hiring.choices import BEFORE_PUBLICATION, PostingStage
from kazipot.hiring.forms import DemandsForm, PostingForm, WithdrawForm
from kazipot.organisation import queries as organisation
from kazipot.organisation.access import Request, requires, user_of

GET_AND_POST = ["GET", "POST"]


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
    place = {"employer_id": found.employer_id, "unit_id": found.unit_id}
    latest = queries.latest_text(found.pk)
    gate = queries.gate(found)
    before = found.stage in BEFORE_PUBLICATION
    may_change = reach.covers(employer_id=found.employer_id) and found.withdrawn_on is None
    context = {
        "posting": found,
        "demands": queries.demands_of(found.pk),
        "text": latest,
        "passages": queries.marked(latest) if latest else (),
        "missing": queries.missing(found, on=request.today) if before else (),
        "gate": gate,
        "override": queries.override_of(found.pk),
        "may_change": may_change,
        "may_write": may_change and found.stage == PostingStage.DRAFT,
        "may_approve": found.stage == PostingStage.SUBMITTED and request.actor.reach("hiring.approve").covers(**place),
        "may_send_back": found.stage in {PostingStage.SUBMITTED, PostingStage.APPROVED}
        and request.actor.reach("hiring.approve").covers(**place),
        "may_override": before
        and not gate.open
        and found.stage != PostingStage.DRAFT
        and request.actor.reach("hiring.override").covers(**place),
        "may_publish": may_change and found.stage == PostingStage.APPROVED,
        "may_see_candidates": not before and request.actor.reach("hiring.see_candidates").covers(**place),
        "must_require": gate.applies,
        "is_published": not before,
    }
    return render(request, "hiring/posting.html", context)


@require_http_methods(GET_AND_POST)
@requires("hiring.change")
def new_posting(request: Request) -> HttpResponse:
    """Record a posting that was published elsewhere."""
    reach = request.actor.reach("hiring.change")
    units = [row for row in organisation.units_on(request.today) if reach.covers(employer_id=row.employer_id)]
    active = framework.active_framework(request.today)
    form = PostingForm(
        posted(request),
        units=units,
        competences=framework.competences(active.pk) if active else [],
        today=request.today,
    )
    made: list[int] = []

    def publish(told: Mapping[str, Any]) -> None:
        posting = operations.publish_posting(
            unit_id=told["unit"],
            reference=told["reference"],
            title=told["title"],
            kind=told["kind"],
            published_on=told["published_on"],
            closes_on=told["closes_on"],
            demands=[operations.Demand(pk, told["level"], required=True) for pk in told["demands"]],
            at=request.now,
            actor=user_of(request),
        )
        made.append(posting.pk)

    if carried_out(form, publish):
        messages.success(request, _("The posting has been published."))
        return redirect("hiring:posting", made[0])
    back = (reverse("hiring:postings"), _("Job postings"))
    return form_page(request, form, title=_("Record a published posting"), button=_("Save"), back=back)


@require_http_methods(GET_AND_POST)
@requires("hiring.change")
def change_demands(request: Request, posting_id: int) -> HttpResponse:
    """Correct what a posting demands, in the framework that was active when it was published."""
    found = access.posting_for(request, "hiring.change", posting_id)
    active = framework.active_framework(found.published_on or request.today)
    demands = queries.demands_of(found.pk)
    form = DemandsForm(
        posted(request),
        competences=framework.competences(active.pk) if active else [],
        present={row.competence_id: (row.level, row.required) for row in demands},
    )
    if carried_out(
        form,
        lambda _told: operations.change_demands(
            posting_id=found.pk,
            demands=[operations.Demand(*row) for row in form.demanded()],
            at=request.now,
            actor=user_of(request),
        ),
    ):
        messages.success(request, _("The demands have been changed."))
        return redirect("hiring:posting", found.pk)
    return _posting_form(request, found, form, title=_("Change the demands"), button=_("Save"))


@require_http_methods(GET_AND_POST)
@requires("hiring.change")
def withdraw(request: Request, posting_id: int) -> HttpResponse:
    """Withdraw a posting from today."""
    found = access.posting_for(request, "hiring.change", posting_id)
    form = WithdrawForm(posted(request))
    if carried_out(
        form,
        lambda told: operations.withdraw_posting(
            posting_id=found.pk,
            on=request.today,
            because=told["because"],
            at=request.now,
            actor=user_of(request),
        ),
    ):
        messages.success(request, _("The posting has been withdrawn."))
        return redirect("hiring:posting", found.pk)
    title = _("Withdraw the posting")
    return _posting_form(request, found, form, title=title, button=title, danger=True)


def _posting_form(
    request: Request,
    found: access.JobPosting,
    form: DemandsForm | WithdrawForm,
    *,
    title: str,
    button: str,
    danger: bool = False,
) -> HttpResponse:
    back = (reverse("hiring:posting", args=(found.pk,)), found.title)
    lead = f"{found.title}, {found.reference}"
    return form_page(request, form, title=title, button=button, back=back, lead=lead, danger=danger)
