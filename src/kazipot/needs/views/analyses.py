"""Pages of the year's analysis."""

from collections.abc import Mapping
from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kazipot.foundation.downloads import download
from kazipot.foundation.models import User
from kazipot.foundation.pagination import page_of
from kazipot.foundation.ui.form_page import carried_out, form_page, posted
from kazipot.needs import exports, operations, queries
from kazipot.needs.forms import PublishForm
from kazipot.organisation.access import Request, requires

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_GET
@requires("needs.see_analyses")
def analyses(request: Request) -> HttpResponse:
    """The years and their analyses."""
    context = {
        "page": page_of(request, queries.years()),
        "may_publish": request.actor.may("needs.publish_analyses"),
    }
    return render(request, "needs/analyses.html", context)


@require_GET
@requires("needs.see_analyses")
def analysis(request: Request, year: int) -> HttpResponse:
    """A year's analysis as published, an older version with ?version=, or for the Service a preview with ?draft=1."""
    versions = queries.versions(year)
    may_publish = request.actor.may("needs.publish_analyses")
    draft = may_publish and (request.GET.get("draft") == "1" or not versions)
    if draft and queries.is_collecting(year, on=request.today):
        messages.info(
            request,
            _(
                "A preview is shown when answering is over: "
                "earlier, comparing two previews would give single people's answers away."
            ),
        )
        return redirect("needs:analyses")
    published = None if draft else _published(request, year)
    content = _preview(request, year) if published is None else published.content
    key = request.GET.get("group", "whole")
    groups = queries.groups(content)
    context = {
        "year": year,
        "content": content,
        "rate": queries.response_rate(content["response"]),
        "framework": queries.named(content["framework"]) if "framework" in content else "",
        "draft": draft,
        "published": published,
        "is_untouched": queries.is_untouched(published) if published else None,
        "narrative": _paragraphs(published.narrative if published else queries.drafted(content)),
        "versions": versions,
        "is_latest": draft or content["version"] == versions[0].version,
        "groups": [group for group in groups if group.people is not None],
        "hidden": [group for group in groups if group.people is None],
        "chosen": next((group for group in groups if group.key == key), groups[0] if groups else None),
        "key": key,
        "lines": queries.lines(content, key),
        "levels": queries.levels(content, key),
        "people": queries.people(content),
        "items": queries.items(content, key),
        "trends": queries.trend(content, key),
        "priorities": queries.priority(content, key),
        "demand": queries.demand_told(content),
        "reached": queries.reached(content),
        "heard": queries.heard_told(content),
        "quotes": queries.quotes_told(content),
        "uncovered": [f"{unit['employer']}: {queries.named(unit)}" for unit in content.get("uncovered", ())],
        "parts": [(part.name, part.title) for part in exports.parts(content)] if published else [],
        "may_publish": may_publish,
    }
    return render(request, "needs/analysis.html", context)


def _paragraphs(narrative: Mapping[str, str]) -> list[str]:
    """The narrative in the reader's language."""
    text = narrative.get("en" if get_language() == "en" else "sl", "")
    return [part for part in text.split("\n\n") if part.strip()]


@require_GET
@requires("needs.see_analyses")
def demand(request: Request, year: int) -> HttpResponse:
    """The demand for training of a published version, by competence and level, for buying it."""
    published = _published(request, year)
    rows = queries.demand_told(published.content)
    wanted = request.GET.get("competence", "")
    context = {
        "year": year,
        "published": published,
        "versions": queries.versions(year),
        "rows": rows,
        "chosen": next((row for row in rows if row.code == wanted and row.cells), None),
        "kinds_of": next((row for row in rows if row.code == wanted and row.kinds), None),
        "chart_words": exports.demand_words(rows) if rows else "",
        "has_kinds": any(row.kinds for row in rows),
    }
    return render(request, "needs/demand.html", context)


@require_GET
@requires("needs.see_analyses")
def export(request: Request, year: int) -> HttpResponseBase:
    """A published version as a CSV file, a workbook (?format=xlsx) or a PDF (?format=pdf); ?part= names one table."""
    published = _published(request, year)
    form, part = request.GET.get("format", "csv"), request.GET.get("part", "")
    name = f"needs-{year}-v{published.version}{'-' + part if part else ''}.{form}"
    if form == "pdf" and not part:
        return download(name, "application/pdf", exports.analysis_pdf(published, at=published.published_at))
    if form == "xlsx":
        file = exports.part_xlsx(published.content, part) if part else exports.analysis_xlsx(published.content)
    elif form == "csv":
        whole = exports.analysis_csv
        file = exports.part_csv(published.content, part) if part else whole(published.content).encode()
    else:
        raise Http404
    if file is None:
        raise Http404
    return download(name, XLSX if form == "xlsx" else "text/csv; charset=utf-8", file)


@require_GET
@requires("needs.see_analyses")
def chart(request: Request, year: int) -> HttpResponse:
    """A drawing of a published version: of a group's shares, its trend, its priorities, or of the demand."""
    content = _published(request, year).content
    key = request.GET.get("group", "whole")
    group = next((group for group in queries.rows_of(content) if group["key"] == key and group["lines"]), None)
    drawing = _drawing(content, group, request.GET.get("what", "shares"), request.GET.get("since", ""))
    if drawing is None:
        raise Http404
    return HttpResponse(drawing, content_type="image/svg+xml")


def _drawing(content: Mapping[str, Any], group: Mapping[str, Any] | None, what: str, since: str) -> str | None:
    if group is None:
        return None
    label = queries.group_label(group)
    if what == "shares":
        return exports.svg(label, queries.lines(content, group["key"]))
    if what == "trend":
        told = next((one for one in queries.trend(content, group["key"]) if str(one.year) == since), None)
        return exports.trend_svg(label, told) if told else None
    if what == "priorities":
        ranked = queries.priority(content, group["key"])
        return exports.priority_svg(label, ranked) if ranked else None
    demanded = queries.demand_told(content) if what == "demand" else []
    return exports.demand_svg(demanded) if demanded else None


@require_GET
@requires("needs.see_analyses")
def document(request: Request, year: int) -> HttpResponseBase:
    """The document that the published digest is of, byte for byte."""
    published = _published(request, year)
    return download(f"needs-{year}-v{published.version}.json", "application/json", queries.canonical_of(published))


@require_GET
@requires("needs.publish_analyses")
def texts(request: Request, year: int) -> HttpResponse:
    """What people wrote in their own words, without unit, moment or order, when answering is over."""
    collecting = queries.is_collecting(year, on=request.today)
    found = [] if collecting else queries.open_texts(year, request.today)
    context = {
        "year": year,
        "collecting": collecting,
        "texts": [(queries.named(item, "label"), said) for item, said in found],
    }
    return render(request, "needs/texts.html", context)


@require_http_methods(["GET", "POST"])
@requires("needs.publish_analyses")
def publish(request: Request, year: int) -> HttpResponse:
    """Complete the drafted narrative and publish the next version of a year's analysis."""
    made: list[int] = []
    form = PublishForm(posted(request), narrative=_narrative(request, year), is_first=not queries.versions(year))

    def work(told: Mapping[str, Any]) -> None:
        version = operations.publish_analysis(
            year=year,
            at=request.now,
            actor=cast(User, request.actor.user),
            narrative=form.narrative(),
            changes=told.get("changes", ""),
        )
        made.append(version.version)

    if request.method == "POST" and carried_out(form, work):
        messages.success(request, _("Version %(version)d has been published.") % {"version": made[0]})
        return redirect("needs:analysis", year)
    return form_page(
        request,
        form,
        title=_("Publish the analysis %(year)d") % {"year": year},
        button=_("Publish"),
        back=(reverse("needs:analyses"), _("Analyses of training needs")),
        text=_("What is published stays as it is. A correction is a new version."),
    )


def _narrative(request: Request, year: int) -> dict[str, str]:
    """The draft; none while answers come in, for comparing two drafts would give single people's answers away."""
    if request.method == "POST" or queries.is_collecting(year, on=request.today):
        return {}
    made = queries.make(year, request.today)
    return queries.drafted(made.content) if made else {}


def _published(request: Request, year: int) -> queries.Published:
    """The version asked for; the latest when none is."""
    wanted = request.GET.get("version", "")
    found = queries.published_version(year, int(wanted) if wanted.isdecimal() else None)
    if found is None or (wanted and not wanted.isdecimal()):
        raise Http404
    return found


def _preview(request: Request, year: int) -> dict[str, Any]:
    """What would be published now."""
    made = queries.make(year, request.today)
    if made is None:
        raise Http404
    return cast(dict[str, Any], made.content)
