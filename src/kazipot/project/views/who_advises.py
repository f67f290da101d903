"""Who is my advisor? For people without an account: by a personal link or the code of a slip, whatever it is for."""

from datetime import date
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kazipot.advisors import queries as advisors
from kazipot.foundation import guessing
from kazipot.foundation.tokens import digest, is_typed
from kazipot.foundation.ui.form_page import REFUSED, posted
from kazipot.needs import queries as needs
from kazipot.organisation.access import Request
from kazipot.organisation.models import Person
from kazipot.training import queries as training
from kazipot.verification import queries as verification
from kazipot.verification.forms import CodeForm
from kazipot.verification.views.sitting import kept_private

NOT_FOUND, TOO_MANY = 404, 429


@require_http_methods(["GET", "POST"])
@kept_private
def by_code(request: HttpRequest) -> HttpResponse:
    """Type the code of a slip; who advises is told at once, and no secret stands in the address."""
    if guessing.is_guessing(request):
        return render(request, "verification/too_many.html", status=TOO_MANY)
    form = CodeForm(posted(request))
    if form.is_valid():
        person = _behind(form.cleaned_data["code"], on=cast(Request, request).today)
        if person is not None:
            return _told(request, person)
        guessing.note_wrong_code(request)
        form.add_error("code", _("This code is not valid. Look at the slip again: twelve letters and numbers."))
    return render(request, "project/who_advises_code.html", {"form": form}, status=REFUSED if form.errors else None)


@require_GET
@kept_private
def by_link(request: HttpRequest, token: str) -> HttpResponse:
    """Who advises the holder of a personal link: to a questionnaire, a seat or the test."""
    if is_typed(token) and guessing.is_guessing(request):
        return render(request, "verification/too_many.html", status=TOO_MANY)
    person = _behind(token, on=cast(Request, request).today)
    if person is None:
        guessing.note_wrong_code(request)
        return render(request, "project/who_advises_code.html", {"form": CodeForm(), "lost": True}, status=NOT_FOUND)
    return _told(request, person)


def _behind(token: str, *, on: date) -> Person | None:
    """Whose secret it is; nothing but that is asked. Four queries at most."""
    invitation = needs.invitation_by_token(token)
    if invitation is not None:
        return invitation.person
    way_in = verification.access_by_code(token, on=on) or training.offer_by_digest(digest(token))
    return way_in.person if way_in is not None else None


def _told(request: HttpRequest, person: Person) -> HttpResponse:
    contacts = advisors.contacts_of(person, on=cast(Request, request).today)
    return render(request, "project/who_advises.html", {"contacts": contacts})
