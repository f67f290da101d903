"""Pages of competence frameworks."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from kazipot.framework import queries
from kazipot.organisation.access import Request, requires


@require_GET
@requires("framework.see")
def frameworks(request: Request) -> HttpResponse:
    """Which frameworks there are, and which one is active."""
    return render(request, "framework/frameworks.html", {"frameworks": queries.frameworks()})


@require_GET
@requires("framework.see")
def framework(request: Request, code: str, version: str) -> HttpResponse:
    """The competences of a version, area by area."""
    found = queries.framework_by_version(code, version)
    if found is None:
        raise Http404
    context = {"framework": found, "competences": queries.competences(found.pk)}
    return render(request, "framework/framework.html", context)
