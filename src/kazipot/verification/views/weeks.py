"""Verification weeks: planned, previewed, people invited, slips printed."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kazipot.foundation.errors import DomainError
from kazipot.foundation.pagination import page_of
from kazipot.foundation.ui.form_page import carried_out, form_page, posted
from kazipot.foundation.ui.templatetags.ui import day
from kazipot.organisation import queries as organisation
from kazipot.organisation.access import Request, requires, user_of
from kazipot.verification import access, exports, operations, queries
from kazipot.verification.forms import WeekForm
from kazipot.verification.views.listing import Action, Cell, table_page


def _duties() -> tuple[str, str]:
    return reverse("verification:duties"), _("Digital security: who is due")


@require_GET
@requires("verification.see_weeks")
def weeks(request: Request) -> HttpResponse:
    """Every verification week, latest first."""
    may = request.actor.may("verification.run")
    return table_page(
        request,
        queries.weeks(),
        lambda row: [
            Cell(row.title, reverse("verification:week", args=[row.pk])), day(row.opens_on), day(row.closes_on),
            day(row.lapsing_by),
            ", ".join(employer.code for employer in row.employers.all()) or pgettext("employers", "all"),
        ],
        title=_("Verification weeks"),
        lead=_("Days on which people are invited to the test, by mail or by a slip on paper."),
        headings=[_("Name"), _("First day"), _("Last day"), _("Lapsing by"), _("Employers")],
        empty=_("No verification week has been planned."),
        actions=[Action(_("Plan a week"), reverse("verification:plan-week"))] if may else [],
        back=_duties(),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@requires("verification.run")
def plan(request: Request) -> HttpResponse:
    """Plan a verification week."""
    form = WeekForm(posted(request), employers=organisation.employers())
    made: list[int] = []

    def write(told: Mapping[str, Any]) -> None:
        week = operations.plan_week(
            title=told["title"], opens_on=told["opens_on"], closes_on=told["closes_on"], lapsing_by=told["lapsing_by"],
            employer_ids=told["employers"], at=request.now, actor=user_of(request),
        )  # fmt: skip
        made.append(week.pk)

    if carried_out(form, write):
        messages.success(request, _("The week has been planned. Look at who would be invited, then invite them."))
        return redirect("verification:week", made[0])
    back = (reverse("verification:weeks"), _("Verification weeks"))
    return form_page(request, form, title=_("Plan a verification week"), button=_("Plan the week"), back=back)


@require_GET
@requires("verification.see_weeks")
def week(request: Request, week_id: int) -> HttpResponse:
    """A week: who would be invited today, how many have come, and slips to print."""
    found = access.week_to_see(week_id)
    may_run = request.actor.may("verification.run")
    over = request.today > found.closes_on
    rows = [] if over or not may_run else queries.to_invite(found, request.today)
    page = page_of(request, rows)
    waiting = list(queries.waiting(week_id).values_list("employer_id", "by_mail"))
    employers = [row for row in access.employers_to_print(request) if (row.pk, False) in waiting]
    invited = queries.invited(week_id)
    context = {
        "week": found,
        "over": over,
        "page": page,
        "preview": [
            (access.name_of(request, row.person, row.employer_id), bool(row.email)) for row in page.object_list
        ],
        "by_mail": sum(bool(row.email) for row in rows),
        "on_paper": sum(not row.email for row in rows),
        "invited": invited,
        "came": invited - len(waiting),
        "may_run": may_run,
        "employers": [(row, waiting.count((row.pk, False))) for row in employers] if not over else [],
    }
    return render(request, "verification/week.html", context)


@require_POST
@requires("verification.run")
def invite(request: Request, week_id: int) -> HttpResponse:
    """Invite everybody who is due."""
    found = access.week_to_see(week_id)
    try:
        done = operations.invite(week_id=found.pk, at=request.now, actor=user_of(request))
    except DomainError as error:
        messages.error(request, str(error.message))
    else:
        text = ngettext("%(count)s person is invited by mail.", "%(count)s people are invited by mail.", done.mailed)
        paper = ngettext("%(count)s needs a slip.", "%(count)s need a slip.", done.on_paper)
        messages.success(request, f"{text % {'count': done.mailed}} {paper % {'count': done.on_paper}}")
    return redirect("verification:week", week_id)


@require_POST
@requires("verification.print_slips")
def slips(request: Request, week_id: int, employer_code: str) -> HttpResponseBase:
    """Slips with fresh codes for an employer's people who are invited on paper and haven't come."""
    found, employer = access.slips_to_print(request, week_id, employer_code)
    try:
        made = operations.print_slips(
            week_id=found.pk, employer_ids=[employer.pk], at=request.now, actor=user_of(request)
        )
    except DomainError as error:
        messages.error(request, str(error.message))
        return redirect("verification:week", week_id)
    name = f"verification-{found.opens_on}-{employer.code}"
    return exports.slips(made, name=name, closes_on=found.closes_on, address=settings.KAZIPOT_ADDRESS, at=request.now)
