"""Pages for what of the interviews may go into the report."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kazipot.foundation.ui.form_page import REFUSED, carried_out, posted
from kazipot.framework import queries as framework
from kazipot.needs import access, operations, queries
from kazipot.needs.choices import Consent, PassageKind
from kazipot.needs.forms import QuoteForm
from kazipot.organisation.access import Request, requires, user_of


@dataclass(frozen=True, slots=True)
class Heading:
    """A competence and a kind, and what may be told of them."""

    competence: str
    kind: str
    quotes: tuple[queries.ReportQuote, ...]


@require_GET
@requires("needs.interview")
def quotes(request: Request, year: int) -> HttpResponse:
    """What may go into a year's report, by competence and kind."""
    found = queries.quotes_for_report(year)
    headings = []
    for item in framework.competences_by_id({one for quote in found for one in quote.competence_ids}):
        for kind in PassageKind:
            told = tuple(row for row in found if item.id in row.competence_ids and row.kind == kind)
            if told:
                headings.append(Heading(f"{item.code} {item.name}", str(kind.label), told))
    return render(request, "needs/quotes.html", {"year": year, "headings": headings})


@require_GET
@requires("needs.interview")
def interview_quotes(request: Request, interview_id: int) -> HttpResponse:
    """The passages of an interview that were agreed on, and what of them goes into the report."""
    found = access.interview_to_see(request, interview_id)
    names = {item.id: item.code for item in framework.competences(found.framework_id)}
    kinds = dict(PassageKind.choices)
    passages = list(queries.agreed_passages(found.pk))
    agreed = queries.agreed_codings(passage.pk for passage in passages)
    rows = [
        (
            passage,
            found.text[passage.start : passage.end],
            ", ".join(names[one] for one in agreed[passage.pk][0]),
            kinds[agreed[passage.pk][1]],
            queries.quote_of(passage),
        )
        for passage in passages
    ]
    return render(request, "needs/interview_quotes.html", {"interview": found, "rows": rows})


@require_http_methods(["GET", "POST"])
@requires("needs.interview")
def quote(request: Request, interview_id: int, passage_id: int) -> HttpResponse:
    """Say a passage in other words, or let the original be quoted if the people agreed to it."""
    found, passage = access.passage_to_quote(request, interview_id, passage_id)
    before = queries.quote_of(passage)
    form = QuoteForm(
        posted(request),
        paraphrase=before.paraphrase if before else "",
        quotable=before.quotable if before else False,
        may_quote=found.consent == Consent.QUOTE,
    )
    if carried_out(
        form,
        lambda told: operations.put_into_report(
            passage_id=passage.pk,
            paraphrase=told["paraphrase"],
            quotable=told["quotable"],
            at=request.now,
            actor=user_of(request),
        ),
    ):
        messages.success(request, _("Saved."))
        return redirect("needs:interview-quotes", found.pk)
    text = found.text[passage.start : passage.end]
    context = {
        "interview": found,
        "passage": passage,
        "text": text,
        "giveaways": queries.giveaways(found, text),
        "may_quote": found.consent == Consent.QUOTE,
        "form": form,
    }
    return render(request, "needs/quote.html", context, status=REFUSED if form.errors else None)
