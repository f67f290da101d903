"""Accounts and the roles that they hold."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kazipot.foundation.pagination import page_of
from kazipot.foundation.ui.form_page import carried_out, form_page, posted
from kazipot.organisation import access, operations, queries
from kazipot.organisation.access import Request, requires
from kazipot.organisation.errors import NoSuchAccount, NoSuchNumber, UnitNotThere
from kazipot.organisation.forms import AccountForm, EndRoleForm, GrantRoleForm

GET_AND_POST = ["GET", "POST"]


@require_GET
@requires("organisation.grant_roles")
def roles(request: Request) -> HttpResponse:
    """Who holds which role, where and since when."""
    return render(
        request, "organisation/roles.html", {"page": page_of(request, queries.grants_in_force(request.today))}
    )


@require_http_methods(GET_AND_POST)
@requires("organisation.grant_roles")
def grant_role(request: Request) -> HttpResponse:
    """An account gets a role."""
    form = GrantRoleForm(posted(request), employers=queries.employers(), today=request.today)

    def grant(told: Mapping[str, Any]) -> None:
        user = queries.user_by_name(told["username"])
        if user is None:
            raise NoSuchAccount
        unit_id = None
        if told["unit"]:
            there = queries.units_on(told["valid_from"], employer_id=told["employer"])
            unit_id = next((unit.id for unit in there if unit.code == told["unit"]), None)
            if unit_id is None:
                raise UnitNotThere(field="unit")
        operations.grant_role(
            user_id=user.pk,
            role=told["role"],
            employer_id=told["employer"],
            unit_id=unit_id,
            valid_from=told["valid_from"],
            at=request.now,
            actor=access.user_of(request),
        )

    if carried_out(form, grant):
        messages.success(request, _("The role has been granted."))
        return redirect("organisation:roles")
    return form_page(request, form, title=_("Grant a role"), button=_("Grant the role"), back=_back())


@require_http_methods(GET_AND_POST)
@requires("organisation.grant_roles")
def end_role(request: Request, grant_id: int) -> HttpResponse:
    """An account holds a role no longer."""
    found = queries.grant_by_id(grant_id)
    if found is None:
        raise Http404
    form = EndRoleForm(posted(request), today=request.today)
    if carried_out(
        form,
        lambda told: operations.end_role(
            grant_id=found.pk, on=told["on"], at=request.now, actor=access.user_of(request)
        ),
    ):
        messages.success(request, _("The role has been ended."))
        return redirect("organisation:roles")
    where = found.unit.code if found.unit else found.employer.code
    lead = f"{found.user.username}: {found.get_role_display()}, {where}"
    return form_page(
        request, form, title=_("End the role"), button=_("End the role"), back=_back(), lead=lead, danger=True
    )  # fmt: skip


@require_http_methods(GET_AND_POST)
@requires("organisation.grant_roles")
def new_account(request: Request) -> HttpResponse:
    """An account for an employee or for somebody from outside."""
    form = AccountForm(posted(request), employers=queries.employers())

    def create(told: Mapping[str, Any]) -> None:
        person = None
        if told["personnel_number"]:
            person = queries.person_by_number(told["employer"] or 0, told["personnel_number"], on=request.today)
            if person is None:
                raise NoSuchNumber
        operations.create_account(
            username=told["username"],
            password=told["password"],
            person_id=person.pk if person else None,
            email=told["email"],
            language=told["language"],
            at=request.now,
            actor=access.user_of(request),
        )

    if carried_out(form, create):
        messages.success(request, _("The account has been created. Now grant it a role."))
        return redirect("organisation:roles")
    return form_page(request, form, title=_("Create an account"), button=_("Create the account"), back=_back())


def _back() -> tuple[str, str]:
    return reverse("organisation:roles"), _("Roles")
