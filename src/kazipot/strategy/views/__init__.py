"""Pages of the count: the public page, the indicators, their history and their evidence."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from kazipot.foundation.models import User
from kazipot.foundation.pagination import page_of
from kazipot.organisation.access import Request, requires
from kazipot.strategy import access, operations, queries
from kazipot.strategy.choices import Format
from kazipot.strategy.exports import chart as drawing
from kazipot.strategy.exports import figures, tables, words
from kazipot.strategy.forms import LookForm
from kazipot.strategy.queries import WHOLE, Indicator, Scope
from kazipot.training.exports import outlook as forecast
from kazipot.training.exports import outlook_chart as forecast_chart

COLOURS = {"achieved": "good", "partly": "warn", "under_way": "warn", "not_started": "plain"}


@dataclass(frozen=True, slots=True)
class Card:
    """A figure as a page shows it; `readable` is whether the reader may know the numbers."""

    figure: Indicator
    readable: bool
    may_open: bool = False

    @property
    def sentence(self) -> str:
        """The numbers in a sentence."""
        return words.sentence(self.figure)

    @property
    def seconds(self) -> list[tuple[str, queries.Second, str]]:
        """What stands beside the figure: its name, the figure, and the figure in a sentence."""
        return [
            (words.second_name(second), second, words.second_sentence(second))
            for second in self.figure.beside
            if second.denominator
        ]

    @property
    def is_yes_or_no(self) -> bool:
        """Whether the indicator is met or not, with nothing between."""
        return self.figure.kind == "needs"

    @property
    def colour(self) -> str:
        """good, warn, bad or plain: bad where the due date has passed and nothing was reached."""
        if self.figure.due_passed and self.figure.denominator and not self.figure.numerator:
            return "bad"
        return COLOURS[self.figure.status]

    @property
    def kind_name(self) -> str:
        """The kind of unit that a figure by kind speaks of."""
        return self.figure.scope.label


@require_GET
def public(request: HttpRequest) -> HttpResponse:
    """How the strategy goes, for everybody: no people, no small groups, nothing that isn't marked public."""
    shown = queries.published(cast(Request, request).today)
    context = {
        "strategy": shown.strategy,
        "as_of": shown.as_of,
        "kept_at": shown.kept_at,
        "figures": [
            (
                Card(figure.whole, readable=True),
                [Card(kind, readable=not kind.protected) for kind in figure.kinds],
                queries.history(shown.as_of, figure.whole.id, today=figure.whole, only_kept=True),
            )
            for figure in shown.figures
        ],
    }
    return render(request, "strategy/public.html", context)


@require_GET
def open_data(request: HttpRequest) -> HttpResponse:
    """The public figures for programs."""
    shown = queries.published(cast(Request, request).today)
    wholes = [figure.whole for figure in shown.figures]
    kinds = [kind for figure in shown.figures for kind in figure.kinds]
    document = figures.document(shown.as_of, wholes)
    document["by_kind_of_unit"] = [figures.figure_json(kind, shown=not kind.protected) for kind in kinds]
    response = JsonResponse(document, json_dumps_params={"ensure_ascii": False, "indent": 1})
    response["Access-Control-Allow-Origin"] = "*"
    return response


@require_GET
def public_chart(request: HttpRequest, indicator_id: str) -> HttpResponse:
    """A public indicator over time, for the whole."""
    spec = access.public_indicator(indicator_id)
    day = queries.latest_day(cast(Request, request).today) or cast(Request, request).today
    return _drawing(request, spec, day, WHOLE, only_kept=True)


@require_GET
@requires("strategy.see_indicators")
def indicators(request: Request) -> HttpResponse:
    """Every indicator as of a day, for the whole, a kind of unit or a unit."""
    on = access.day_to_see(request)
    tree = queries.tree(on)
    scope = access.scope_to_see(request, tree)
    strategy = queries.strategy()
    found = queries.indicators(on, scope=scope)
    context = {
        "strategy": strategy,
        "on": on,
        "scope": scope,
        "form": LookForm(on=on, scope=scope, tree=tree),
        "cards": _cards(request, found),
        "formats": Format.choices,
        "missing": queries.missing_quarters(request.today) if request.actor.may("strategy.take_snapshot") else [],
        "unknown": queries.unknown_units(strategy, tree) if request.actor.may("strategy.take_snapshot") else [],
    }
    return render(request, "strategy/indicators.html", context)


def _cards(request: Request, found: Iterable[Indicator]) -> list[Card]:
    return [
        Card(figure, readable=access.may_read(request, figure), may_open=access.may_open(request, figure.spec))
        for figure in found
    ]


@require_GET
@requires("strategy.see_indicators")
def indicator(request: Request, indicator_id: str) -> HttpResponse:
    """One indicator: what it means, where it stands, over time, by kind of unit and by unit."""
    on = access.day_to_see(request)
    spec = access.indicator_to_see(indicator_id)
    found = queries.detail(on, indicator_id)
    scope = access.scope_to_see(request, found.tree)
    figure = found.of(scope)
    readable = access.may_read(request, figure)
    page = page_of(request, found.units)
    open_units = access.readable_units(request, found.units)
    context = {
        "spec": spec,
        "on": on,
        "scope": scope,
        "form": LookForm(on=on, scope=scope, tree=found.tree),
        "card": Card(figure, readable=readable, may_open=access.may_open(request, spec)),
        "outlook": _outlook(spec, scope, on) if on == request.today else None,
        "points": queries.history(on, indicator_id, scope=scope, today=figure) if readable else [],
        "kinds": [Card(row, readable=not row.protected) for row in found.kinds],
        "page": page,
        "rows": [(row, Card(row.figure, readable=row.place.id in open_units)) for row in page.object_list],
        "parameters": words.parameters(spec),
        "definitions": [
            (words.definition_name(row.definition), row)
            for row in (queries.definitions_beside(on, spec) if scope == WHOLE and readable else [])
        ],
        "responsible": queries.responsible(spec, found.tree),
        "may_see_ledger": spec.kind == "training" and request.actor.may("strategy.see_ledger"),
    }
    return render(request, "strategy/indicator.html", context)


def _outlook(spec: queries.Spec, scope: Scope, on: date) -> dict[str, object] | None:
    """Where training is heading this year, for the whole."""
    found = queries.outlook_beside(on, spec) if scope == WHOLE else None
    if found is None:
        return None
    told = found.result
    return {
        "as_of": found.as_of,
        "sentences": forecast.headline(told),
        "chart_words": forecast_chart.outlook_words(told, found.year),
    }


@require_GET
@requires("strategy.see_indicators")
def skilled(request: Request) -> HttpResponse:
    """Context: the share of digitally skilled employees over time, and by kind of unit."""
    on, months = request.today, queries.duty_rule().months
    context = {
        "rows": queries.skilled_over_time(on, months=months),
        "kinds": queries.skilled_by_kind(on, months=months),
        "months": months,
    }
    return render(request, "strategy/skilled.html", context)


@require_GET
@requires("strategy.see_evidence")
def evidence(request: Request, indicator_id: str) -> HttpResponse:
    """The records behind an indicator, as far as the actor may see them."""
    on = access.day_to_see(request)
    spec = access.indicator_to_see(indicator_id)
    reach = access.evidence_reach(request, spec)
    scope = access.scope_to_see(request, queries.tree(on))
    found = queries.evidence(on, indicator_id, scope=scope)
    within = access.things_to_see(reach, found.things)
    met = request.GET.get("met", "")
    chosen = [thing for thing in within if met not in {"yes", "no"} or thing.met == (met == "yes")]
    page = page_of(request, chosen)
    records = queries.records(found, page.object_list)
    context = {
        "spec": spec,
        "on": on,
        "scope": scope,
        "met": met,
        "choices": [("", _("all")), ("no", _("not met")), ("yes", _("met"))],
        "card": Card(found.figure, readable=len(within) == len(found.things)),
        "page": page,
        "records": [(record, access.sees_name(request, record)) for record in records],
        "within": len(within),
        "some_hidden": len(found.things) > len(within),
        "analyses": queries.analyses(found) if spec.kind == "needs" else [],
        "reading": found.reading,
        "may_see_ledger": spec.kind == "training" and request.actor.may("strategy.see_ledger"),
    }
    return render(request, "strategy/evidence.html", context)


@require_GET
@requires("strategy.see_indicators")
def chart(request: Request, indicator_id: str) -> HttpResponse:
    """An indicator over time, drawn; 404 when the numbers aren't for the reader."""
    on = access.day_to_see(request)
    spec = access.indicator_to_see(indicator_id)
    scope = access.scope_to_see(request, queries.tree(on))
    if scope != WHOLE and not access.may_read(request, queries.indicator(on, indicator_id, scope=scope)):
        raise Http404
    return _drawing(request, spec, on, scope)


def _drawing(
    request: HttpRequest, spec: queries.Spec, on: date, scope: Scope, *, only_kept: bool = False
) -> HttpResponse:
    points = queries.history(on, spec.id, scope=scope, only_kept=only_kept)
    name = queries.strategy().measure(spec.measure).name.here
    size = drawing.SMALL if request.GET.get("size") == "small" else drawing.LARGE
    content = drawing.svg(name, points, spec.target, size=size, joined=spec.kind != "needs")
    return HttpResponse(content, content_type="image/svg+xml")


@require_GET
@requires("strategy.see_indicators")
def export(request: Request, form: str) -> HttpResponse:
    """The figures of a day for the whole, every kind and every unit, to take away."""
    if form not in Format.values:
        raise Http404
    on = access.day_to_see(request)
    strategy = queries.strategy()
    lines, definitions = [], []
    for spec in strategy.indicators:
        found = queries.detail(on, spec.id)
        definitions.append(tables.Definitions(found.of(WHOLE), queries.definitions_beside(on, spec)))
        open_units = access.readable_units(request, found.units)
        lines.append(tables.Line(found.of(WHOLE), "", shown=True))
        lines += [tables.Line(row, row.scope.label, shown=not row.protected) for row in found.kinds]
        lines += [tables.Line(row.figure, row.place.name, shown=row.place.id in open_units) for row in found.units]
    return tables.answer(Format(form), on, lines, definitions)


@require_POST
@requires("strategy.take_snapshot")
def take_snapshots(request: Request) -> HttpResponse:
    """Keep the figures of past quarters that have no snapshot yet, a few at a time."""
    days = operations.take_missing_snapshots(today=request.today, at=request.now, actor=cast(User, request.actor.user))
    messages.success(
        request,
        ngettext(
            "The figures of %(days)s day have been kept.", "The figures of %(days)s days have been kept.", len(days)
        )
        % {"days": len(days)},
    )
    return redirect("strategy:indicators")
