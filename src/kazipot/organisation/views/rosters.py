"""A roster comes in two steps: it is uploaded and looked at, then confirmed."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kazipot.foundation.errors import InputRefused
from kazipot.foundation.pagination import page_of
from kazipot.foundation.tables import PAGE_BYTES
from kazipot.foundation.ui.form_page import REFUSED, carried_out, posted
from kazipot.organisation import access, imports, operations, queries
from kazipot.organisation.access import Request, requires
from kazipot.organisation.forms import ConfirmRosterForm, RosterForm

PER_PAGE = 50


@require_http_methods(["GET", "POST"])
@requires("organisation.import_people")
def upload(request: Request) -> HttpResponse:
    """Upload a roster; when every row is sound, its preview follows."""
    form = RosterForm(posted(request), request.FILES or None, today=request.today)
    kept: list[int] = []

    def keep(told: Mapping[str, Any]) -> None:
        file, as_of = told["file"], told["as_of"]
        content = file.read()
        roster = imports.read_roster(file.name, content, max_bytes=PAGE_BYTES)
        queries.plan_roster(roster, as_of=as_of, employer_ids=_employers(request))
        stored = operations.keep_upload(
            filename=file.name, content=content, as_of=as_of, at=request.now, actor=access.user_of(request)
        )
        kept.append(stored.pk)

    if carried_out(form, keep):
        return redirect("organisation:preview", kept[0])
    context = {"form": form, "problems": getattr(form, "problems", ())}
    return render(request, "organisation/import.html", context, status=REFUSED if form.errors else None)


@require_http_methods(["GET", "POST"])
@requires("organisation.import_people")
def preview(request: Request, upload_id: int) -> HttpResponse:
    """What an uploaded roster would change, line by line; confirm it here."""
    stored = queries.upload_of(access.user_of(request), upload_id)
    if stored is None:
        raise Http404
    if stored.content is None:
        return render(request, "organisation/preview.html", {"upload": stored, "settled": True})
    try:
        roster = imports.read_roster(stored.filename, bytes(stored.content), max_bytes=PAGE_BYTES)
        plan = queries.plan_roster(roster, as_of=stored.as_of, employer_ids=_employers(request))
    except InputRefused as error:
        messages.error(request, str(error.message))
        return redirect("organisation:import")
    form = ConfirmRosterForm(posted(request), shown=plan.fingerprint(), many_leave=plan.needs_confirmation)
    if request.method == "POST" and carried_out(
        form,
        lambda told: operations.import_upload(
            upload_id=stored.pk,
            plan=plan,
            shown=told["shown"],
            confirm_leavers=bool(told.get("confirm_leavers")),
            at=request.now,
            actor=access.user_of(request),
        ),
    ):
        messages.success(request, _("The roster has been imported."))
        return redirect("organisation:people")
    if form.errors:  # what is shown again is what would be confirmed
        form.data = {**form.data, "shown": plan.fingerprint()}
    context = {
        "upload": stored,
        "settled": False,
        "form": form,
        "summary": plan.summary(),
        "empty": plan.is_empty,
        "ignored": roster.ignored_columns,
        "page": page_of(request, queries.changes_of(plan), per_page=PER_PAGE),
    }
    return render(request, "organisation/preview.html", context, status=REFUSED if form.errors else None)


def _employers(request: Request) -> frozenset[int]:
    return request.actor.reach("organisation.import_people").employer_ids
