"""Who is due for training and verification in digital security, unit by unit."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kazipot.foundation.pagination import page_of
from kazipot.foundation.ui.form_page import carried_out, form_page, posted
from kazipot.foundation.ui.templatetags.ui import day
from kazipot.organisation.access import Request, requires, user_of
from kazipot.training import operations as training_operations
from kazipot.training import queries as training
from kazipot.verification import queries
from kazipot.verification.forms import OfferDutyForm
from kazipot.verification.views.listing import Action


@require_GET
@requires("verification.see_duties")
def duties(request: Request) -> HttpResponse:
    """How many people are due, unit by unit; never who."""
    rule = queries.strategy_rule()
    reach = request.actor.reach("verification.see_duties")
    rows = queries.duties_by_unit(request.today, months=rule.months, grace_months=rule.grace_months)
    seen = [row for row in rows if reach.covers(employer_id=row.unit.employer_id, unit_id=row.unit.id)]
    context = {
        "page": page_of(request, seen),
        "due": sum(row.due for row in seen),
        "months": rule.months,
        "ways": _ways(request),
        "may_record": request.actor.may("verification.record"),
        "may_offer": request.actor.may("training.offer_seats"),
    }
    return render(request, "verification/duties.html", context)


@require_http_methods(["GET", "POST"])
@requires("training.offer_seats")
def offer(request: Request) -> HttpResponse:
    """Offer seats of security training to people who are due, by the fair rule."""
    rule = queries.strategy_rule()
    planned = training.security_sessions_ahead(request.today)
    texts = [(row, f"{day(row.starts_on)}, {row.course.title}, {row.place}") for row in planned]
    form = OfferDutyForm(posted(request), sessions=texts)
    made: list[int] = []

    def give(told: Mapping[str, Any]) -> None:
        due = queries.due_people(request.today, months=rule.months - told["ahead"], grace_months=0)
        offers = training_operations.offer_seats(
            session_id=told["session"],
            reason="duty",
            person_ids=sorted(due),
            seed=told["session"] * 1_000 + request.now.microsecond % 1_000,
            limit=told["limit"],
            at=request.now,
            actor=user_of(request),
        )
        made.append(len(offers.links))

    if carried_out(form, give):
        messages.success(request, _("Seats offered: %(seats)s.") % {"seats": made[0]})
        return redirect("verification:duties")
    back = (reverse("verification:duties"), _("Digital security: who is due"))
    text = _("Newcomers are invited too, before their time runs out. Who already has a seat is not asked again.")
    return form_page(
        request, form, title=_("Offer seats to those who are due"), button=_("Offer seats"), back=back, text=text
    )


def _ways(request: Request) -> list[Action]:
    """What else of the duty the actor may see or do."""
    pages = (
        ("people", "see_people", _("Until when people are in order")),
        ("forecast", "see_duties", _("The next 24 months")),
        ("weeks", "see_weeks", _("Verification weeks")),
        ("notices", "run", _("Who is told what")),
        ("unreached", "see_unreached", _("Whom mail does not reach")),
        ("exemptions", "record", _("Exemptions")),
        ("leaves", "record", _("Long leaves")),
        ("history", "record", _("Earlier completions")),
        ("appeals", "decide", _("Objections to results")),
        ("terms", "see_duties", _("Terms of the duty")),
        ("sources", "run", _("Learning platforms")),
        ("audit", "see_audit", _("Impossible records")),
    )
    return [
        Action(text, reverse(f"verification:{page}"))
        for page, capability, text in pages
        if request.actor.may(f"verification.{capability}")
    ]
