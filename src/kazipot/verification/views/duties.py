"""Who is due for training and verification in digital security, and what an employee sees of it."""

from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kazipot.core.indicators.verification import DutyRule, add_months
from kazipot.foundation.pagination import page_of
from kazipot.foundation.ui.form_page import carried_out, form_page, posted
from kazipot.foundation.ui.templatetags.ui import day
from kazipot.organisation.access import Request, requires, user_of
from kazipot.training import operations as training_operations
from kazipot.training import queries as training
from kazipot.verification import queries
from kazipot.verification.forms import OfferDutyForm


def duty_rule() -> DutyRule:
    """The duty as the strategy sets it; the setting names where, because the strategy lives a floor above."""
    rule: Callable[[], DutyRule] = import_string(settings.KAZIPOT_DUTY_RULE)
    return rule()


@require_GET
@requires("verification.see_duties")
def duties(request: Request) -> HttpResponse:
    """How many people are due, unit by unit; never who."""
    rule = duty_rule()
    reach = request.actor.reach("verification.see_duties")
    rows = queries.duties_by_unit(request.today, months=rule.months, grace_months=rule.grace_months)
    seen = [row for row in rows if reach.covers(employer_id=row.unit.employer_id, unit_id=row.unit.id)]
    context = {
        "page": page_of(request, seen),
        "due": sum(row.due for row in seen),
        "months": rule.months,
        "may_record": request.actor.may("verification.record"),
        "may_offer": request.actor.may("training.offer_seats"),
    }
    return render(request, "verification/duties.html", context)


@require_http_methods(["GET", "POST"])
@requires("training.offer_seats")
def offer(request: Request) -> HttpResponse:
    """Offer seats of security training to people who are due, by the fair rule."""
    rule = duty_rule()
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


@require_GET
@requires("verification.see_own")
def own(request: Request) -> HttpResponse:
    """My training and verification in digital security, and until when they count; mine alone."""
    rule = duty_rule()
    person = request.actor.person
    person_id = person.pk if person else 0
    results = queries.verifications_of(person_id)
    trained = queries.last_trained(request.today).get(person_id)
    passed = results.filter(passed=True).first()
    context = {
        "page": page_of(request, results),
        "trained": trained,
        "trained_until": add_months(trained, rule.months) if trained else None,
        "passed": passed,
        "passed_until": add_months(passed.taken_on, rule.months) if passed else None,
    }
    return render(request, "verification/own.html", context)
