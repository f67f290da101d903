"""A session's room: who has signed in, on the trainer's phone, on paper, or from a table."""

from collections.abc import Mapping
from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from kazipot.foundation.downloads import download
from kazipot.foundation.errors import DomainError
from kazipot.foundation.ui.form_page import carried_out, form_page, posted
from kazipot.foundation.ui.templatetags.ui import day
from kazipot.organisation import queries as organisation
from kazipot.organisation.access import Request, requires, user_of
from kazipot.training import access, operations, queries
from kazipot.training.exports.sheets import attendance_sheet, attendance_table
from kazipot.training.forms.running import AttendanceFileForm
from kazipot.training.imports.attendance import read_attendance
from kazipot.training.views.offers import kept_private

GET_AND_POST = ["GET", "POST"]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_GET
@kept_private
def enter_room(request: HttpRequest, link: str) -> HttpResponseBase:
    """A trainer's link opens the session's room on their phone; the address itself stays out of the history."""
    access.enter_room(cast(Request, request), link)
    return redirect("training:room-here")


@require_http_methods(GET_AND_POST)
@kept_private
def room_here(request: HttpRequest) -> HttpResponseBase:
    """The room that is open on this phone."""
    asked = cast(Request, request)
    return _room(asked, access.room_here(asked), reverse("training:room-here"))


@require_http_methods(GET_AND_POST)
@requires("training.record_attendance")
def room(request: Request, session_id: int) -> HttpResponseBase:
    """The room of a session, for who is signed in."""
    found = access.session_to_record(request, session_id)
    return _room(request, found, reverse("training:room", args=(found.pk,)))


def _room(request: Request, found: access.TrainingSession, address: str) -> HttpResponseBase:
    if request.method == "POST":
        try:
            _carry_out(request, found)
        except DomainError as error:
            messages.error(request, str(error.message))
        return redirect(address)
    rows = queries.at_the_door(found.pk)
    link = reverse("training:enter-room", args=(queries.room_link_of(found.pk),))
    context = {
        "session": found,
        "rows": rows,
        "there": sum(row.attended is True for row in rows),
        "open": found.status == "planned" and found.starts_on <= request.today <= found.ends_on,
        "may_close": found.status == "planned" and found.starts_on <= request.today,
        "link": request.build_absolute_uri(link) if request.actor.may("training.record_attendance") else "",
        "address": address,
    }
    return render(request, "training/room.html", context)


def _carry_out(request: Request, found: access.TrainingSession) -> None:
    at, actor = request.now, request.actor.user
    if "close" in request.POST:
        there = operations.close_attendance(session_id=found.pk, at=at, actor=actor)
        text = ngettext("%(n)s person was there.", "%(n)s people were there.", there) % {"n": there}
        messages.success(request, f"{_('The attendance is recorded.')} {text}")
        return
    chosen = request.POST.get("sign_in") or request.POST.get("undo") or ""
    offer = access.seat_in_session(found, int(chosen) if chosen.isascii() and chosen.isdigit() else 0)
    if "sign_in" in request.POST:
        operations.sign_in_seat(offer_id=offer.pk, at=at, actor=actor)
    else:
        operations.undo_sign_in(offer_id=offer.pk, at=at, actor=actor)


@require_http_methods(GET_AND_POST)
@kept_private
def ticket(request: HttpRequest, ticket: str) -> HttpResponseBase:
    """What the trainer's phone shows after reading somebody's code; on any other phone: show it to the trainer."""
    asked = cast(Request, request)
    found = queries.offer_of_ticket(ticket)
    if found is None:
        raise Http404
    if not access.may_sign_in(asked, found.session):
        return render(request, "training/ticket_elsewhere.html", {"session": found.session})
    fault, done = "", False
    if request.method == "POST":
        try:
            operations.sign_in_seat(offer_id=found.pk, at=asked.now, actor=asked.actor.user)
        except DomainError as error:
            fault = str(error.message)
        else:
            done = True
    own_room = asked.session.get(access.ROOM) == found.session_id
    context = {
        "offer": found,
        "session": found.session,
        "unit": _unit_names(asked).get(found.unit_id, found.unit.code),
        "fault": fault,
        "done": done,
        "room": reverse("training:room-here") if own_room else reverse("training:room", args=(found.session_id,)),
    }
    return render(request, "training/ticket.html", context, status=422 if fault else None)


def _unit_names(request: Request) -> dict[int, str]:
    return {unit.id: unit.name for unit in organisation.units_on(request.today)}


@require_GET
@requires("training.record_attendance")
def sheet(request: Request, session_id: int) -> HttpResponseBase:
    """The list to be signed, on paper."""
    found = access.session_to_record(request, session_id)
    content = attendance_sheet(found, queries.at_the_door(found.pk), _unit_names(request), at=request.now)
    return download(f"{_('attendance')}-{found.starts_on:%Y-%m-%d}.pdf", "application/pdf", content)


@require_GET
@requires("training.record_attendance")
def table(request: Request, session_id: int) -> HttpResponseBase:
    """The list to be filled in and uploaded."""
    found = access.session_to_record(request, session_id)
    content = attendance_table(queries.at_the_door(found.pk), _unit_names(request))
    return download(f"{_('attendance')}-{found.starts_on:%Y-%m-%d}.xlsx", XLSX, content)


@require_http_methods(GET_AND_POST)
@requires("training.record_attendance")
def upload(request: Request, session_id: int) -> HttpResponse:
    """Record the attendance from a filled-in table; a faulty one records nothing."""
    found = access.session_to_record(request, session_id)
    form = AttendanceFileForm(posted(request), request.FILES or None, is_correction=found.status == "held")

    def record(told: Mapping[str, Any]) -> None:
        offers = {offer.pk: offer for offer in queries.accepted_offers(found.pk)}
        operations.record_attendance(
            session_id=found.pk,
            present=read_attendance(told["file"].name, told["file"].read(), offers=offers),
            because=told.get("because", ""),
            source="file",
            at=request.now,
            actor=user_of(request),
        )

    if carried_out(form, record):
        messages.success(request, _("Attendance has been recorded."))
        return redirect("training:room", found.pk)
    back = (reverse("training:room", args=(found.pk,)), _("Attendance"))
    lead = f"{found.course.title}, {day(found.starts_on)}"
    return form_page(
        request, form, title=_("Upload the attendance"), button=_("Upload"), back=back, lead=lead
    )  # fmt: skip
