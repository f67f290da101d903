"""The head's page: seats of the unit's people, objections, answers of those with neither e-mail nor phone."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kazipot.foundation.pagination import page_of
from kazipot.foundation.ui.form_page import carried_out, form_page, posted
from kazipot.foundation.ui.templatetags.ui import day
from kazipot.organisation import queries as organisation
from kazipot.organisation.access import Request, requires, user_of
from kazipot.training import access, operations, queries
from kazipot.training.forms.running import DeskForm, ObjectForm

GET_AND_POST = ["GET", "POST"]


@require_GET
@requires("training.head_desk")
def desk(request: Request) -> HttpResponse:
    """Who of my people is offered a seat or holds one, until when I may object, and for whom I note the answer."""
    page = page_of(request, queries.offers_to_head(_units(request), on=request.today))
    names = {unit.id: unit.name for unit in organisation.units_on(request.today)}
    rows = [
        {
            "offer": offer,
            "unit": names.get(offer.unit_id, offer.unit.code),
            "last": queries.last_day_to_object(offer),
            "may_object": queries.last_day_to_object(offer) >= request.today,
            "may_note": offer.state == "offered"
            and offer.answer_by >= request.today
            and not (offer.person.email or offer.person.phone or offer.person.user_id),
        }
        for offer in page.object_list
    ]
    return render(request, "training/head_desk.html", {"page": page, "rows": rows})


def _units(request: Request) -> frozenset[int]:
    return request.actor.reach("training.head_desk").unit_ids


@require_http_methods(GET_AND_POST)
@requires("training.head_desk")
def object_to(request: Request, offer_id: int) -> HttpResponse:
    """Say that somebody can't be spared on the day, and why."""
    found = access.seat_of_head(request, offer_id)
    form = ObjectForm(posted(request))
    if carried_out(
        form,
        lambda told: operations.object_to(
            offer_id=found.pk, reason=told["reason"], at=request.now, actor=user_of(request)
        ),
    ):
        messages.success(request, _("The objection is recorded, and the person has been told."))
        return redirect("training:head-desk")
    text = _(
        "The seat goes to the next person in line. Your person keeps their place in line for the course's other "
        "sessions. You can object until %(day)s."
    )
    return form_page(
        request,
        form,
        title=_("Object to a seat"),
        button=_("Object"),
        back=_desk(),
        lead=_seat(found),
        text=text % {"day": day(queries.last_day_to_object(found))},
        danger=True,
    )


@require_http_methods(GET_AND_POST)
@requires("training.head_desk")
def note_answer(request: Request, offer_id: int) -> HttpResponse:
    """Note the answer of somebody who has neither e-mail nor a phone."""
    found = access.seat_of_head(request, offer_id)
    form = DeskForm(posted(request))
    if carried_out(
        form,
        lambda told: operations.answer_at_desk(
            offer_id=found.pk,
            accept=told["answer"] == "accept",
            because=told["because"],
            at=request.now,
            actor=user_of(request),
        ),
    ):
        messages.success(request, _("The answer is noted."))
        return redirect("training:head-desk")
    text = _("The audit trail keeps that you noted the answer. The decision is the person's.")
    title = _("Note an answer")
    return form_page(request, form, title=title, button=_("Save"), back=_desk(), lead=_seat(found), text=text)


def _desk() -> tuple[str, str]:
    return reverse("training:head-desk"), _("Seats of my people")


def _seat(found: access.Offer) -> str:
    return f"{found.person.name}: {found.session.course.title}, {day(found.session.starts_on)}"
