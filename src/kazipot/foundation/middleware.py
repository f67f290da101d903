"""Gives every request its clock (`request.now`, `request.today`) and its language."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from kazipot.foundation import clock

GetResponse = Callable[[HttpRequest], HttpResponse]


def clock_middleware(get_response: GetResponse) -> GetResponse:
    """Sets `request.now` and `request.today` once, so that one request sees one moment."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.now = clock.now()  # type: ignore[attr-defined]
        request.today = request.now.date()  # type: ignore[attr-defined]
        return get_response(request)

    return middleware


def language_middleware(get_response: GetResponse) -> GetResponse:
    """Slovenian unless the person chose otherwise: first by the cookie, then by the account."""

    def middleware(request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
        if chosen not in dict(settings.LANGUAGES):
            chosen = request.user.language if request.user.is_authenticated else settings.LANGUAGE_CODE
        with translation.override(chosen):
            response = get_response(request)
        response.headers.setdefault("Content-Language", chosen)
        return response

    return middleware
