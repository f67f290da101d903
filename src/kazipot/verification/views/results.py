"""Results are recorded one by one or from a file, and annulled when they were a mistake."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from kazipot.foundation.errors import DomainError, InputRefused
from kazipot.foundation.ui.form_page import carried_out, form_page, posted
from kazipot.organisation import queries as organisation
from kazipot.organisation.access import Request, requires, user_of
from kazipot.verification import access, imports, operations, queries
from kazipot.verification.errors import NoSuchNumber, NoSuchResult
from kazipot.verification.forms import AnnulForm, ResultForm, ResultsFileForm

GET_AND_POST = ["GET", "POST"]


@require_http_methods(GET_AND_POST)
@requires("verification.record")
def record(request: Request) -> HttpResponse:
    """Record one result."""
    form = ResultForm(posted(request), employers=access.employers_to_record(request), today=request.today)

    def write(told: Mapping[str, Any]) -> None:
        result = operations.ResultGiven(
            person_id=_person(told),
            employer_id=told["employer"],
            taken_on=told["taken_on"],
            passed=told["passed"],
            method=told["method"],
            reference=told["reference"],
        )
        try:
            operations.record_verifications(results=[result], at=request.now, actor=user_of(request))
        except InputRefused as refused:
            fault = refused.problems[0]
            raise DomainError(f"{fault.message} {fault.remedy}", field=fault.field) from refused

    if carried_out(form, write):
        messages.success(request, _("The result has been recorded."))
        return redirect("verification:record")
    return form_page(request, form, title=_("Record a result"), button=_("Record the result"), back=_back())


@require_http_methods(GET_AND_POST)
@requires("verification.record")
def import_(request: Request) -> HttpResponse:
    """Record a file of results, all or none."""
    form = ResultsFileForm(posted(request), request.FILES or None)
    written: list[int] = []

    def write(told: Mapping[str, Any]) -> None:
        file = told["file"]
        results = imports.read_results(file.name, file.read(), employers=access.employers_to_record(request))
        written.append(operations.record_verifications(results=results, at=request.now, actor=user_of(request)))

    if carried_out(form, write):
        text = ngettext("%(count)s result has been recorded.", "%(count)s results have been recorded.", written[0])
        messages.success(request, text % {"count": written[0]})
        return redirect("verification:duties")
    return form_page(
        request,
        form,
        title=_("Record results from a file"),
        button=_("Record the results"),
        back=_back(),
        text=_("All results of the file are recorded, or none if one of them needs a correction."),
    )


@require_http_methods(GET_AND_POST)
@requires("verification.record")
def annul(request: Request) -> HttpResponse:
    """A result that was recorded by mistake counts no more."""
    form = AnnulForm(posted(request), employers=access.employers_to_record(request), today=request.today)

    def cross_out(told: Mapping[str, Any]) -> None:
        found = queries.result_of(_person(told), told["employer"], told["taken_on"], told["reference"])
        if found is None:
            raise NoSuchResult
        operations.annul(
            verification_id=found.pk, because=told["because"], at=request.now, actor=user_of(request)
        )  # fmt: skip

    if carried_out(form, cross_out):
        messages.success(request, _("The result has been annulled."))
        return redirect("verification:duties")
    text = _("An annulled result stays in the records with the reason and counts no more.")
    return form_page(
        request, form, title=_("Annul a result"), button=_("Annul the result"), back=_back(), text=text, danger=True
    )


def _person(told: Mapping[str, Any]) -> int:
    person = organisation.person_by_number(told["employer"], told["personnel_number"], on=told["taken_on"])
    if person is None:
        raise NoSuchNumber
    return person.pk


def _back() -> tuple[str, str]:
    return reverse("verification:duties"), _("Digital security: who is due")
