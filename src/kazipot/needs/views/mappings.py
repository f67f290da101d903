"""Pages of saved mappings: what the columns of other tools' files mean."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kazipot.foundation.pagination import page_of
from kazipot.foundation.ui.form_page import carried_out, form_page, posted
from kazipot.needs import operations, queries
from kazipot.needs.forms import MappingNameForm
from kazipot.organisation.access import Request, requires, user_of


@require_GET
@requires("needs.run_campaigns")
def mappings(request: Request) -> HttpResponse:
    """Every saved mapping."""
    return render(request, "needs/mappings.html", {"page": page_of(request, queries.mappings())})


@require_http_methods(["GET", "POST"])
@requires("needs.run_campaigns")
def rename(request: Request, mapping_id: int) -> HttpResponse:
    """Call a mapping otherwise."""
    mapping = queries.mapping_by_id(mapping_id)
    if mapping is None:
        raise Http404
    form = MappingNameForm(posted(request), initial={"name": mapping.name})
    if carried_out(
        form,
        lambda told: operations.rename_mapping(
            mapping_id=mapping_id, name=told["name"], at=request.now, actor=user_of(request)
        ),
    ):
        messages.success(request, _("The mapping has been renamed."))
        return redirect("needs:mappings")
    back = (reverse("needs:mappings"), _("Saved mappings"))
    return form_page(request, form, title=_("Rename the mapping"), button=_("Save"), back=back, lead=mapping.name)


@require_POST
@requires("needs.run_campaigns")
def delete(request: Request, mapping_id: int) -> HttpResponse:
    """Delete a mapping."""
    mapping = queries.mapping_by_id(mapping_id)
    if mapping is None:
        raise Http404
    operations.delete_mapping(mapping_id=mapping_id, at=request.now, actor=user_of(request))
    messages.success(request, _("The mapping “%(name)s” has been deleted.") % {"name": mapping.name})
    return redirect("needs:mappings")
