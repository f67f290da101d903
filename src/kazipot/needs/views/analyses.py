"""Pages of the year's analysis."""

from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from kazipot.foundation.errors import DomainError
from kazipot.foundation.models import User
from kazipot.foundation.pagination import page_of
from kazipot.needs import exports, operations, queries
from kazipot.organisation.access import Request, requires


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
    content = _preview(request, year) if draft else _version(request, versions)
    key = request.GET.get("group", "whole")
    groups = queries.groups(content)
    context = {
        "year": year,
        "content": content,
        "framework": queries.named(content["framework"]) if "framework" in content else "",
        "draft": draft,
        "versions": versions,
        "is_latest": draft or content["version"] == versions[0].version,
        "published_on": next((row.published_on for row in versions if row.version == content.get("version")), None),
        "groups": [group for group in groups if group.people is not None],
        "hidden": [group for group in groups if group.people is None],
        "chosen": next((group for group in groups if group.key == key), groups[0] if groups else None),
        "key": key,
        "lines": queries.lines(content, key),
        "may_publish": may_publish,
    }
    return render(request, "needs/analysis.html", context)


@require_GET
@requires("needs.see_analyses")
def export(request: Request, year: int) -> HttpResponse:
    """A published version as a CSV file."""
    content = _version(request, queries.versions(year))
    response = HttpResponse(exports.analysis_csv(content), content_type="text/csv; charset=utf-8")
    name = f"needs-{year}-v{content['version']}.csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_POST
@requires("needs.publish_analyses")
def publish(request: Request, year: int) -> HttpResponse:
    """Publish the next version of a year's analysis."""
    try:
        made = operations.publish_analysis(year=year, at=request.now, actor=cast(User, request.actor.user))
    except DomainError as error:
        messages.error(request, str(error.message))
        return redirect("needs:analyses")
    messages.success(request, _("Version %(version)d has been published.") % {"version": made.version})
    return redirect("needs:analysis", year)


def _version(request: Request, versions: list[Any]) -> dict[str, Any]:
    """The content of the version asked for; of the latest when none is."""
    wanted = request.GET.get("version", "")
    for row in versions:
        if not wanted or str(row.version) == wanted:
            return cast(dict[str, Any], row.content)
    raise Http404


def _preview(request: Request, year: int) -> dict[str, Any]:
    """What would be published now."""
    made = queries.make(year, request.today)
    if made is None:
        raise Http404
    return cast(dict[str, Any], made.content)
