"""What an employee does with their seats: gives one up, moves it, waits for one, and sees why there is none."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kazipot.foundation.downloads import download
from kazipot.foundation.errors import DomainError
from kazipot.foundation.pagination import page_of
from kazipot.foundation.ui.form_page import carried_out, form_page, posted
from kazipot.foundation.ui.templatetags.ui import day
from kazipot.framework import queries as framework
from kazipot.organisation.access import Request, requires, user_of
from kazipot.training import access, operations, queries
from kazipot.training.choices import DeclineReason
from kazipot.training.exports import planner
from kazipot.training.exports.own import own_calendar
from kazipot.training.exports.refusals import why as why_in_words
from kazipot.training.exports.tickets import qr_svg
from kazipot.training.forms.running import GiveUpForm, SwapForm

GET_AND_POST = ["GET", "POST"]


@require_GET
@requires("training.see_own")
def own(request: Request) -> HttpResponse:
    """My offers, seats, lists and attendance, mine alone."""
    person_id = request.actor.person.pk if request.actor.person else 0
    context = {
        "page": page_of(request, queries.offers_of(person_id)),
        "attended": queries.attended_of(person_id),
        "entries": list(queries.entries_of(person_id)),
        "swaps": list(queries.swaps_for(person_id)),
        "asked": queries.swaps_asked_by(person_id),
        "reasons": DeclineReason.choices,
        "plan_words": _plan_words(person_id, request.today.year),
        "today": request.today,
    }
    return render(request, "training/own.html", context)


def _plan_words(person_id: int, year: int) -> list[str]:
    """What the year's plan gave the person and why, in words; nothing while none is published."""
    found = queries.outcome_of(person_id, year)
    if found is None:
        return []
    told = found.outcome
    named = {session for session, _fitted in told["offered"]} | {s for r in told["reasons"] for s in r["sessions"]}
    competences = {name for _session, names in told["offered"] for name in names} | set(told["unmet"])
    titles = {
        name: f"{session.course.title}, {day(session.starts_on)}"
        for name, session in queries.priced_sessions(named).items()
    }
    words = {f"c{row.id}": row.name for row in framework.competences_by_id({int(name[1:]) for name in competences})}
    return planner.why_in_words(told, titles, words, with_needs=True)


@require_http_methods(GET_AND_POST)
@requires("training.see_own")
def give_up(request: Request, offer_id: int) -> HttpResponse:
    """Give an accepted seat up, so that somebody else gets it."""
    found = access.own_offer(request, offer_id)
    form = GiveUpForm(posted(request))
    if carried_out(
        form,
        lambda told: operations.give_up_seat(
            offer_id=found.pk, because=told["because"], at=request.now, actor=user_of(request)
        ),
    ):
        messages.success(request, _("You have given the seat up. It is offered to whoever is next in line."))
        return redirect("training:own")
    text = _("The seat goes to the next person in line at once. This year the course is not offered to you again.")
    title = _("Give the seat up")
    return form_page(
        request, form, title=title, button=title, back=_own(), lead=_seat(found), text=text, danger=True
    )  # fmt: skip


@require_http_methods(GET_AND_POST)
@requires("training.see_own")
def swap(request: Request, offer_id: int) -> HttpResponse:
    """Move an accepted seat to another day: where one is free at once, elsewhere by changing places."""
    found = access.own_offer(request, offer_id)
    if found.state != "accepted" or found.session.starts_on <= request.today:
        raise Http404
    form = SwapForm(posted(request))
    if form.is_bound and carried_out(form, lambda told: _move(request, found, told)):
        return redirect("training:own")
    days = queries.other_days(found, on=request.today)
    fault = "; ".join(str(text) for text in form.non_field_errors()) if form.is_bound else ""
    context = {"offer": found, "days": days, "fault": fault}
    return render(request, "training/swap.html", context, status=422 if fault else None)


def _move(request: Request, found: access.Offer, told: Mapping[str, Any]) -> None:
    days = {row.session.pk: row for row in queries.other_days(found, on=request.today)}
    wanted = days.get(told["session"])
    if wanted is None:
        raise DomainError(_("This session cannot be chosen. Choose one from the list."))
    if wanted.free:
        operations.move_seat(offer_id=found.pk, session_id=wanted.session.pk, at=request.now, actor=user_of(request))
        messages.success(request, _("Your seat has been moved."))
        return
    asked = operations.ask_session_to_swap(
        offer_id=found.pk, session_id=wanted.session.pk, at=request.now, actor=user_of(request)
    )
    text = ngettext(
        "%(number)s person has been asked to change places with you.",
        "%(number)s people have been asked to change places with you.",
        asked,
    )
    messages.success(request, text % {"number": asked})


@require_POST
@requires("training.see_own")
def answer_swap(request: Request, swap_id: int) -> HttpResponse:
    """Agree to change places, or refuse."""
    found = access.own_swap(request, swap_id)
    agree = request.POST.get("answer") == "agree"
    try:
        operations.answer_swap(swap_id=found.pk, agree=agree, at=request.now, actor=user_of(request))
    except DomainError as error:
        messages.error(request, str(error.message))
    else:
        messages.success(request, _("You have changed places.") if agree else _("You keep your seat."))
    return redirect("training:own")


@require_POST
@requires("training.see_own")
def join_line(request: Request, code: str) -> HttpResponse:
    """Wait for a seat in a course: in any session, also one that has no date yet."""
    course = access.course_to_join(code)
    person = request.actor.person
    try:
        operations.join_line(
            course_id=course.pk, person_ids=[person.pk] if person else [], at=request.now, actor=user_of(request)
        )
    except DomainError as error:
        messages.error(request, str(error.message))
        return redirect("training:course", course.code)
    messages.success(request, _("You are on the list. A seat will be offered to you when it is your turn."))
    return redirect("training:own")


@require_POST
@requires("training.see_own")
def leave_line(request: Request, entry_id: int) -> HttpResponse:
    """Wait no longer."""
    found = access.own_entry(request, entry_id)
    operations.leave_line(entry_id=found.pk, at=request.now, actor=user_of(request))
    messages.success(request, _("You are no longer on the list."))
    return redirect("training:own")


@require_GET
@requires("training.see_own")
def why(request: Request, session_id: int) -> HttpResponse:
    """Why I have a seat in a session, or none."""
    found = access.session_to_see(session_id)
    told = queries.explain(found, request.actor.person.pk if request.actor.person else 0, on=request.today)
    context = {"session": found, "words": why_in_words(told), "told": told}
    return render(request, "training/why.html", context)


@require_GET
@requires("training.see_own")
def own_ticket(request: Request, offer_id: int) -> HttpResponse:
    """The code that I show to the trainer."""
    found = access.own_offer(request, offer_id)
    if found.state != "accepted":
        raise Http404
    address = request.build_absolute_uri(reverse("training:ticket", args=(queries.ticket_of(found.pk),)))
    return render(request, "training/own_ticket.html", {"offer": found, "ticket": qr_svg(address)})


@require_GET
@requires("training.see_own")
def calendar(request: Request) -> HttpResponseBase:
    """My accepted seats as a file for calendars."""
    rows = queries.offers_of(request.actor.person.pk if request.actor.person else 0)
    seats = rows.filter(state="accepted").exclude(session__status="cancelled").select_related("person")
    return download(
        "kazipot.ics", "text/calendar", own_calendar(seats.select_related("session__course"), at=request.now)
    )


def _own() -> tuple[str, str]:
    return reverse("training:own"), _("My training")


def _seat(found: access.Offer) -> str:
    return f"{found.session.course.title}, {day(found.session.starts_on)}"
