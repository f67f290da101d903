"""Where the year is heading: the forecast of M3, and what would reach the target while there is time."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from kazipot.foundation.pagination import page_of
from kazipot.organisation.access import Request, requires, user_of
from kazipot.training import operations, queries
from kazipot.training.exports import outlook as words
from kazipot.training.exports.outlook_chart import outlook_svg, outlook_words


@require_GET
@requires("training.see_outlook")
def outlook(request: Request) -> HttpResponse:
    """The latest forecast of the year in a picture, in numbers and in words, and the earlier ones."""
    found = queries.latest_outlook(request.today)
    context: dict[str, Any] = {
        "outlook": found,
        "year": request.today.year,
        "may_ask": request.actor.may("training.plan"),
    }
    if found is not None and found.result["needing"]:
        told = found.result
        wanted = {course for row in told["remedies"] for course, _seats in row["seats"]}
        titles = {course.pk: course.title for course in queries.courses().filter(pk__in=wanted)}
        page = page_of(request, queries.outlooks(found.year))
        context |= {
            "told": told,
            "headline": words.headline(told),
            "steps": words.steps(told),
            "remedies": words.remedies(told, titles),
            "rates": words.rate_rows(told),
            "path": words.path_rows(told),
            "chart_words": outlook_words(told, found.year),
            "page": page,
            "earlier": [
                (row, *(words.share(row.result["reached_at_end"][name], row.result) for name in ("p10", "p90")),
                 words.chance(row.result["chance"]))
                for row in page if row.result["needing"]
            ],
        }  # fmt: skip
    return render(request, "training/outlook.html", context)


@require_GET
@requires("training.see_outlook")
def outlook_chart(request: Request) -> HttpResponse:
    """The forecast, drawn; 404 while there is none."""
    found = queries.latest_outlook(request.today)
    if found is None or not found.result["needing"]:
        raise Http404
    return HttpResponse(outlook_svg(found.result, found.year), content_type="image/svg+xml")


@require_POST
@requires("training.plan")
def outlook_anew(request: Request) -> HttpResponse:
    """Workers are to forecast anew, because something was planned."""
    if operations.ask_outlook_anew(year=request.today.year, at=request.now, actor=user_of(request)):
        messages.success(request, _("The forecast is worked out anew. Open this page again in a minute."))
    return redirect("training:outlook")
