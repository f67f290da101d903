"""Decisions as PDF, and the wording that the city gives them."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kazipot.advisors import access, operations, queries
from kazipot.advisors.exports import decision_pdf, sample_pdf
from kazipot.advisors.forms import TemplateForm
from kazipot.foundation.downloads import download
from kazipot.foundation.ui.form_page import REFUSED, carried_out, posted
from kazipot.organisation.access import Request, requires, user_of

PDF = "application/pdf"


@require_GET
@requires("advisors.see")
def decision(request: Request, appointment_id: int) -> HttpResponseBase:
    """The decision of an appointment as PDF."""
    found = access.decision_to_see(request, appointment_id)
    return download(f"sklep-{found.appointment_id}.pdf", PDF, decision_pdf(found))


@require_http_methods(["GET", "POST"])
@requires("advisors.set_rules")
def template(request: Request) -> HttpResponseBase:
    """The wording of decisions to come: looked at as it would read, as a page or as PDF, and saved."""
    present = operations.template_in_force()
    initial = {"heading": present.heading, "body": present.body, "signatory": present.signatory}
    form = TemplateForm(posted(request), initial=initial)
    wish = request.POST.get("wish", "")
    if wish not in {"look", "pdf"}:
        return _saved(request, form, initial)
    sample: dict[str, Any] = {}
    if carried_out(form, lambda told: sample.update(_sample(request, told))) and wish == "pdf":
        return download("vzorec-sklepa.pdf", PDF, sample_pdf(sample, at=request.now))
    return _page(request, form, sample)


def _saved(request: Request, form: TemplateForm, initial: Mapping[str, str]) -> HttpResponse:
    if carried_out(
        form,
        lambda told: operations.change_template(
            heading=told["heading"], body=told["body"], signatory=told["signatory"],
            at=request.now, actor=user_of(request),
        ),
    ):  # fmt: skip
        messages.success(request, _("Decisions will be worded like this from now on."))
        return redirect("advisors:rules")
    return _page(request, form, {} if form.is_bound else _sample(request, initial))


def _sample(request: Request, told: Mapping[str, str]) -> dict[str, Any]:
    """The wording, filled in with an invented appointment. Raises UnknownPlaceholder."""
    operations.check_wording(heading=told["heading"], body=told["body"])
    values = queries.sample_values(request.today)
    return queries.decision_content(told["heading"], told["body"], told["signatory"], values)


def _page(request: Request, form: TemplateForm, sample: Mapping[str, Any]) -> HttpResponse:
    context = {"form": form, "sample": sample}
    return render(request, "advisors/wording.html", context, status=REFUSED if form.errors else None)
