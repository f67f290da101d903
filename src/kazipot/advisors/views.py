"""Pages of M1."""

from datetime import date
from typing import cast

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kazipot.advisors import access, operations, queries
from kazipot.advisors.forms import AppointForm, EndForm, ReplaceForm
from kazipot.foundation.errors import DomainError
from kazipot.foundation.models import User
from kazipot.foundation.pagination import page_of
from kazipot.organisation.access import Request, requires

FAULTY = 422


@require_GET
@requires("advisors.see")
def units(request: Request) -> HttpResponse:
    """Which unit has which advisor on a day, vacancies first."""
    on = _day(request)
    rows = queries.coverage(on)
    context = {
        "on": on,
        "page": page_of(request, rows),
        "required": sum(row.unit.must_have_advisor for row in rows),
        "vacant": sum(row.vacant for row in rows),
        "may_appoint": request.actor.may("advisors.appoint") and on == request.today,
    }
    return render(request, "advisors/units.html", context)


@require_GET
@requires("advisors.see")
def unit(request: Request, employer_code: str, unit_code: str) -> HttpResponse:
    """A unit's advisors, now and before."""
    found = access.unit_to_see(request, employer_code, unit_code)
    history = queries.history(found.id)
    context = {
        "unit": found,
        "advisors": queries.advisors_of(found.id, on=request.today),
        "page": page_of(request, history),
        "may_appoint": request.actor.reach("advisors.appoint").covers(employer_id=found.employer_id, unit_id=found.id),
    }
    return render(request, "advisors/unit.html", context)


@require_http_methods(["GET", "POST"])
@requires("advisors.appoint")
def appoint(request: Request, employer_code: str, unit_code: str) -> HttpResponse:
    """Appoint an advisor for a unit."""
    found = access.unit_to_appoint_in(request, employer_code, unit_code)
    people = queries.candidates(found.employer_id, on=request.today, prefer_unit_id=found.id)
    form = AppointForm(_posted(request), people=people, today=request.today)
    if form.is_valid():
        try:
            operations.appoint(
                unit_id=found.id,
                person_id=form.cleaned_data["person"],
                valid_from=form.cleaned_data["valid_from"],
                decision_reference=form.cleaned_data["decision_reference"],
                at=request.now,
                actor=cast(User, request.actor.user),
            )
        except DomainError as error:
            form.add_error(error.field, error.message)
        else:
            messages.success(request, _("The advisor has been appointed."))
            return redirect("advisors:unit", employer_code, unit_code)
    return _page(request, "advisors/appoint.html", form, {"unit": found})


@require_http_methods(["GET", "POST"])
@requires("advisors.appoint")
def end(request: Request, appointment_id: int) -> HttpResponse:
    """End an appointment."""
    appointment = access.appointment_to_change(request, appointment_id)
    form = EndForm(_posted(request), today=request.today)
    if form.is_valid():
        try:
            operations.end(
                appointment_id=appointment.pk,
                on=form.cleaned_data["on"],
                because=form.cleaned_data["because"],
                at=request.now,
                actor=cast(User, request.actor.user),
            )
        except DomainError as error:
            form.add_error(error.field, error.message)
        else:
            messages.success(request, _("The appointment has been ended."))
            return redirect("advisors:unit", appointment.unit.employer.code, appointment.unit.code)
    return _page(request, "advisors/end.html", form, {"appointment": appointment})


@require_http_methods(["GET", "POST"])
@requires("advisors.appoint")
def replace(request: Request, appointment_id: int) -> HttpResponse:
    """Put another person in an advisor's place, without a day between."""
    appointment = access.appointment_to_change(request, appointment_id)
    people = queries.candidates(appointment.unit.employer_id, on=request.today, prefer_unit_id=appointment.unit_id)
    form = ReplaceForm(_posted(request), people=people, today=request.today)
    if form.is_valid():
        try:
            operations.replace(
                appointment_id=appointment.pk,
                person_id=form.cleaned_data["person"],
                on=form.cleaned_data["on"],
                because=form.cleaned_data["because"],
                decision_reference=form.cleaned_data["decision_reference"],
                at=request.now,
                actor=cast(User, request.actor.user),
            )
        except DomainError as error:
            form.add_error(error.field, error.message)
        else:
            messages.success(request, _("The successor has been appointed."))
            return redirect("advisors:unit", appointment.unit.employer.code, appointment.unit.code)
    return _page(request, "advisors/replace.html", form, {"appointment": appointment})


def _page(request: Request, template: str, form: AppointForm | EndForm, context: dict[str, object]) -> HttpResponse:
    """A page with a form; status 422 tells programs what the page tells people."""
    return render(request, template, {**context, "form": form}, status=FAULTY if form.errors else None)


def _day(request: Request) -> date:
    """The day asked for with ?on=; today when it's missing or no day."""
    try:
        return parse_date(request.GET.get("on", "")) or request.today
    except ValueError:
        return request.today


def _posted(request: Request) -> QueryDict | None:
    """What was sent with a form; None when the page is only looked at."""
    return request.POST if request.method == "POST" else None
