"""Learning platforms that report completions, and the address at which they do (xAPI statements)."""

import base64
import binascii
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods

from kazipot.foundation import clock
from kazipot.foundation.errors import DomainError
from kazipot.foundation.ui.form_page import carried_out, form_page, posted
from kazipot.foundation.ui.templatetags.ui import day, number
from kazipot.organisation.access import Request, requires, user_of
from kazipot.verification import access, imports, operations, queries
from kazipot.verification.errors import StatementRefused
from kazipot.verification.forms import PlatformForm
from kazipot.verification.views.listing import Action, Cell, table_page

VERSION = "1.0.3"
MOST_BYTES = 5_000_000
UNKNOWN, TOO_LARGE = 401, 413


@require_GET
@requires("verification.run")
def sources(request: Request) -> HttpResponse:
    """Platforms that report completions."""
    received = queries.statements_by_source()

    def cells(row: Any) -> list[str | Cell]:
        end = (
            day(row.ended_at.date())
            if row.ended_at
            else Cell(_("End it"), reverse("verification:end-source", args=[row.pk]))
        )
        return [row.name, number(received.get(row.pk, 0)), str(len(row.counts_as)), day(row.added_at.date()), end]

    return table_page(
        request,
        queries.sources(),
        cells,
        title=_("Learning platforms"),
        lead=_(
            "Other platforms report what people have completed or passed, by xAPI statements. What counts is set here."
        ),
        headings=[_("Name"), _("Statements"), _("Activities that count"), _("Since"), _("Ended")],
        empty=_("No platform reports completions."),
        actions=[Action(_("Add a platform"), reverse("verification:add-source"))],
        back=(reverse("verification:duties"), _("Digital security: who is due")),
    )


@require_http_methods(["GET", "POST"])
@requires("verification.run")
def add_source(request: Request) -> HttpResponse:
    """Add a platform; its token is shown once."""
    form = PlatformForm(posted(request))
    made: list[str] = []

    def write(told: Mapping[str, Any]) -> None:
        counts_as = {line.strip(): "training" for line in told["trainings"].splitlines() if line.strip()}
        counts_as |= {line.strip(): "verification" for line in told["verifications"].splitlines() if line.strip()}
        if not counts_as:
            raise DomainError(_("Name at least one activity that counts."), field="trainings")
        _source, token = operations.add_source(
            name=told["name"], counts_as=counts_as, at=request.now, actor=user_of(request)
        )
        made.append(token)

    if carried_out(form, write):
        address = request.build_absolute_uri(reverse("verification:statements"))
        return render(request, "verification/source_token.html", {"token": made[0], "address": address})
    back = (reverse("verification:sources"), _("Learning platforms"))
    return form_page(request, form, title=_("Add a platform"), button=_("Add the platform"), back=back)


@require_http_methods(["GET", "POST"])
@requires("verification.run")
def end_source(request: Request, source_id: int) -> HttpResponse:
    """A platform's token stops working."""
    found = access.source_to_end(source_id)
    if request.method == "POST":
        operations.end_source(source_id=found.pk, at=request.now, actor=user_of(request))
        messages.success(request, _("The platform can report no more. What it reported stays."))
        return redirect("verification:sources")
    return render(request, "verification/end_source.html", {"source": found})


@csrf_exempt
@require_http_methods(["POST", "PUT"])
def statements(request: HttpRequest) -> HttpResponse:
    """Take xAPI statements from a platform that shows its token; the same statement twice is one.

    Answers as an LRS does: the ids (200, 204 for a PUT), or {"error": …} with 400, 401, 409, 413.
    """
    with override("en"):
        response = _taken(request)
    response.headers["X-Experience-API-Version"] = VERSION
    return response


def _taken(request: HttpRequest) -> HttpResponse:
    source = queries.source_by_token(_token(request))
    if source is None:
        response = _refused(_("Send the token of the platform: Authorization: Bearer TOKEN."), UNKNOWN)
        response.headers["WWW-Authenticate"] = 'Bearer realm="xAPI"'
        return response
    if int(request.headers.get("Content-Length") or 0) > MOST_BYTES:
        return _refused(_("Send less at once: 5 MB at most."), TOO_LARGE)
    at = clock.now()
    try:
        found = imports.read_statements(request.body, at=at, statement_id=_wanted(request))
        operations.receive(source_id=source.pk, statements=found, at=at)
    except StatementRefused as refused:
        return _refused(str(refused.message), refused.status)
    if request.method == "PUT":
        return HttpResponse(status=204)
    return JsonResponse([str(said.statement_id) for said in found], safe=False)


def _wanted(request: HttpRequest) -> str:
    """The id in the address, which a PUT must have."""
    if request.method != "PUT":
        return ""
    try:
        return str(UUID(request.GET.get("statementId", "")))
    except ValueError as error:
        raise StatementRefused(_("Name the statement in the address: ?statementId=UUID.")) from error


def _token(request: HttpRequest) -> str:
    """The token, sent as a bearer's or as the password of basic authentication, which most platforms know."""
    kind, _space, value = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() == "bearer":
        return value.strip()
    if kind.lower() == "basic":
        try:
            return base64.b64decode(value, validate=True).decode().partition(":")[2]
        except (binascii.Error, UnicodeDecodeError):
            return ""
    return ""


def _refused(message: str, status: int) -> JsonResponse:
    return JsonResponse({"error": message}, status=status)
