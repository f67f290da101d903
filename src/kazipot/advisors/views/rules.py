"""Rules: which units must have an advisor, exceptions with reasons, and who is told of vacancies."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kazipot.advisors import access, operations, queries
from kazipot.advisors.forms import EndExceptionForm, ExceptionForm, RuleForm, StepForms
from kazipot.foundation.pagination import page_of
from kazipot.foundation.ui.form_page import REFUSED, carried_out, form_page, posted
from kazipot.organisation.access import Request, requires, user_of

GET_AND_POST = ["GET", "POST"]


@require_GET
@requires("advisors.see")
def rules(request: Request) -> HttpResponse:
    """Rules by kind of unit, exceptions, who is told of vacancies."""
    units = queries.administration_units(request.today)
    context = {
        "kinds": queries.rules_on(units, request.today),
        "page": page_of(request, queries.exceptions()),
        "steps": queries.steps(),
        "may_change": request.actor.may("advisors.set_rules"),
    }
    return render(request, "advisors/rules.html", context)


@require_http_methods(GET_AND_POST)
@requires("advisors.set_rules")
def rule(request: Request, kind: str) -> HttpResponse:
    """Set the rule for a kind of unit."""
    units = queries.administration_units(request.today)
    named = {row.kind: row.name for row in queries.rules_on(units, request.today)}
    if kind not in named:
        raise Http404
    form = RuleForm(posted(request), today=request.today)
    if carried_out(
        form,
        lambda told: operations.set_rule(
            kind=kind, required=told["required"], valid_from=told["valid_from"], at=request.now, actor=user_of(request)
        ),
    ):
        return redirect("advisors:rules")
    return form_page(
        request, form, title=_("Rule for a kind of unit"), button=_("Save"), back=_back(), lead=named[kind]
    )


@require_http_methods(GET_AND_POST)
@requires("advisors.set_rules")
def except_unit(request: Request) -> HttpResponse:
    """Make a unit an exception."""
    form = ExceptionForm(posted(request), units=queries.administration_units(request.today), today=request.today)
    if carried_out(
        form,
        lambda told: operations.except_unit(
            unit_id=told["unit"], required=told["required"], reason=told["reason"], valid_from=told["valid_from"],
            at=request.now, actor=user_of(request),
        ),
    ):  # fmt: skip
        return redirect("advisors:rules")
    return form_page(request, form, title=_("An exception from the rule"), button=_("Save"), back=_back())


@require_http_methods(GET_AND_POST)
@requires("advisors.set_rules")
def end_exception(request: Request, exception_id: int) -> HttpResponse:
    """End an exception."""
    found = access.exception_to_end(request, exception_id)
    form = EndExceptionForm(posted(request), today=request.today)
    if carried_out(
        form,
        lambda told: operations.end_exception(
            exception_id=found.pk, on=told["on"], at=request.now, actor=user_of(request)
        ),
    ):
        return redirect("advisors:rules")
    title = _("End the exception")
    return form_page(request, form, title=title, button=title, back=_back(), lead=found.unit.code, text=found.reason)


@require_http_methods(GET_AND_POST)
@requires("advisors.set_rules")
def steps(request: Request) -> HttpResponse:
    """Who is told of a vacancy after how many days."""
    initial = [{"title": step.title, "email": step.email, "after_days": step.after_days} for step in queries.steps()]
    formset = StepForms(posted(request), initial=initial, prefix="step")
    if request.method == "POST" and formset.is_valid():
        told = [form.cleaned_data for form in formset if form.cleaned_data.get("title")]
        operations.set_steps(
            steps=[(row["title"], row["email"], row["after_days"]) for row in told],
            at=request.now, actor=user_of(request),
        )  # fmt: skip
        messages.success(request, _("Saved."))
        return redirect("advisors:rules")
    status = REFUSED if request.method == "POST" else None
    return render(request, "advisors/steps.html", {"formset": formset}, status=status)


def _back() -> tuple[str, str]:
    return reverse("advisors:rules"), _("Rules for digital advisors")
