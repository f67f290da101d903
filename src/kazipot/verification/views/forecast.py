"""Until when people are in order, who lapses in the next months, and how the load could be spread."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.dates import MONTHS
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from kazipot.foundation.pagination import page_of
from kazipot.foundation.ui.templatetags.ui import day
from kazipot.organisation.access import Request, requires
from kazipot.verification import access, exports, queries
from kazipot.verification.forms import SpreadForm
from kazipot.verification.views.listing import table_page

UNITS = 25


@require_GET
@requires("verification.see_people")
def people(request: Request) -> HttpResponse:
    """Until when each person within reach is in order: that, and nothing of results."""
    return table_page(
        request,
        queries.people_until(request.today, request.actor.reach("verification.see_people")),
        lambda row: [
            row.person.name, day(row.valid_until), day(row.due_on), row.unit.name if row.unit else "–",
        ],
        title=_("Until when people are in order"),
        lead=_("Who is late stands first. Results are seen by nobody but the person."),
        headings=[_("Person"), _("Valid until"), _("To be done by"), _("Unit")],
        empty=_("There are no employees within your reach."),
        back=(reverse("verification:duties"), _("Digital security: who is due")),
    )  # fmt: skip


def _asked(request: Request) -> SpreadForm:
    """How the load is to be spread: July and August are closed unless said otherwise."""
    data = request.GET if "asked" in request.GET else {"closed": ["7", "8"]}
    form = SpreadForm(data, months=[(number, str(name).capitalize()) for number, name in MONTHS.items()])
    form.is_valid()
    return form


def _figures(request: Request, form: SpreadForm) -> dict[str, Any]:
    reach = request.actor.reach("verification.see_duties")
    outlook = queries.outlook(request.today, reach, access.names(request))
    told = form.cleaned_data
    seats, closed = told.get("seats"), told.get("closed") or []
    spread = queries.spreading(outlook.people, outlook.forecast.months, seats=seats, closed=closed)
    planned = spread.loads if outlook.exact else tuple(queries.fives(number) for number in spread.loads)
    return {"outlook": outlook, "planned": planned, "beyond": spread.beyond, "seats": seats}


@require_GET
@requires("verification.see_duties")
def forecast(request: Request) -> HttpResponse:
    """Who lapses in each of the next 24 months, and a plan that moves invitations within people's windows."""
    form = _asked(request)
    found = _figures(request, form)
    outlook, planned = found["outlook"], found["planned"]
    months = outlook.forecast.months
    named = [exports.month_name(first) for first in months]
    context = {
        **found,
        "form": form,
        "query": request.GET.urlencode(),
        "chart_words": exports.load_words(months, outlook.totals, planned),
        "months": list(zip(named, outlook.totals, planned, strict=True)),
        "named": [f"{first.month}/{first.year % 100:02}" for first in months],
        "over": [(named[index], number) for index, number in sorted(found["beyond"].items())],
        "page": page_of(request, outlook.units, per_page=UNITS),
        "most_before": max(outlook.totals, default=0),
        "most_after": max(planned, default=0),
    }
    return render(request, "verification/forecast.html", context)


@require_GET
@requires("verification.see_duties")
def forecast_chart(request: Request) -> HttpResponse:
    """The forecast and the plan as a drawing."""
    found = _figures(request, _asked(request))
    outlook = found["outlook"]
    drawing = exports.load_svg(outlook.forecast.months, outlook.totals, found["planned"], found["seats"])
    return HttpResponse(drawing, content_type="image/svg+xml")
