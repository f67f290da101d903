"""Gives every request its clock (`request.now`, `request.today`) and its language; keeps NUL characters out."""

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import BadRequest
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


NUL = "\0"
"""A character that no text holds and PostgreSQL refuses; who sends it looks for faults. Forms refuse it themselves."""


def cookies_middleware(get_response: GetResponse) -> GetResponse:
    """Forgets cookies with a NUL character, which a quoted cookie can hide; must come before the session."""

    def middleware(request: HttpRequest) -> HttpResponse:
        for name in [name for name, value in request.COOKIES.items() if NUL in value]:
            del request.COOKIES[name]
        return get_response(request)

    return middleware


def address_middleware(get_response: GetResponse) -> GetResponse:
    """Refuses addresses with a NUL character (400); comes last, so that the page of the refusal has all it needs."""

    def middleware(request: HttpRequest) -> HttpResponse:
        asked = [request.path, *(text for name, values in request.GET.lists() for text in (name, *values))]
        if any(NUL in text for text in asked):
            raise BadRequest("NUL in the address")
        return get_response(request)

    return middleware
