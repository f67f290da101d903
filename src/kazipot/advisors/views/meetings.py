"""Meetings of advisors with the Service."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kazipot.advisors import access, operations, queries
from kazipot.advisors.exports import meeting_calendar
from kazipot.advisors.forms import BecauseForm, CallForm, MeetingForm, MinutesForm
from kazipot.advisors.operations import Planned
from kazipot.foundation.downloads import download
from kazipot.foundation.pagination import page_of
from kazipot.foundation.ui.form_page import carried_out, form_page, posted
from kazipot.organisation.access import Request, requires, user_of

GET_AND_POST = ["GET", "POST"]


@require_GET
@requires("advisors.meet")
def meetings(request: Request) -> HttpResponse:
    """Meetings, the latest first: one's own, or all for the Service."""
    person, service = request.actor.person, access.is_service(request)
    rows = queries.meetings() if service else queries.meetings_of(person.pk if person else 0)
    return render(request, "advisors/meetings.html", {"page": page_of(request, rows), "may_call": service})


@require_GET
@requires("advisors.meet")
def meeting(request: Request, meeting_id: int) -> HttpResponse:
    """Agenda, minutes, and who was there."""
    found = access.meeting_to_see(request, meeting_id)
    service = access.is_service(request)
    context = {
        "meeting": found,
        "page": page_of(request, queries.guests_of(found.pk)),
        "may_change": service and found.cancelled_at is None,
        "begun": found.starts_at <= request.now,
    }
    return render(request, "advisors/meeting.html", context)


@require_GET
@requires("advisors.meet")
def calendar(request: Request, meeting_id: int) -> HttpResponseBase:
    """A meeting for one's calendar."""
    found = access.meeting_to_see(request, meeting_id)
    return download("srecanje.ics", "text/calendar", meeting_calendar(found, at=request.now))


@require_http_methods(GET_AND_POST)
@requires("advisors.lead")
def call_meeting(request: Request) -> HttpResponse:
    """Invite advisors to a meeting."""
    people = list({person.pk: person for person, _unit in queries.advisors_on(request.today)}.values())
    form = CallForm(posted(request), people=people, today=request.today)
    if carried_out(
        form,
        lambda told: operations.call_meeting(
            planned=_planned(form), person_ids=told["advisors"], at=request.now, actor=user_of(request)
        ),
    ):
        messages.success(request, _("The invitations have been sent."))
        return redirect("advisors:meetings")
    return form_page(request, form, title=_("Call a meeting"), button=_("Send the invitations"), back=_back())


@require_http_methods(GET_AND_POST)
@requires("advisors.lead")
def change_meeting(request: Request, meeting_id: int) -> HttpResponse:
    """Another time, place or agenda."""
    found = access.meeting_to_change(meeting_id)
    begin, end = timezone.localtime(found.starts_at), timezone.localtime(found.ends_at)
    initial = {
        "title": found.title, "day": begin.date(), "starts": begin.time(), "ends": end.time(), "place": found.place,
        "agenda": found.agenda,
    }  # fmt: skip
    form = MeetingForm(posted(request), initial=initial)
    if carried_out(
        form,
        lambda _told: operations.change_meeting(
            meeting_id=found.pk, planned=_planned(form), at=request.now, actor=user_of(request)
        ),
    ):
        messages.success(request, _("Everybody invited has been told of the change."))
        return redirect("advisors:meeting", found.pk)
    return form_page(request, form, title=_("Change the meeting"), button=_("Save"), back=_back(found))


@require_http_methods(GET_AND_POST)
@requires("advisors.lead")
def cancel_meeting(request: Request, meeting_id: int) -> HttpResponse:
    """Cancel a meeting."""
    found = access.meeting_to_change(meeting_id)
    form = BecauseForm(posted(request))
    if carried_out(
        form,
        lambda told: operations.cancel_meeting(
            meeting_id=found.pk, because=told["because"], at=request.now, actor=user_of(request)
        ),
    ):
        return redirect("advisors:meeting", found.pk)
    title = _("Cancel the meeting")
    return form_page(request, form, title=title, button=title, back=_back(found), lead=found.title, danger=True)


@require_http_methods(GET_AND_POST)
@requires("advisors.lead")
def minutes(request: Request, meeting_id: int) -> HttpResponse:
    """Write the minutes and say who was there."""
    found = access.meeting_to_change(meeting_id)
    guests = list(queries.guests_of(found.pk))
    there = [guest.person_id for guest in guests if guest.attended is not False]
    form = MinutesForm(
        posted(request), people=[guest.person for guest in guests],
        initial={"minutes": found.minutes, "attended": there},
    )  # fmt: skip
    if carried_out(
        form,
        lambda told: operations.record_minutes(
            meeting_id=found.pk, minutes=told["minutes"], attended=told["attended"], at=request.now,
            actor=user_of(request),
        ),
    ):  # fmt: skip
        return redirect("advisors:meeting", found.pk)
    return form_page(request, form, title=_("Minutes"), button=_("Save"), back=_back(found), lead=found.title)


def _planned(form: MeetingForm) -> Planned:
    told = form.cleaned_data
    begin, end = form.span()
    return Planned(told["title"], told["place"], begin, end, told["agenda"])


def _back(found: access.CalledMeeting | None = None) -> tuple[str, str]:
    if found is None:
        return reverse("advisors:meetings"), _("Meetings")
    return reverse("advisors:meeting", args=[found.pk]), found.title
