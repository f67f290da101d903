"""Objections to results, decided by somebody else than who recorded them."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kazipot.foundation.ui.form_page import carried_out, form_page, posted
from kazipot.foundation.ui.templatetags.ui import day, moment
from kazipot.organisation.access import Request, requires, user_of
from kazipot.verification import access, operations
from kazipot.verification.forms import DecisionForm
from kazipot.verification.views.listing import Cell, table_page


@require_GET
@requires("verification.decide")
def appeals(request: Request) -> HttpResponse:
    """Objections within reach, those that wait first."""

    def cells(row: Any) -> list[str | Cell]:
        address = "" if row.outcome else reverse("verification:decide", args=[row.pk])
        result = row.verification
        name = access.name_of(request, result.person, result.employer_id)
        told = row.get_outcome_display() if row.outcome else Cell(_("Decide"), address)
        return [name, result.employer.code, day(result.taken_on), moment(row.lodged_at), told]

    return table_page(
        request,
        access.appeals_to_decide(request),
        cells,
        title=_("Objections to results"),
        headings=[_("Person"), _("Employer"), _("Day of the verification"), _("Received"), _("What was decided")],
        empty=_("Nobody has objected to a result."),
        back=(reverse("verification:duties"), _("Digital security: who is due")),
    )


@require_http_methods(["GET", "POST"])
@requires("verification.decide")
def decide(request: Request, appeal_id: int) -> HttpResponse:
    """Decide on an objection, with a reason that the person reads."""
    found = access.appeal_to_decide(request, appeal_id)
    form = DecisionForm(posted(request))

    def write(told: Mapping[str, Any]) -> None:
        operations.decide_appeal(
            appeal_id=found.pk, outcome=told["outcome"], reason=told["reason"], at=request.now, actor=user_of(request)
        )

    if carried_out(form, write):
        messages.success(request, _("The decision has been recorded. The person sees it with the reason."))
        return redirect("verification:appeals")
    name = access.name_of(request, found.verification.person, found.verification.employer_id)
    return form_page(
        request,
        form,
        title=_("Decide on an objection"),
        button=_("Record the decision"),
        back=(reverse("verification:appeals"), _("Objections to results")),
        lead=f"{name}, {day(found.verification.taken_on)}",
        text=found.text,
    )
