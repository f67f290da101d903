"""Pages for whoever is shown a certificate: is it valid? No account is needed; nothing is told about the holder."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_GET, require_http_methods

from kazipot.foundation import clock, guessing
from kazipot.foundation.credentials import exports, queries
from kazipot.foundation.credentials.forms import CheckForm, HolderForm
from kazipot.foundation.ui.form_page import posted

NOT_FOUND, TOO_MANY, FAULTY = 404, 429, 422


@require_http_methods(["GET", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """Type the code of a certificate."""
    if guessing.is_guessing(request):
        return _private(render(request, "credentials/too_many.html", status=TOO_MANY))
    form = CheckForm(posted(request))
    if form.is_valid():
        return redirect("credentials:check", code=form.cleaned_data["code"])
    return render(request, "credentials/enter.html", {"form": form}, status=FAULTY if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def check(request: HttpRequest, code: str) -> HttpResponse:
    """Whether a certificate is valid, what it attests, by whom and until when; on request, whether a name is right."""
    if guessing.is_guessing(request):
        return _private(render(request, "credentials/too_many.html", status=TOO_MANY))
    found = queries.by_code(code)
    if found is None:
        guessing.note_wrong_code(request)
        return _private(render(request, "credentials/unknown.html", status=NOT_FOUND))
    form, matches = HolderForm(posted(request)), None
    if form.is_valid():
        matches = queries.is_held_by(found, form.cleaned_data["name"])
        if not matches:
            guessing.note_wrong_code(request)
    context = {
        "valid_from": timezone.localtime(found.valid_from).date(),
        "valid_until": exports.last_day(found),
        "achievement": found.document["credentialSubject"]["achievement"],
        "issuer": found.document["issuer"]["name"],
        "state": queries.state_of(found, at=clock.now()) if queries.is_sound(found) else "unsound",
        "form": form,
        "matches": matches,
    }
    return _private(render(request, "credentials/check.html", context))


@require_GET
def issuer(_request: HttpRequest) -> HttpResponse:
    """The issuer's keys, for programs."""
    return _data(queries.issuer_document())


@require_GET
def status(_request: HttpRequest, number: int) -> HttpResponse:
    """A status list, for programs."""
    found = queries.status_list(number, at=clock.now())
    if found is None:
        raise Http404
    return _data(found)


def _data(document: dict[str, Any]) -> HttpResponse:
    """A public document, which pages of others may read too."""
    response = JsonResponse(document, content_type="application/ld+json")
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cache-Control"] = "public, max-age=300"
    return response


def _private(response: HttpResponse) -> HttpResponse:
    """A page that no cache keeps and no search engine lists."""
    add_never_cache_headers(response)
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
