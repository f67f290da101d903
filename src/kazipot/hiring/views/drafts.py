"""A posting's way: drafted, checked, wording taken over, submitted, approved, published through the gate."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kazipot.foundation.errors import DomainError
from kazipot.foundation.ui.form_page import carried_out, form_page, posted
from kazipot.hiring import access, operations, queries
from kazipot.hiring.forms import BecauseForm, DraftForm, PublishForm, TextForm
from kazipot.hiring.imports import posting_text
from kazipot.organisation import queries as organisation
from kazipot.organisation.access import Request, requires, user_of

GET_AND_POST = ["GET", "POST"]


@require_http_methods(GET_AND_POST)
@requires("hiring.change")
def new_draft(request: Request) -> HttpResponse:
    """Draft a posting; its text is checked at once."""
    reach = request.actor.reach("hiring.change")
    units = [row for row in organisation.units_on(request.today) if reach.covers(employer_id=row.employer_id)]
    profiles = [(row.pk, row.name) for row in organisation.job_profiles()]
    files = request.FILES if request.method == "POST" else None
    form = DraftForm(posted(request), files, units=units, profiles=profiles)
    made: list[int] = []

    def draft(told: Mapping[str, Any]) -> None:
        posting = operations.draft_posting(
            unit_id=told["unit"], reference=told["reference"], title=told["title"], kind=told["kind"],
            profile_id=told["profile"], text=_text_of(told), at=request.now, actor=user_of(request),
        )  # fmt: skip
        made.append(posting.pk)

    if carried_out(form, draft):
        return redirect("hiring:posting", made[0])
    back = (reverse("hiring:postings"), _("Job postings"))
    return form_page(request, form, title=_("Draft a posting"), button=_("Save and check"), back=back)


def _text_of(told: Mapping[str, Any]) -> str:
    return posting_text(told["file"].read(), told["file"].name) if told["file"] else told["text"]


@require_http_methods(GET_AND_POST)
@requires("hiring.change")
def revise(request: Request, posting_id: int) -> HttpResponse:
    """A new version of the text."""
    found = access.posting_for(request, "hiring.change", posting_id)
    latest = queries.latest_text(found.pk)
    files = request.FILES if request.method == "POST" else None
    form = TextForm(posted(request), files, initial={"text": latest.text if latest else ""})
    if carried_out(
        form,
        lambda told: operations.revise_text(
            posting_id=found.pk, text=_text_of(told), at=request.now, actor=user_of(request)
        ),
    ):
        return redirect("hiring:posting", found.pk)
    return _page(request, found, form, title=_("Text of the posting"), button=_("Save and check"))


@require_POST
@requires("hiring.change")
def take_over(request: Request, posting_id: int) -> HttpResponse:
    """Chosen wording is put under the text."""
    found = access.posting_for(request, "hiring.change", posting_id)
    offered = {row.code: row.wording for row in queries.missing(found, on=request.today)}
    sentences = [offered[code] for code in request.POST.getlist("wording") if code in offered]
    if not sentences:
        messages.warning(request, _("Nothing was chosen. Tick what the posting is to demand."))
        return redirect("hiring:posting", found.pk)
    return _step(
        request, found,
        lambda: operations.take_over_wording(
            posting_id=found.pk, sentences=sentences, at=request.now, actor=user_of(request)
        ),
        _("The wording has been added to the text."),
    )  # fmt: skip


@require_POST
@requires("hiring.change")
def submit(request: Request, posting_id: int) -> HttpResponse:
    """Give the draft to be approved."""
    found = access.posting_for(request, "hiring.change", posting_id)
    said = _("The posting waits for approval.")
    return _step(
        request, found,
        lambda: operations.submit(posting_id=found.pk, at=request.now, actor=user_of(request)), said,
    )  # fmt: skip


@require_POST
@requires("hiring.approve")
def approve(request: Request, posting_id: int) -> HttpResponse:
    """Approve it."""
    found = access.posting_for(request, "hiring.approve", posting_id)
    said = _("The posting is approved and can be published.")
    return _step(
        request, found,
        lambda: operations.approve(posting_id=found.pk, at=request.now, actor=user_of(request)), said,
    )  # fmt: skip


@require_http_methods(GET_AND_POST)
@requires("hiring.approve")
def send_back(request: Request, posting_id: int) -> HttpResponse:
    """Send it back to its author."""
    found = access.posting_for(request, "hiring.approve", posting_id)
    form = BecauseForm(posted(request))
    if carried_out(
        form,
        lambda told: operations.send_back(
            posting_id=found.pk, because=told["because"], at=request.now, actor=user_of(request)
        ),
    ):
        return redirect("hiring:posting", found.pk)
    title = _("Send the posting back")
    return _page(request, found, form, title=title, button=title)


@require_http_methods(GET_AND_POST)
@requires("hiring.override")
def override(request: Request, posting_id: int) -> HttpResponse:
    """Let a posting pass without selected requirements."""
    found = access.posting_for(request, "hiring.override", posting_id)
    form = BecauseForm(posted(request))
    if carried_out(
        form,
        lambda told: operations.override_gate(
            posting_id=found.pk, reason=told["because"], at=request.now, actor=user_of(request)
        ),
    ):
        return redirect("hiring:posting", found.pk)
    text = _("Exceptions are counted and shown beside the indicator, with your name and reason.")
    return _page(request, found, form, title=_("Let the posting pass"), button=_("Let it pass"), text=text)


@require_http_methods(GET_AND_POST)
@requires("hiring.change")
def publish(request: Request, posting_id: int) -> HttpResponse:
    """Mark an approved posting as published."""
    found = access.posting_for(request, "hiring.change", posting_id)
    form = PublishForm(posted(request), today=request.today)
    if carried_out(
        form,
        lambda told: operations.publish(
            posting_id=found.pk, published_on=told["published_on"], closes_on=told["closes_on"],
            at=request.now, actor=user_of(request),
        ),
    ):  # fmt: skip
        messages.success(request, _("The posting has been published."))
        return redirect("hiring:posting", found.pk)
    title = _("Publish the posting")
    return _page(request, found, form, title=title, button=title)


def _step(request: Request, found: access.JobPosting, work: Any, said: str) -> HttpResponse:
    try:
        work()
    except DomainError as error:
        messages.error(request, str(error.message))
    else:
        messages.success(request, said)
    return redirect("hiring:posting", found.pk)


def _page(
    request: Request, found: access.JobPosting, form: Any, *, title: str, button: str, text: str = ""
) -> HttpResponse:
    back = (reverse("hiring:posting", args=(found.pk,)), found.title)
    return form_page(request, form, title=title, button=button, back=back, lead=found.title, text=text)
