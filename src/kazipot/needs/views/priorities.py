"""Pages for the analysis team: how important competences are, and which units were reached how."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kazipot.foundation.pagination import page_of
from kazipot.foundation.ui.form_page import carried_out, form_page, posted
from kazipot.framework import queries as frameworks
from kazipot.needs import operations, queries
from kazipot.needs.forms import ImportanceForm
from kazipot.organisation.access import Request, requires, user_of


@require_GET
@requires("needs.publish_analyses")
def importance(request: Request) -> HttpResponse:
    """How important each competence is, where that comes from, and who decided it."""
    year = request.today.year
    framework = frameworks.active_framework(request.today)
    framework_id = queries.framework_of_year(year) or (framework.pk if framework else None)
    items = frameworks.competences(framework_id) if framework_id is not None else []
    found = (
        queries.weights([item.id for item in items], framework_id, year, request.today)
        if framework_id is not None
        else []
    )
    rows = list(zip(items, found, strict=True))
    return render(request, "needs/importance.html", {"rows": rows, "year": year})


@require_http_methods(["GET", "POST"])
@requires("needs.publish_analyses")
def set_importance(request: Request, competence_id: int) -> HttpResponse:
    """Weigh a competence, with a reason."""
    item = next(iter(frameworks.competences_by_id([competence_id])), None)
    if item is None:
        raise Http404
    form = ImportanceForm(posted(request))
    if carried_out(
        form,
        lambda told: operations.set_importance(
            competence_id=item.id,
            percent=told["percent"],
            reason=told["reason"],
            at=request.now,
            actor=user_of(request),
        ),
    ):
        messages.success(request, _("The importance has been saved. It holds for analyses published from now on."))
        return redirect("needs:importance")
    return form_page(
        request,
        form,
        title=_("Importance: %(name)s") % {"name": f"{item.code} {item.name}"},
        button=_("Save"),
        back=(reverse("needs:importance"), _("How important competences are")),
        text=_("Your name and the reason are kept in the audit trail; the reason is published with the analysis."),
    )


@require_GET
@requires("needs.publish_analyses")
def coverage(request: Request, year: int) -> HttpResponse:
    """Which units have answers, interviews, both or neither."""
    context = {"year": year, "page": page_of(request, queries.unit_reach(year, request.today))}
    return render(request, "needs/coverage.html", context)
