"""Need beside seats, the catalogue's files, and materials of sessions."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kazipot.foundation.downloads import download
from kazipot.foundation.errors import InputRefused
from kazipot.foundation.pagination import page_of
from kazipot.foundation.ui.form_page import REFUSED, carried_out, posted
from kazipot.framework import queries as framework
from kazipot.organisation.access import Request, requires, user_of
from kazipot.training import access, exports, operations, queries
from kazipot.training.forms.supply import CatalogueForm, ConfirmCatalogueForm
from kazipot.training.imports.catalogue import read_catalogue

GET_AND_POST = ["GET", "POST"]
FIRST_YEAR, LAST_YEAR = 2000, 2100


def _year(request: Request) -> int:
    asked = request.GET.get("year", "")
    if asked.isascii() and asked.isdigit() and FIRST_YEAR <= int(asked[:5]) <= LAST_YEAR:
        return int(asked)
    return request.today.year


@require_GET
@requires("training.see_catalogue")
def supply_match(request: Request) -> HttpResponse:
    """How well the year's sessions match the needs of the published analysis."""
    year = _year(request)
    found = queries.supply_match(year)
    context = {
        "year": year,
        "years": range(request.today.year + 1, request.today.year - 3, -1),
        "found": found,
        "words": exports.supply_words(found) if found else "",
    }
    return render(request, "training/supply_match.html", context)


@require_GET
@requires("training.see_catalogue")
def supply_chart(_request: Request, year: int) -> HttpResponse:
    """The drawing of need beside seats."""
    found = queries.supply_match(year)
    if found is None:
        raise Http404
    return HttpResponse(exports.supply_svg(found), content_type="image/svg+xml")


@require_http_methods(GET_AND_POST)
@requires("training.change_catalogue")
def upload(request: Request) -> HttpResponse:
    """Upload an external catalogue; when every row is sound, its preview follows."""
    form = CatalogueForm(posted(request), request.FILES or None)
    kept: list[int] = []

    def keep(told: Mapping[str, Any]) -> None:
        file = told["file"]
        content = file.read()
        read_catalogue(file.name, content, _known(request))
        stored = operations.keep_catalogue(filename=file.name, content=content, at=request.now, actor=user_of(request))
        kept.append(stored.pk)

    if carried_out(form, keep):
        return redirect("training:catalogue-preview", kept[0])
    context = {"form": form, "problems": getattr(form, "problems", ())}
    return render(request, "training/catalogue_import.html", context, status=REFUSED if form.errors else None)


def _known(request: Request) -> queries.Catalogue:
    active = framework.active_framework(request.today)
    return queries.known_catalogue(active.pk if active else 0)


@require_http_methods(GET_AND_POST)
@requires("training.change_catalogue")
def preview(request: Request, upload_id: int) -> HttpResponse:
    """What an uploaded catalogue would change; confirm it here."""
    stored = queries.catalogue_upload(user_of(request), upload_id)
    if stored is None:
        raise Http404
    if stored.content is None:
        return render(request, "training/catalogue_preview.html", {"upload": stored, "settled": True})
    known = _known(request)
    try:
        rows = read_catalogue(stored.filename, bytes(stored.content), known)
    except InputRefused as error:
        messages.error(request, str(error.message))
        return redirect("training:catalogue-import")
    changes = queries.catalogue_changes(rows, known)
    form = ConfirmCatalogueForm(posted(request), initial={"shown": queries.fingerprint(changes)})
    if carried_out(
        form,
        lambda told: operations.import_catalogue(
            upload_id=stored.pk,
            rows=rows,
            framework_id=known.framework_id,
            shown=told["shown"],
            at=request.now,
            actor=user_of(request),
        ),
    ):
        messages.success(request, _("The catalogue has been imported."))
        return redirect("training:courses")
    if form.errors:
        form.data = {**form.data, "shown": queries.fingerprint(changes)}
    kinds = [change.kind for change in changes]
    context = {
        "upload": stored,
        "settled": False,
        "form": form,
        "summary": {kind: kinds.count(kind) for kind in ("added", "changed", "unchanged")},
        "page": page_of(request, changes),
    }
    return render(request, "training/catalogue_preview.html", context, status=REFUSED if form.errors else None)


@require_GET
@requires("training.see_catalogue")
def material(request: Request, material_id: int) -> HttpResponseBase:
    """The file of a material, for those who may have it."""
    found = access.material_to_read(request, material_id)
    return download(found.filename, "application/octet-stream", bytes(found.content or b""))
