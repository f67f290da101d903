"""Pages of M5."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.module_loading import import_string
from django.views.decorators.http import require_GET

from kazipot.core.indicators.verification import DutyRule, add_months
from kazipot.foundation.pagination import page_of
from kazipot.organisation.access import Request, requires
from kazipot.training import queries as training
from kazipot.verification import queries


def _rule() -> DutyRule:
    """The duty as the strategy sets it; the setting names where, because the strategy lives a floor above."""
    rule: Callable[[], DutyRule] = import_string(settings.KAZIPOT_DUTY_RULE)
    return rule()


@require_GET
@requires("verification.see_duties")
def duties(request: Request) -> HttpResponse:
    """How many people are due, unit by unit; never who."""
    rule = _rule()
    reach = request.actor.reach("verification.see_duties")
    rows = queries.duties_by_unit(request.today, months=rule.months, grace_months=rule.grace_months)
    seen = [row for row in rows if reach.covers(employer_id=row.unit.employer_id, unit_id=row.unit.id)]
    context = {"page": page_of(request, seen), "due": sum(row.due for row in seen), "months": rule.months}
    return render(request, "verification/duties.html", context)


@require_GET
@requires("verification.see_own")
def own(request: Request) -> HttpResponse:
    """My training and verification in digital security, and until when they count; mine alone."""
    rule = _rule()
    person = request.actor.person
    person_id = person.pk if person else 0
    results = queries.verifications_of(person_id)
    trained = training.last_security_training(request.today).get(person_id)
    passed = results.filter(passed=True).first()
    context = {
        "page": page_of(request, results),
        "trained": trained,
        "trained_until": add_months(trained, rule.months) if trained else None,
        "passed": passed,
        "passed_until": add_months(passed.taken_on, rule.months) if passed else None,
    }
    return render(request, "verification/own.html", context)
