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
        "uncovered": [f"{unit['employer']}: {queries.named(unit)}" for unit in content.get("uncovered", ())],
        "may_publish": may_publish,
    }
    return render(request, "needs/analysis.html", context)


def _paragraphs(narrative: Mapping[str, str]) -> list[str]:
    """The narrative in the reader's language."""
    text = narrative.get("en" if get_language() == "en" else "sl", "")
    return [part for part in text.split("\n\n") if part.strip()]


@require_GET
@requires("needs.see_analyses")
def export(request: Request, year: int) -> HttpResponseBase:
    """A published version as a CSV file, a workbook (?format=xlsx) or a PDF (?format=pdf)."""
    published = _published(request, year)
    form = request.GET.get("format", "csv")
    name = f"needs-{year}-v{published.version}.{form}"
    if form == "pdf":
        return download(name, "application/pdf", exports.analysis_pdf(published, at=published.published_at))
    if form == "xlsx":
        return download(name, XLSX, exports.analysis_xlsx(published.content))
    if form != "csv":
        raise Http404
    return download(name, "text/csv; charset=utf-8", exports.analysis_csv(published.content).encode())


@require_GET
@requires("needs.see_analyses")
def chart(request: Request, year: int) -> HttpResponse:
    """The drawing of a group of a published version."""
    content = _published(request, year).content
    key = request.GET.get("group", "whole")
    group = next((group for group in queries.rows_of(content) if group["key"] == key and group["lines"]), None)
    if group is None:
        raise Http404
    drawing = exports.svg(queries.group_label(group), queries.lines(content, key))
    return HttpResponse(drawing, content_type="image/svg+xml")


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
