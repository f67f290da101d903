"""Pages of the organisation: units as of a day, employees by name for who may see them, imports, the audit trail."""

from datetime import date
from typing import cast

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kazipot.foundation import audit
from kazipot.foundation.errors import DomainError, InputRefused
from kazipot.foundation.models import User
from kazipot.foundation.pagination import page_of
from kazipot.foundation.tables import PAGE_BYTES
from kazipot.organisation import access, imports, operations, queries
from kazipot.organisation.access import Request, requires
from kazipot.organisation.forms import MoveUnitForm, RosterForm

FAULTY = 422
SHOWN_PROBLEMS = 100


@require_GET
@requires("organisation.see_units")
def units(request: Request) -> HttpResponse:
    """Every unit on a day, by employer."""
    on = _day(request)
    context = {"on": on, "page": page_of(request, queries.units_on(on)), "people": queries.headcount_by_unit(on)}
    return render(request, "organisation/units.html", context)


@require_GET
@requires("organisation.see_units")
def unit(request: Request, employer_code: str, unit_code: str) -> HttpResponse:
    """A unit: where it hangs, what it was called, who follows it."""
    found = access.unit_for(request, "organisation.see_units", employer_code, unit_code)
    reach = request.actor.reach("organisation.change_units")
    context = {
        "unit": found,
        "versions": queries.versions_of(found.id),
        "may_move": reach.covers(employer_id=found.employer_id, unit_id=found.id),
    }
    return render(request, "organisation/unit.html", context)


@require_http_methods(["GET", "POST"])
@requires("organisation.change_units")
def move_unit(request: Request, employer_code: str, unit_code: str) -> HttpResponse:
    """Move a unit under another one from a day on."""
    found = access.unit_for(request, "organisation.change_units", employer_code, unit_code)
    others = [row for row in queries.units_on(request.today, employer_id=found.employer_id) if row.id != found.id]
    form = MoveUnitForm(request.POST if request.method == "POST" else None, units=others, today=request.today)
    if form.is_valid():
        try:
            operations.move_unit(
                unit_id=found.id,
                parent_id=form.cleaned_data["parent"],
                on=form.cleaned_data["on"],
                at=request.now,
                actor=cast(User, request.actor.user),
            )
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else None, error.message)
        else:
            messages.success(request, _("The unit has been moved."))
            return redirect("organisation:unit", employer_code, unit_code)
    context = {"unit": found, "form": form}
    return render(request, "organisation/move_unit.html", context, status=FAULTY if form.errors else None)


@require_GET
@requires("organisation.see_people")
def people(request: Request) -> HttpResponse:
    """Employees within the actor's reach, by name."""
    asked = request.GET.get("q", "").strip()[:100]
    reach = request.actor.reach("organisation.see_people")
    found = queries.people_within(
        request.today, employer_ids=reach.employer_ids, unit_ids=reach.unit_ids, containing=asked
    )
    context = {
        "page": page_of(request, found),
        "q": asked,
        "may_import": request.actor.may("organisation.import_people"),
    }
    return render(request, "organisation/people.html", context)


@require_http_methods(["GET", "POST"])
@requires("organisation.import_people")
def import_(request: Request) -> HttpResponse:
    """Upload a roster: look at what would change, then import it."""
    posted = request.method == "POST"
    form = RosterForm(request.POST if posted else None, request.FILES if posted else None, today=request.today)
    context: dict[str, object] = {"form": form, "plan": None, "summary": None, "problems": (), "ignored": ()}
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            roster = imports.read_roster(file.name, file.read(), max_bytes=PAGE_BYTES)
            reach = request.actor.reach("organisation.import_people")
            plan = imports.plan_roster(roster, as_of=form.cleaned_data["as_of"], employer_ids=reach.employer_ids)
            context |= {"plan": plan, "summary": plan.summary(), "ignored": roster.ignored_columns}
            if form.cleaned_data["apply"]:
                operations.apply_roster(
                    plan,
                    at=request.now,
                    actor=cast(User, request.actor.user),
                    confirm_leavers=form.cleaned_data["confirm_leavers"],
                )
                messages.success(request, _("The roster has been imported."))
                return redirect("organisation:people")
        except InputRefused as error:
            form.add_error(None, error.message)
            context["problems"] = error.problems[:SHOWN_PROBLEMS]
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else None, error.message)
    return render(request, "organisation/import.html", context, status=FAULTY if form.errors else None)


@require_GET
@requires("organisation.see_audit")
def audit_trail(request: Request) -> HttpResponse:
    """Who did what, latest first."""
    return render(request, "organisation/audit.html", {"page": page_of(request, audit.events())})


def _day(request: Request) -> date:
    """The day asked for with ?on=; today when it's missing or no day."""
    try:
        return parse_date(request.GET.get("on", "")) or request.today
    except ValueError:
        return request.today
