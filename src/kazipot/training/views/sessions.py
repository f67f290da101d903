"""Sessions, their seats and their attendance."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kazipot.foundation.pagination import page_of
from kazipot.foundation.roles import Role
from kazipot.foundation.ui.form_page import carried_out, form_page, posted
from kazipot.foundation.ui.templatetags.ui import day
from kazipot.organisation import queries as organisation
from kazipot.organisation.access import Request, requires, user_of
from kazipot.training import access, operations, queries
from kazipot.training.forms import AttendanceForm, OfferSeatsForm, SessionForm

GET_AND_POST = ["GET", "POST"]


@require_GET
@requires("training.see_catalogue")
def sessions(request: Request) -> HttpResponse:
    """When courses take place."""
    context = {
        "page": page_of(request, queries.sessions()),
        "may_plan": request.actor.may("training.change_catalogue"),
        "may_print": request.actor.may("training.print_slips"),
    }
    return render(request, "training/sessions.html", context)


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
        "may_see_supply": request.actor.may("training.see_supply"),
        "invoice": queries.invoice_of(found.pk),
        "materials": queries.materials_of(found.pk) if access.sees_materials(request, found) else (),
        "may_change": request.actor.may("training.change_catalogue") and found.status == "planned",
        "may_record": access.may_sign_in(request, found),
        "is_employee": request.actor.may("training.see_own"),
        "may_print_slips": access.may_record(request, found) and found.starts_on <= request.today,
    }
    return render(request, "training/session.html", context)


@require_http_methods(GET_AND_POST)
@requires("training.change_catalogue")
def new_session(request: Request) -> HttpResponse:
    """A course at a time and place."""
    courses = queries.courses()
    asked = queries.course_by_code(request.GET.get("course", ""))
    form = SessionForm(
        posted(request),
        courses=courses,
        trainers=organisation.users_with_role(Role.TRAINER, on=request.today),
        contracts=queries.contracts_in_force(request.today),
        initial={"course": asked.pk if asked else None},
    )
    planned: list[int] = []

    def plan(told: Mapping[str, Any]) -> None:
        made = operations.plan_session(
            course_id=told["course"],
            starts_on=told["starts_on"],
            ends_on=told["ends_on"],
            place=told["place"],
            capacity=told["capacity"],
            trainer_id=told["trainer"],
            min_people=told["min_people"],
            price_fixed=told["price_fixed"],
            price_per_head=told["price_per_head"],
            language=told["language"],
            begins_at=told["begins_at"],
            closes_at=told["closes_at"],
            room=told["room"],
            shift=told["shift"],
            in_working_time=told["in_working_time"],
            is_accessible=told["is_accessible"],
            free_cancellation_days=told["free_cancellation_days"],
            late_cancellation_share=told["late_cancellation_share"],
            contract_id=told["contract"],
            at=request.now,
            actor=user_of(request),
        )
        planned.append(made.pk)

    if carried_out(form, plan):
        messages.success(request, _("The session has been planned. Now offer its seats."))
        return redirect("training:session", planned[0])
    back = (reverse("training:sessions"), _("Sessions"))
    return form_page(request, form, title=_("Plan a session"), button=_("Plan the session"), back=back)


@require_http_methods(GET_AND_POST)
@requires("training.offer_seats")
def offer_seats(request: Request, session_id: int) -> HttpResponse:
    """Offer free seats to people whose need the course fits, by the fair rule."""
    found = access.session_to_see(session_id)
    form = OfferSeatsForm(posted(request))
    made: list[int] = []

    def offer(told: Mapping[str, Any]) -> None:
        offers = operations.offer_seats(
            session_id=found.pk,
            reason="need",
            seed=found.pk * 1_000 + request.now.microsecond % 1_000,
            limit=told["limit"],
            at=request.now,
            actor=user_of(request),
        )
        made.append(len(offers.links))

    if carried_out(form, offer):
        messages.success(request, _("Seats offered: %(seats)s.") % {"seats": made[0]})
        return redirect("training:session", found.pk)
    text = _(
        "Seats go to people whose stated need the course fits. Each employer gets its proportional share; "
        "within it, those who were offered fewer seats come first, and ties are drawn by lot."
    )
    free = f"{text} {_('Free seats')}: {queries.free_seats(found)}."
    return _session_form(request, found, form, title=_("Offer seats"), button=_("Offer seats"), text=free)


@require_http_methods(GET_AND_POST)
@requires("training.record_attendance")
def attendance(request: Request, session_id: int) -> HttpResponse:
    """Note who was present."""
    found = access.session_to_record(request, session_id)
    recorded = queries.attended_people(found.pk) if found.status == "held" else None
    form = AttendanceForm(posted(request), offers=queries.accepted_offers(found.pk), named=True, present=recorded)
    if carried_out(
        form,
        lambda told: operations.record_attendance(
            session_id=found.pk,
            present=told["present"],
            because=told.get("because", ""),
            at=request.now,
            actor=user_of(request),
        ),
    ):
        messages.success(request, _("Attendance has been recorded."))
        return redirect("training:session", found.pk)
    return _session_form(request, found, form, title=_("Record attendance"), button=_("Save"))


def _session_form(
    request: Request,
    found: access.TrainingSession,
    form: OfferSeatsForm | AttendanceForm,
    *,
    title: str,
    button: str,
    text: str = "",
    danger: bool = False,
) -> HttpResponse:
    back = (reverse("training:session", args=(found.pk,)), found.course.title)
    lead = f"{found.course.title}, {day(found.starts_on)}"
    return form_page(request, form, title=title, button=button, back=back, lead=lead, text=text, danger=danger)
