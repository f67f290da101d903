"""Employers and their units: as of a day, and every change that begins on a day."""

from datetime import date
from typing import cast

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kazipot.foundation.pagination import page_of
from kazipot.foundation.ui.form_page import carried_out, form_page, posted
from kazipot.organisation import access, operations, queries
from kazipot.organisation.access import Request, requires
from kazipot.organisation.forms import (
    ChangeUnitForm,
    CloseUnitForm,
    EmployerForm,
    JobProfileForm,
    MergeUnitForm,
    MoveUnitForm,
    NewUnitForm,
    SplitUnitForm,
)

GET_AND_POST = ["GET", "POST"]


@require_GET
@requires("organisation.see_units")
def employers(request: Request) -> HttpResponse:
    """Every employer of the programme with its units and people today."""
    reach = request.actor.reach("organisation.change_units")
    page = page_of(request, queries.employers())
    size = queries.employer_sizes(request.today)
    context = {
        "page": page,
        "rows": [(row, size.get(row.pk), reach.covers(employer_id=row.pk)) for row in page.object_list],
        "may_add": reach.everywhere,
    }
    return render(request, "organisation/employers.html", context)


@require_http_methods(GET_AND_POST)
@requires("organisation.add_employers")
def new_employer(request: Request) -> HttpResponse:
    """An employer joins the programme."""
    form = EmployerForm(posted(request))
    if carried_out(form, lambda told: operations.add_employer(**told, at=request.now, actor=access.user_of(request))):
        messages.success(request, _("The employer has been added. Now add its units."))
        return redirect("organisation:employers")
    back = (reverse("organisation:employers"), _("Employers"))
    return form_page(request, form, title=_("Add an employer"), button=_("Add the employer"), back=back)


@require_GET
@requires("organisation.see_units")
def profiles(request: Request) -> HttpResponse:
    """Kinds of work that posts may have."""
    context = {
        "page": page_of(request, queries.job_profiles()),
        "may_add": request.actor.may("organisation.add_employers"),
    }
    return render(request, "organisation/profiles.html", context)


@require_http_methods(GET_AND_POST)
@requires("organisation.add_employers")
def new_profile(request: Request) -> HttpResponse:
    """Another kind of work gets a name."""
    form = JobProfileForm(posted(request))
    if carried_out(
        form, lambda told: operations.add_job_profile(**told, at=request.now, actor=access.user_of(request))
    ):
        messages.success(request, _("The job profile has been added."))
        return redirect("organisation:profiles")
    back = (reverse("organisation:profiles"), _("Job profiles"))
    return form_page(request, form, title=_("Add a job profile"), button=_("Add the job profile"), back=back)


@require_GET
@requires("organisation.see_units")
def units(request: Request) -> HttpResponse:
    """Every unit on a day, by employer."""
    on = _day(request)
    return render(request, "organisation/units.html", {"on": on, "page": page_of(request, queries.units_on(on))})


@require_GET
@requires("organisation.see_units")
def unit(request: Request, employer_code: str, unit_code: str) -> HttpResponse:
    """A unit: where it hangs, what it was called, whom it follows and who follows it."""
    found = access.unit_to_see(request, employer_code, unit_code)
    reach = request.actor.reach("organisation.change_units")
    context = {
        "unit": found,
        "today": queries.unit_by_id(found.id, on=request.today),
        "versions": queries.versions_of(found.id),
        "successions": queries.successions_of(found.id),
        "may_change": reach.covers(employer_id=found.employer_id, unit_id=found.id),
    }
    return render(request, "organisation/unit.html", context)


@require_http_methods(GET_AND_POST)
@requires("organisation.change_units")
def new_unit(request: Request, employer_code: str) -> HttpResponse:
    """A unit of an employer begins on a day."""
    employer = access.employer_for(request, "organisation.change_units", employer_code)
    there = queries.units_on(request.today, employer_id=employer.pk)
    form = NewUnitForm(posted(request), units=there, today=request.today, below=request.GET.get("below", ""))

    def add(told: dict[str, object]) -> None:
        operations.add_unit(
            employer_id=employer.pk,
            parent_id=cast(int | None, told.pop("parent")),
            at=request.now,
            actor=access.user_of(request),
            **told,  # type: ignore[arg-type]
        )

    if carried_out(form, lambda told: add(dict(told))):
        messages.success(request, _("The unit has been added."))
        return redirect("organisation:unit", employer_code, form.cleaned_data["code"])
    back = (reverse("organisation:employers"), _("Employers"))
    return form_page(
        request, form, title=_("Add a unit"), button=_("Add the unit"), back=back, lead=employer.name
    )  # fmt: skip


@require_http_methods(GET_AND_POST)
@requires("organisation.change_units")
def change_unit(request: Request, employer_code: str, unit_code: str) -> HttpResponse:
    """A unit is called otherwise or is of another kind from a day on."""
    found = access.unit_for(request, "organisation.change_units", employer_code, unit_code)
    form = ChangeUnitForm(posted(request), unit=found, today=request.today)
    if carried_out(
        form,
        lambda told: operations.change_unit(unit_id=found.id, **told, at=request.now, actor=access.user_of(request)),
    ):
        messages.success(request, _("The unit has been changed."))
        return redirect("organisation:unit", employer_code, unit_code)
    return _unit_form(request, found, form, title=_("Change the unit"), button=_("Change the unit"))


@require_http_methods(GET_AND_POST)
@requires("organisation.change_units")
def move_unit(request: Request, employer_code: str, unit_code: str) -> HttpResponse:
    """A unit moves under another one from a day on."""
    found = access.unit_for(request, "organisation.change_units", employer_code, unit_code)
    form = MoveUnitForm(posted(request), units=_others(request, found), today=request.today)
    if carried_out(
        form,
        lambda told: operations.move_unit(
            unit_id=found.id,
            parent_id=told["parent"],
            on=told["on"],
            at=request.now,
            actor=access.user_of(request),
        ),
    ):
        messages.success(request, _("The unit has been moved."))
        return redirect("organisation:unit", employer_code, unit_code)
    return _unit_form(request, found, form, title=_("Move the unit"), button=_("Move the unit"))


@require_http_methods(GET_AND_POST)
@requires("organisation.change_units")
def merge_unit(request: Request, employer_code: str, unit_code: str) -> HttpResponse:
    """A unit ends and goes over to another one with its people."""
    found = access.unit_for(request, "organisation.change_units", employer_code, unit_code)
    form = MergeUnitForm(posted(request), units=_others(request, found), today=request.today)
    if carried_out(
        form,
        lambda told: operations.merge_units(
            unit_ids=[found.id],
            into_id=told["into"],
            on=told["on"],
            at=request.now,
            actor=access.user_of(request),
        ),
    ):
        messages.success(request, _("The units have been merged."))
        return redirect("organisation:unit", employer_code, unit_code)
    text = _("Its people and the units below it go over to the other unit. What was before that day stays as it was.")
    title = _("Merge into another unit")
    return _unit_form(request, found, form, title=title, button=_("Merge the units"), text=text, danger=True)


@require_http_methods(GET_AND_POST)
@requires("organisation.change_units")
def split_unit(request: Request, employer_code: str, unit_code: str) -> HttpResponse:
    """A unit ends and its people go to two other ones."""
    found = access.unit_for(request, "organisation.change_units", employer_code, unit_code)
    staying = queries.employments_from(found.id, request.today)
    named = access.may_see_name(request.actor, employer_id=found.employer_id, unit_id=found.id)
    form = SplitUnitForm(
        posted(request), units=_others(request, found), staying=staying, named=named, today=request.today
    )
    if carried_out(
        form,
        lambda told: operations.split_unit(
            unit_id=found.id,
            into={
                told["first"]: [job.pk for job in staying if job.pk not in set(told["to_second"])],
                told["second"]: told["to_second"],
            },
            on=told["on"],
            at=request.now,
            actor=access.user_of(request),
        ),
    ):
        messages.success(request, _("The unit has been split."))
        return redirect("organisation:unit", employer_code, unit_code)
    text = _("Add the two new units first. Everybody whom you do not mark goes to the first one.")
    return _unit_form(
        request, found, form, title=_("Split the unit"), button=_("Split the unit"), text=text, danger=True
    )


@require_http_methods(GET_AND_POST)
@requires("organisation.change_units")
def close_unit(request: Request, employer_code: str, unit_code: str) -> HttpResponse:
    """A unit without people ends on a day."""
    found = access.unit_for(request, "organisation.change_units", employer_code, unit_code)
    form = CloseUnitForm(posted(request), today=request.today)
    if carried_out(
        form,
        lambda told: operations.close_unit(
            unit_id=found.id, on=told["on"], at=request.now, actor=access.user_of(request)
        ),
    ):
        messages.success(request, _("The unit has been closed."))
        return redirect("organisation:unit", employer_code, unit_code)
    return _unit_form(request, found, form, title=_("Close the unit"), button=_("Close the unit"), danger=True)


def _others(request: Request, found: queries.UnitOnDay) -> list[queries.UnitOnDay]:
    """The employer's other units today."""
    return [row for row in queries.units_on(request.today, employer_id=found.employer_id) if row.id != found.id]


def _unit_form(
    request: Request,
    found: queries.UnitOnDay,
    form: ChangeUnitForm | CloseUnitForm | MoveUnitForm | MergeUnitForm | SplitUnitForm,
    *,
    title: str,
    button: str,
    text: str = "",
    danger: bool = False,
) -> HttpResponse:
    back = (reverse("organisation:unit", args=(found.employer_code, found.code)), found.name)
    return form_page(request, form, title=title, button=button, back=back, lead=found.name, text=text, danger=danger)


def _day(request: Request) -> date:
    """The day asked for with ?on=; today when it's missing or no day."""
    try:
        return parse_date(request.GET.get("on", "")) or request.today
    except ValueError:
        return request.today
