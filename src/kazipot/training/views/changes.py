"""The Service changes or cancels a session: first it sees who is told and what is planned anew."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kazipot.foundation.ui.form_page import REFUSED, carried_out, posted
from kazipot.organisation.access import Request, requires, user_of
from kazipot.training import access, operations, queries
from kazipot.training.exports.previews import cancellation_in_words, change_in_words
from kazipot.training.forms import CancelForm
from kazipot.training.forms.running import ChangeSessionForm

GET_AND_POST = ["GET", "POST"]
FIELDS = ("starts_on", "ends_on", "begins_at", "closes_at", "place", "capacity")


@require_http_methods(GET_AND_POST)
@requires("training.change_catalogue")
def change(request: Request, session_id: int) -> HttpResponse:
    """New days, hours, place or seats: looked at first, then carried out."""
    found = access.session_to_see(session_id)
    form = ChangeSessionForm(posted(request), initial={name: getattr(found, name) for name in FIELDS})
    words: list[str] = []
    if form.is_valid() and "confirm" not in request.POST:
        when = queries.When(**{name: form.cleaned_data[name] for name in FIELDS})
        words = change_in_words(queries.preview_of_change(found, when, on=request.today))
    elif "confirm" in request.POST and carried_out(form, lambda told: _change(request, found, told)):
        messages.success(request, _("The session has been changed, and everybody concerned is told."))
        return redirect("training:session", found.pk)
    return _page(request, found, form, words, title=_("Change the session"), button=_("Change the session"))


def _change(request: Request, found: access.TrainingSession, told: Mapping[str, Any]) -> None:
    operations.change_session(session_id=found.pk, **told, at=request.now, actor=user_of(request))


@require_http_methods(GET_AND_POST)
@requires("training.change_catalogue")
def cancel(request: Request, session_id: int) -> HttpResponse:
    """Cancel a planned session: looked at first, then carried out."""
    found = access.session_to_see(session_id)
    form = CancelForm(posted(request))
    words: list[str] = []
    if form.is_valid() and "confirm" not in request.POST:
        words = cancellation_in_words(queries.preview_of_cancellation(found, on=request.today))
    elif "confirm" in request.POST and carried_out(form, lambda told: _cancel(request, found, told)):
        messages.success(request, _("The session has been cancelled."))
        return redirect("training:session", found.pk)
    title = _("Cancel the session")
    return _page(request, found, form, words, title=title, button=title)


def _cancel(request: Request, found: access.TrainingSession, told: Mapping[str, Any]) -> None:
    operations.cancel_session(session_id=found.pk, because=told["because"], at=request.now, actor=user_of(request))


def _page(
    request: Request,
    found: access.TrainingSession,
    form: ChangeSessionForm | CancelForm,
    words: list[str],
    *,
    title: str,
    button: str,
) -> HttpResponse:
    context = {
        "session": found,
        "form": form,
        "words": words,
        "people": access.names_of(request, queries.told_by_head(found)) if words else [],
        "title": title,
        "button": button,
    }
    return render(request, "training/change.html", context, status=REFUSED if form.errors else None)
