"""Pages of M3."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from kazipot.foundation.errors import DomainError
from kazipot.foundation.models import User
from kazipot.foundation.pagination import page_of
from kazipot.organisation.access import Request, requires
from kazipot.training import access, operations, queries
from kazipot.training.forms import AttendanceForm, CancelForm, OfferSeatsForm

FAULTY = 422


@require_GET
@requires("training.see_catalogue")
def courses(request: Request) -> HttpResponse:
    """What can be learnt, and from whom."""
    return render(request, "training/courses.html", {"page": page_of(request, queries.courses())})


@require_GET
@requires("training.see_catalogue")
def sessions(request: Request) -> HttpResponse:
    """When courses take place."""
    return render(request, "training/sessions.html", {"page": page_of(request, queries.sessions())})


@require_GET
@requires("training.see_catalogue")
def session(request: Request, session_id: int) -> HttpResponse:
    """A session: what, when, where, and how many seats are taken."""
    found = access.session_to_see(session_id)
    context = {
        "session": found,
        "taught": queries.taught(found.course_id),
        "seats": queries.seats_of([found.pk])[found.pk],
        "free": queries.free_seats(found),
        "may_offer": request.actor.may("training.offer_seats") and found.status == "planned",
        "may_record": request.actor.may("training.record_attendance") and found.starts_on <= request.today,
    }
    return render(request, "training/session.html", context)


@require_http_methods(["GET", "POST"])
@requires("training.offer_seats")
def offer_seats(request: Request, session_id: int) -> HttpResponse:
    """Offer free seats to people whose need the course fits, by the fair rule."""
    found = access.session_to_see(session_id)
    form = OfferSeatsForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            made = operations.offer_seats(
                session_id=found.pk,
                reason="need",
                seed=found.pk * 1_000 + request.now.microsecond % 1_000,
                limit=form.cleaned_data["limit"],
                at=request.now,
                actor=cast(User, request.actor.user),
            )
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else None, error.message)
        else:
            messages.success(request, _("Seats offered: %(seats)s.") % {"seats": len(made.links)})
            return redirect("training:session", found.pk)
    context = {"session": found, "form": form, "free": queries.free_seats(found)}
    return render(request, "training/offer_seats.html", context, status=FAULTY if form.errors else None)


@require_http_methods(["GET", "POST"])
@requires("training.record_attendance")
def attendance(request: Request, session_id: int) -> HttpResponse:
    """Note who was present."""
    found = access.session_to_record(request, session_id)
    form = AttendanceForm(
        request.POST if request.method == "POST" else None, offers=queries.accepted_offers(found.pk), named=True
    )
    if form.is_valid():
        try:
            operations.record_attendance(
                session_id=found.pk,
                present=form.cleaned_data["present"],
                at=request.now,
                actor=cast(User, request.actor.user),
            )
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else None, error.message)
        else:
            messages.success(request, _("Attendance has been recorded."))
            return redirect("training:session", found.pk)
    context = {"session": found, "form": form}
    return render(request, "training/attendance.html", context, status=FAULTY if form.errors else None)


@require_http_methods(["GET", "POST"])
@requires("training.change_catalogue")
def cancel(request: Request, session_id: int) -> HttpResponse:
    """Cancel a planned session."""
    found = access.session_to_see(session_id)
    form = CancelForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            operations.cancel_session(
                session_id=found.pk,
                because=form.cleaned_data["because"],
                at=request.now,
                actor=cast(User, request.actor.user),
            )
        except DomainError as error:
            form.add_error(None, error.message)
        else:
            messages.success(request, _("The session has been cancelled."))
            return redirect("training:session", found.pk)
    context = {"session": found, "form": form}
    return render(request, "training/cancel.html", context, status=FAULTY if form.errors else None)


@never_cache
@require_http_methods(["GET", "POST"])
def offer(request: HttpRequest, token: str) -> HttpResponse:
    """A personal link: accept or decline a seat without an account."""
    found = access.offer_by_token(token)
    return _answer(cast(Request, request), found, signed_in=False)


@require_http_methods(["POST"])
@requires("training.see_own")
def answer(request: Request, offer_id: int) -> HttpResponse:
    """Accept or decline a seat when signed in."""
    return _answer(request, access.own_offer(request, offer_id), signed_in=True)


def _answer(request: Request, found: access.Offer, *, signed_in: bool) -> HttpResponse:
    fault = ""
    if request.method == "POST" and request.POST.get("answer") in {"accept", "decline"}:
        try:
            found = operations.answer_offer(
                offer_id=found.pk, accept=request.POST["answer"] == "accept", at=request.now, actor=request.actor.user
            )
        except DomainError as error:
            fault = str(error.message)
        else:
            if signed_in:
                messages.success(request, _("Your answer has been saved."))
                return redirect("training:own")
    open_ = found.state == "offered" and found.answer_by >= request.today and found.session.status == "planned"
    context = {"offer": found, "session": found.session, "open": open_, "fault": fault}
    return render(request, "training/offer.html", context, status=FAULTY if fault else None)


@require_GET
@requires("training.see_own")
def own(request: Request) -> HttpResponse:
    """My offers and attendance, mine alone."""
    person = request.actor.person
    rows = queries.offers_of(person.pk if person else 0)
    attended = queries.attended_of(person.pk) if person else frozenset()
    return render(request, "training/own.html", {"page": page_of(request, rows), "attended": attended})
