"""An offer of a seat: by a personal link, by the code of a slip on any device, or signed in."""

import json
from collections.abc import Callable
from functools import wraps
from typing import Concatenate, cast

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kazipot.foundation import guessing
from kazipot.foundation.downloads import download
from kazipot.foundation.errors import DomainError
from kazipot.foundation.tokens import is_typed
from kazipot.foundation.ui.form_page import REFUSED, posted
from kazipot.organisation.access import Request, requires
from kazipot.training import access, operations, queries
from kazipot.training.choices import DeclineReason
from kazipot.training.exports.own import own_calendar, own_record
from kazipot.training.exports.refusals import why
from kazipot.training.exports.tickets import qr_svg
from kazipot.training.forms.running import SeatCodeForm

GET_AND_POST = ["GET", "POST"]
NOT_FOUND, TOO_MANY = 404, 429
ACCEPT, DECLINE, GIVE_UP = "accept", "decline", "give_up"


def kept_private[**P](
    view: Callable[Concatenate[HttpRequest, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """A page that no cache keeps and no search engine lists, and whose address goes to no other site."""

    @wraps(view)
    def private(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        add_never_cache_headers(response)
        response.headers["Referrer-Policy"] = "same-origin"
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    return cast(Callable[Concatenate[HttpRequest, P], HttpResponseBase], private)


@require_http_methods(GET_AND_POST)
@kept_private
def offer(request: HttpRequest, token: str) -> HttpResponseBase:
    """A personal link, or the QR code of a slip: accept, decline or give up a seat without an account."""
    asked = cast(Request, request)
    if is_typed(token) and guessing.is_guessing(request):
        return render(request, "training/too_many.html", status=TOO_MANY)
    found = _by_token(request, token)
    if asked.session.get(access.ROOM) == found.session_id:
        return redirect("training:ticket", queries.ticket_of(found.pk))
    files = [reverse(f"training:offer-{name}", args=(token,)) for name in ("calendar", "record")]
    return _answer(asked, found, calendar=files[0], record=files[1])


def _by_token(request: HttpRequest, token: str) -> access.Offer:
    """The offer of a link or a code; a wrong code is counted, and either is a 404."""
    found = access.offer_by_secret(token)
    if found is None:
        if is_typed(token):
            guessing.note_wrong_code(request)
        raise Http404
    return found


@require_GET
@kept_private
def offer_calendar(request: HttpRequest, token: str) -> HttpResponseBase:
    """The accepted seat of a personal link as a file for calendars."""
    if is_typed(token) and guessing.is_guessing(request):
        return render(request, "training/too_many.html", status=TOO_MANY)
    found = _by_token(request, token)
    if found.state != "accepted":
        raise Http404
    return download("kazipot.ics", "text/calendar", own_calendar([found], at=cast(Request, request).now))


@require_GET
@kept_private
def offer_record(request: HttpRequest, token: str) -> HttpResponseBase:
    """The holder's offers, seats and lists as data to take away (docs/decisions/what-a-personal-link-opens.md)."""
    if is_typed(token) and guessing.is_guessing(request):
        return render(request, "training/too_many.html", status=TOO_MANY)
    person_id = _by_token(request, token).person_id
    told = own_record(queries.offers_of(person_id), queries.entries_of(person_id), queries.attended_of(person_id))
    content = (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()
    return download("my-training.json", "application/json", content)


@require_http_methods(GET_AND_POST)
@kept_private
def enter(request: HttpRequest) -> HttpResponseBase:
    """Type the code of a slip, on any device: a phone, or a tablet that everybody at the depot uses."""
    if guessing.is_guessing(request):
        return render(request, "training/too_many.html", status=TOO_MANY)
    form = SeatCodeForm(posted(request))
    if form.is_valid():
        if access.enter_here(cast(Request, request), form.cleaned_data["code"]):
            return redirect("training:here")
        guessing.note_wrong_code(request)
        form.add_error("code", _("This code is not valid. Look at the slip again: twelve letters and numbers."))
    return render(request, "training/enter.html", {"form": form}, status=REFUSED if form.errors else None)


@require_http_methods(GET_AND_POST)
@kept_private
def here(request: HttpRequest) -> HttpResponseBase:
    """The offer of the code that was typed on this device."""
    found = access.offer_here(cast(Request, request))
    return redirect("training:enter") if found is None else _answer(cast(Request, request), found, shared=True)


@require_POST
@kept_private
def leave(request: HttpRequest) -> HttpResponseBase:
    """Leave a shared device: nothing of the person stays on it."""
    request.session.flush()
    response = redirect("training:enter")
    response.delete_cookie(settings.LANGUAGE_COOKIE_NAME)
    return response


@require_POST
@requires("training.see_own")
def answer(request: Request, offer_id: int) -> HttpResponseBase:
    """Accept or decline a seat when signed in."""
    return _answer(request, access.own_offer(request, offer_id), signed_in=True)


def _answer(
    request: Request,
    found: access.Offer,
    *,
    signed_in: bool = False,
    shared: bool = False,
    calendar: str = "",
    record: str = "",
) -> HttpResponse:
    fault = ""
    wanted = request.POST.get("answer", "")
    if request.method == "POST" and wanted in {ACCEPT, DECLINE, GIVE_UP}:
        try:
            found = _carry_out(request, found, wanted)
        except DomainError as error:
            fault = str(error.message)
            found.refresh_from_db()  # somebody, or the same press sent twice, was first
        else:
            if signed_in:
                messages.success(request, _("Your answer has been saved."))
                return redirect("training:own")
    session = found.session
    accepted = found.state == "accepted"
    context = {
        "offer": found,
        "session": session,
        "open": found.state == "offered" and found.answer_by >= request.today and session.status == "planned",
        "may_give_up": accepted and session.status == "planned" and session.starts_on > request.today,
        "reasons": DeclineReason.choices,
        "ticket": qr_svg(request.build_absolute_uri(reverse("training:ticket", args=(queries.ticket_of(found.pk),))))
        if accepted and session.status == "planned"
        else "",
        "calendar": calendar if accepted else "",
        "words": _why_closed(request, found),
        "record": record,
        "shared": shared,
        "fault": fault,
    }
    return render(request, "training/offer.html", context, status=REFUSED if fault else None)


def _why_closed(request: Request, found: access.Offer) -> list[str]:
    """Why an offer that nobody answered is no longer there."""
    if found.state not in {"expired", "withdrawn"}:
        return []
    return why(queries.explain(found.session, found.person_id, on=request.today))


def _carry_out(request: Request, found: access.Offer, wanted: str) -> access.Offer:
    because = request.POST.get("because", "")
    because = because if because in DeclineReason.values else ""
    if wanted == GIVE_UP:
        return operations.give_up_seat(offer_id=found.pk, because=because, at=request.now, actor=request.actor.user)
    return operations.answer_offer(
        offer_id=found.pk, accept=wanted == ACCEPT, because=because, at=request.now, actor=request.actor.user
    )
