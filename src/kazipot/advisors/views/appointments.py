"""Which unit has which advisor; appointments are made, ended and handed over."""

from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kazipot.advisors import access, operations, queries
from kazipot.advisors.forms import AppointForm, EndForm, ReplaceForm
from kazipot.foundation.pagination import page_of
from kazipot.foundation.ui.form_page import carried_out, form_page, posted
from kazipot.organisation.access import Request, requires, user_of

GET_AND_POST = ["GET", "POST"]


@require_GET
@requires("advisors.see")
def units(request: Request) -> HttpResponse:
    """Which unit has which advisor on a day, vacancies first."""
    on = _day(request)
    rows = queries.coverage(on)
    context = {
        "on": on,
        "page": page_of(request, rows),
        "required": sum(row.requirement.required for row in rows),
        "vacant": sum(row.vacant for row in rows),
        "may_appoint": request.actor.may("advisors.appoint") and on == request.today,
        "may_see_nominations": request.actor.may("advisors.nominate"),
        "may_find_own": request.actor.person is not None,
        "waiting": queries.nominations_to_confirm() if request.actor.may("advisors.appoint") else 0,
    }
    return render(request, "advisors/units.html", context)


@require_GET
@requires("advisors.see")
def unit(request: Request, employer_code: str, unit_code: str) -> HttpResponse:
    """A unit's advisors, now and before."""
    found = access.unit_to_see(request, employer_code, unit_code)
    history = queries.history(found.id)
    place = {"employer_id": found.employer_id, "unit_id": found.id}
    may_nominate = request.actor.reach("advisors.nominate").covers(**place)
    context = {
        "unit": found,
        "me": request.actor.person.pk if request.actor.person else 0,
        "requirement": queries.requirements([found], request.today)[found.id],
        "advisors": queries.advisors_of(found.id, on=request.today),
        "deputies": queries.advisors_of(found.id, on=request.today, role=access.DEPUTY),
        "page": page_of(request, history),
        "may_appoint": request.actor.reach("advisors.appoint").covers(**place),
        "may_nominate": may_nominate,
        "nominations": queries.open_nominations(found.id) if may_nominate else (),
        "vacancies": queries.vacancies_of(found.id)[:5] if may_nominate else (),
    }
    return render(request, "advisors/unit.html", context)


@require_http_methods(GET_AND_POST)
@requires("advisors.appoint")
def appoint(request: Request, employer_code: str, unit_code: str) -> HttpResponse:
    """Appoint an advisor for a unit."""
    found = access.unit_to_appoint_in(request, employer_code, unit_code)
    people = queries.candidates(found.employer_id, on=request.today, prefer_unit_id=found.id)
    form = AppointForm(posted(request), people=people, today=request.today)
    if carried_out(
        form,
        lambda told: operations.appoint(
            unit_id=found.id,
            person_id=told["person"],
            valid_from=told["valid_from"],
            decision_reference=told["decision_reference"],
            at=request.now,
            actor=user_of(request),
        ),
    ):
        messages.success(request, _("The advisor has been appointed."))
        return redirect("advisors:unit", employer_code, unit_code)
    back = (reverse("advisors:unit", args=(employer_code, unit_code)), found.name)
    return form_page(
        request, form, title=_("Appoint a digital advisor"), button=_("Appoint"), back=back, lead=found.name
    )


@require_http_methods(GET_AND_POST)
@requires("advisors.appoint")
def end(request: Request, appointment_id: int) -> HttpResponse:
    """End an appointment."""
    appointment = access.appointment_to_change(request, appointment_id)
    form = EndForm(posted(request), today=request.today)
    if carried_out(
        form,
        lambda told: operations.end(
            appointment_id=appointment.pk,
            on=told["on"],
            because=told["because"],
            at=request.now,
            actor=user_of(request),
        ),
    ):
        messages.success(request, _("The appointment has been ended."))
        return redirect("advisors:unit", appointment.unit.employer.code, appointment.unit.code)
    title = _("End the appointment")
    return _appointment_form(request, appointment, form, title=title, button=title)


@require_http_methods(GET_AND_POST)
@requires("advisors.appoint")
def replace(request: Request, appointment_id: int) -> HttpResponse:
    """Put another person in an advisor's place, without a day between."""
    appointment = access.appointment_to_change(request, appointment_id)
    people = queries.candidates(appointment.unit.employer_id, on=request.today, prefer_unit_id=appointment.unit_id)
    form = ReplaceForm(posted(request), people=people, today=request.today)
    if carried_out(
        form,
        lambda told: operations.replace(
            appointment_id=appointment.pk,
            person_id=told["person"],
            on=told["on"],
            because=told["because"],
            decision_reference=told["decision_reference"],
            at=request.now,
            actor=user_of(request),
        ),
    ):
        messages.success(request, _("The successor has been appointed."))
        return redirect("advisors:unit", appointment.unit.employer.code, appointment.unit.code)
    return _appointment_form(
        request, appointment, form, title=_("Replace the digital advisor"), button=_("Replace")
    )  # fmt: skip


def _appointment_form(
    request: Request, appointment: access.UnitAppointment, form: EndForm, *, title: str, button: str
) -> HttpResponse:
    place = (appointment.unit.employer.code, appointment.unit.code)
    back = (reverse("advisors:unit", args=place), appointment.unit.code)
    return form_page(request, form, title=title, button=button, back=back, lead=appointment.person.name)


def _day(request: Request) -> date:
    """The day asked for with ?on=; today when it's missing or no day."""
    try:
        return parse_date(request.GET.get("on", "")) or request.today
    except ValueError:
        return request.today
