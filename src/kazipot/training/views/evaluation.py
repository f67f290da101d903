"""What people say of training, by course and provider; and slips for those without an e-mail address."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from kazipot.foundation.pagination import page_of
from kazipot.organisation.access import Request, requires, user_of
from kazipot.training import access, operations, queries
from kazipot.training.choices import EvaluationKind
from kazipot.training.exports.evaluation import evaluation_slips, result_cells, statement_rows


def _year(request: Request, years: list[int]) -> int:
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isascii() and asked.isdigit() else 0
    return year if year in years else years[0] if years else request.today.year


@require_GET
@requires("training.see_evaluations")
def results(request: Request) -> HttpResponse:
    """The year's results: the whole, each provider, each course."""
    years = queries.evaluation_years()
    year = _year(request, years)
    rows = queries.evaluation_results(year, request.today)
    ratings = queries.ratings(year, request.today)
    page = page_of(request, rows)
    context = {
        "year": year,
        "years": years,
        "page": page,
        "rows": [(row, result_cells(row, ratings.get(row.course.pk) if row.course else None)) for row in page],
    }
    return render(request, "training/evaluation.html", context)


@require_GET
@requires("training.see_evaluations")
def course(request: Request, code: str) -> HttpResponse:
    """A course statement by statement."""
    found = access.course_to_see(code)
    year = _year(request, queries.evaluation_years())
    told = queries.course_result(found, year, request.today)
    may_read = request.actor.may("training.read_comments")
    comments = queries.comments_on(found, year, request.today) if may_read else []
    context: dict[str, Any] = {
        "course": found,
        "year": year,
        "told": told,
        "reaction": statement_rows(told.reaction, EvaluationKind.REACTION),
        "behaviour": statement_rows(told.behaviour, EvaluationKind.BEHAVIOUR),
        "page": page_of(request, comments),
    }
    return render(request, "training/evaluation_course.html", context)


@require_POST
@requires("training.record_attendance")
def slips(request: Request, session_id: int) -> HttpResponseBase:
    """Slips with codes for people without an e-mail address who were at the session."""
    found = access.session_to_record(request, session_id)
    links = operations.make_evaluation_codes(session_id=found.pk, at=request.now, actor=user_of(request))
    if not links:
        messages.info(request, _("Nobody needs a slip: everybody has an e-mail address or has answered."))
        return redirect("training:session", found.pk)
    letters = queries.evaluation_letters({link.person_id: link.secret for link in links}, found.pk, on=request.today)
    return evaluation_slips(letters, found, address=settings.KAZIPOT_ADDRESS.rstrip("/"), at=request.now)
