"""Coming to the test without an account: by the code of a slip, or by the link of a mail."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kazipot.foundation import guessing
from kazipot.foundation.tokens import is_typed
from kazipot.foundation.ui.form_page import posted
from kazipot.organisation.access import Request
from kazipot.verification import access
from kazipot.verification.access import Door
from kazipot.verification.forms import CodeForm
from kazipot.verification.views.sitting import FAULTY, kept_private

NOT_FOUND, TOO_MANY = 404, 429


def by_code[**P](
    view: Callable[Concatenate[Request, Door, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """A page of the person whose code was typed on this device; without one it leads to where codes are typed."""

    @wraps(view)
    def opened(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        door = access.door_here(cast(Request, request))
        return redirect("verification:enter") if door is None else view(cast(Request, request), door, *args, **kwargs)

    return kept_private(cast(Callable[Concatenate[HttpRequest, P], HttpResponseBase], opened))


@require_http_methods(["GET", "POST"])
@kept_private
def enter(request: HttpRequest) -> HttpResponse:
    """Type the code of a slip, on any device."""
    if guessing.is_guessing(request):
        return render(request, "verification/too_many.html", status=TOO_MANY)
    form = CodeForm(posted(request))
    if form.is_valid():
        if access.enter_here(cast(Request, request), form.cleaned_data["code"]):
            return redirect("verification:here-test")
        if access.enter_as_candidate(cast(Request, request), form.cleaned_data["code"]):
            return redirect("verification:candidate-test")
        guessing.note_wrong_code(request)
        form.add_error("code", _("This code is not valid. Look at the slip again: twelve letters and numbers."))
    return render(request, "verification/enter.html", {"form": form}, status=FAULTY if form.errors else None)


@require_http_methods(["GET", "POST"])
@kept_private
def link(request: HttpRequest, token: str) -> HttpResponse:
    """The link of a mail. It opens the test at a press of a button: programs that look through mail press none."""
    if is_typed(token) and guessing.is_guessing(request):
        return render(request, "verification/too_many.html", status=TOO_MANY)
    asked = cast(Request, request)
    if request.method == "POST" and access.enter_here(asked, token):
        return redirect("verification:here-test")
    if not access.is_held(asked, token):
        guessing.note_wrong_code(request)
        return render(request, "verification/link_invalid.html", status=NOT_FOUND)
    return render(request, "verification/link.html")


@require_POST
@kept_private
def leave(request: HttpRequest) -> HttpResponse:
    """Leave a shared device: nothing of the person stays on it, and the test can be continued anywhere."""
    request.session.flush()
    response = redirect("verification:enter")
    response.delete_cookie(settings.LANGUAGE_COOKIE_NAME)
    return response
