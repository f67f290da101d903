"""The opportunity ledger behind M3: for the Service and the auditor."""

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET

from kazipot.foundation.downloads import download
from kazipot.foundation.pagination import page_of
from kazipot.organisation import queries as organisation
from kazipot.organisation.access import Request, requires
from kazipot.strategy import access, queries
from kazipot.strategy.exports import ledger as words
from kazipot.training import queries as training

PER_PAGE = 50


@require_GET
@requires("strategy.see_ledger")
def ledger(request: Request, indicator_id: str) -> HttpResponse:
    """Every offer of the year, whether it counts as an opportunity, and which condition fails if not."""
    on = access.day_to_see(request)
    spec = access.training_indicator_to_see(indicator_id)
    scope = access.scope_to_see(request, queries.tree(on))
    found = queries.ledger(on, spec, scope=scope)
    chosen = _chosen(request, found)
    page = page_of(request, chosen, per_page=PER_PAGE)
    offers = training.offers_in_ledger(page.object_list)
    context = {
        "spec": spec,
        "on": on,
        "scope": scope,
        "reference": request.GET.get("reference", ""),
        "ledger": found,
        "rule": words.rule_in_words(found),
        "told": words.headline(found),
        "page": page,
        "rows": [
            {
                "line": line,
                "offer": offers[line.offer_id],
                "reference": found.reference_of(line),
                "state": words.state_in_words(line, offers[line.offer_id]),
                "fails": words.fails_in_words(line),
            }
            for line in page.object_list
        ],
        "counts": request.GET.get("counts", ""),
        "state": request.GET.get("state", ""),
        "fails": request.GET.get("fails", ""),
        "employer": request.GET.get("employer", ""),
        "states": words.STATES.items(),
        "conditions": [(name, words.FAILS[name]) for name in ("withdrawn", *found.conditions)],
        "employers": organisation.employers(),
    }
    return render(request, "strategy/ledger.html", context)


def _chosen(request: Request, found: queries.Ledger) -> list[training.LedgerLine]:
    """The lines that were asked for."""
    counts, state = request.GET.get("counts", ""), request.GET.get("state", "")
    fails, employer = request.GET.get("fails", ""), request.GET.get("employer", "")
    reference = request.GET.get("reference", "")
    return [
        line
        for line in found.lines
        if (counts not in {"yes", "no"} or line.counts == (counts == "yes"))
        and state in {"", line.state}
        and (not fails or fails in line.fails)
        and employer in {"", str(line.employer_id)}
        and (not reference or found.reference_of(line) == reference)
    ]


@require_GET
@requires("strategy.see_ledger")
def ledger_file(request: Request, indicator_id: str) -> HttpResponseBase:
    """The lines that were asked for, as CSV."""
    spec = access.training_indicator_to_see(indicator_id)
    on = access.day_to_see(request)
    found = queries.ledger(on, spec, scope=access.scope_to_see(request, queries.tree(on)))
    chosen = _chosen(request, found)
    content = words.ledger_table(found, chosen, training.offers_in_ledger(chosen))
    return download(f"{spec.id}-{found.day:%Y-%m-%d}.csv", "text/csv; charset=utf-8", content)
