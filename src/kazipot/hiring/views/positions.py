"""The posts of an employer's job classification: listed by family, and imported from a file after a look."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from kazipot.foundation.pagination import page_of
from kazipot.foundation.ui.form_page import REFUSED, carried_out, posted
from kazipot.hiring.forms import PositionsForm
from kazipot.organisation import imports, operations
from kazipot.organisation import queries as organisation
from kazipot.organisation.access import Request, employer_for, requires, user_of

SHOWN = 200


@require_GET
@requires("hiring.see_profiles")
def positions(request: Request, employer_code: str) -> HttpResponse:
    """The posts of an employer, by family."""
    employer = employer_for(request, "hiring.see_profiles", employer_code)
    context = {"employer": employer, "page": page_of(request, organisation.positions(employer.pk))}
    return render(request, "hiring/positions.html", context)


@require_http_methods(["GET", "POST"])
@requires("hiring.import_positions")
def import_positions(request: Request) -> HttpResponse:
    """Look at what a file of posts would change, then import it."""
    reach = request.actor.reach("hiring.import_positions")
    employers = [row for row in organisation.employers() if reach.covers(employer_id=row.pk)]
    found: dict[str, Any] = {}

    def work(told: Mapping[str, Any]) -> None:
        rows, ignored = imports.read_positions(told["file"].name, told["file"].read())
        plan = organisation.plan_positions(rows, employer_id=told["employer"], may_add_profiles=reach.everywhere)
        found.update(plan=plan, ignored=ignored, employer=told["employer"])
        if not told["only_look"]:
            operations.apply_positions(plan, at=request.now, actor=user_of(request))

    files = request.FILES if request.method == "POST" else None
    form = PositionsForm(posted(request), files, employers=employers, looked=False)
    done = carried_out(form, work)
    if done and not form.cleaned_data["only_look"]:
        summary = found["plan"].summary()
        number = summary["added"] + summary["changed"]
        said = ngettext("%(count)s post was written.", "%(count)s posts were written.", number)
        messages.success(request, said % {"count": number})
        chosen = next(row for row in employers if row.pk == found["employer"])
        return redirect(f"{reverse('hiring:profiles')}?employer={chosen.code}")
    context: dict[str, Any] = {"form": form, "problems": getattr(form, "problems", ())}
    if done:
        plan = found["plan"]
        again = PositionsForm(employers=employers, looked=True)
        again.initial["employer"] = found["employer"]
        context |= {
            "form": again, "plan": plan, "summary": plan.summary(), "changes": plan.changes[:SHOWN],
            "more": max(0, len(plan.changes) - SHOWN), "ignored": found["ignored"],
        }  # fmt: skip
    return render(request, "hiring/import_positions.html", context, status=REFUSED if form.errors else None)
