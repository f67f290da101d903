"""What an employee sees of their own duty: the state, why this date, what to do next; and objecting to a result."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kazipot.core.duty.standing import Standing
from kazipot.foundation.pagination import page_of
from kazipot.foundation.ui.form_page import carried_out, form_page, posted
from kazipot.foundation.ui.templatetags.ui import day
from kazipot.organisation.access import Request, requires, user_of
from kazipot.verification import access, operations, queries
from kazipot.verification.forms import AppealForm


@require_GET
@requires("verification.see_own")
def own(request: Request) -> HttpResponse:
    """My training and verification in digital security, until when they count and why; mine alone."""
    person = request.actor.person
    person_id = person.pk if person else 0
    duty = queries.duty_of(person_id, request.today)
    page = page_of(request, queries.verifications_of(person_id))
    appeals = queries.appeals_of(person_id)
    context = {
        "duty": duty,
        "step": queries.step_sentence(duty),
        "facts": [_fact(one, request) for one in (duty.training, duty.verification)],
        "page": page,
        "results": [(row, appeals.get(row.pk)) for row in page.object_list],
        "trainings": queries.trainings_of(person_id)[:20],
        "advisors": access.own_advisors(request),
    }
    return render(request, "verification/own.html", context)


def _fact(one: Standing, request: Request) -> dict[str, Any]:
    return {
        "name": queries.proof_word(one.proof),
        "state": queries.state_word(one.state),
        "good": one.is_in_order,
        "done_on": one.done_on,
        "valid_until": one.valid_until if one.is_in_order else None,
        "why": queries.why_sentence(one.because, one.proof),
        "due": queries.due_sentence(one, request.today),
        "due_why": queries.why_sentence(one.due_because, one.proof) if not one.is_in_order else "",
    }


@require_http_methods(["GET", "POST"])
@requires("verification.see_own")
def appeal(request: Request, verification_id: int) -> HttpResponse:
    """I object to a result of mine."""
    found = access.own_result(access.visitor(request), verification_id)
    form = AppealForm(posted(request))

    def write(told: Mapping[str, Any]) -> None:
        operations.lodge_appeal(
            verification_id=found.pk, text=told["text"], at=request.now, actor=user_of(request)
        )  # fmt: skip

    if carried_out(form, write):
        messages.success(request, _("Your objection has been received. Somebody else than who recorded it decides."))
        return redirect("verification:own")
    return form_page(
        request,
        form,
        title=_("Object to a result"),
        button=_("Send the objection"),
        back=(reverse("verification:own"), _("My digital security")),
        lead=f"{found.get_method_display()}, {day(found.taken_on)}",
        text=_("A person decides, with a reason, and never the program. The result stays as it is until then."),
    )
