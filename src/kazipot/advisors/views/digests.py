"""Digests: a quarter's notes, gathered by the Service."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kazipot.advisors import access, operations, queries
from kazipot.advisors.exports import digest_pdf
from kazipot.advisors.forms import DigestForm
from kazipot.foundation.downloads import download
from kazipot.foundation.pagination import page_of
from kazipot.foundation.ui.form_page import REFUSED, carried_out, posted
from kazipot.organisation.access import Request, requires, user_of

GET_AND_POST = ["GET", "POST"]


@require_GET
@requires("advisors.see_watch")
def digests(request: Request) -> HttpResponse:
    """Every digest, and the quarters that wait for one."""
    present = queries.quarter_of(request.today)
    waiting = [quarter for quarter in (present, present.before) if queries.digest_of(quarter) is None]
    page = page_of(request, queries.digests())
    context = {
        "page": page,
        "rows": [(row, queries.Quarter(row.year, row.quarter)) for row in page],
        "waiting": waiting if access.is_service(request) else (),
    }
    return render(request, "advisors/digests.html", context)


@require_GET
@requires("advisors.see_watch")
def digest(request: Request, year: int, quarter: int) -> HttpResponse:
    """A digest as it was published."""
    found = access.digest_to_see(year, quarter)
    context = {"digest": found, "told": queries.told(found.content), "quarter": queries.Quarter(year, quarter)}
    return render(request, "advisors/digest.html", context)


@require_GET
@requires("advisors.see_watch")
def digest_document(request: Request, year: int, quarter: int) -> HttpResponseBase:  # noqa: ARG001
    """A digest as PDF, in the reader's language."""
    found = access.digest_to_see(year, quarter)
    language = "en" if get_language() == "en" else "sl"
    return download(f"povzetek-{year}-{quarter}-{language}.pdf", "application/pdf", digest_pdf(found, language))


@require_http_methods(GET_AND_POST)
@requires("advisors.lead")
def publish_digest(request: Request, year: int, quarter: int) -> HttpResponse:
    """Look at what would be gathered, write an introduction, publish."""
    wanted = access.quarter_to_gather(year, quarter)
    form = DigestForm(posted(request))
    if carried_out(
        form,
        lambda told: operations.publish_digest(
            year=year, quarter=quarter, introduction={"sl": told["sl"], "en": told["en"]},
            at=request.now, actor=user_of(request),
        ),
    ):  # fmt: skip
        messages.success(request, _("The digest has been published and sent to the advisors."))
        return redirect("advisors:digest", year, quarter)
    draft = queries.draft_digest(wanted, on=request.today)
    context = {"form": form, "quarter": wanted, "told": queries.told(draft), "back": reverse("advisors:digests")}
    return render(request, "advisors/publish_digest.html", context, status=REFUSED if form.errors else None)
