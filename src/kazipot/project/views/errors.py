"""Pages for what went wrong."""

import sys

from django.core.exceptions import BadRequest, RequestDataTooBig, SuspiciousOperation
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.shortcuts import render
from django.template.loader import render_to_string

RETRY_AFTER = 10
"""Seconds after which it is worth trying again when the database doesn't answer."""
SENT_AGAIN_AT_MOST = 200_000
"""Signs of a form that the page of an outage keeps, so that it can be sent again."""


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: the request could not be understood; 413: it was too long."""
    if _is_outage(exception):  # a session that could not be written for want of a database
        return unavailable(request)
    if isinstance(exception, RequestDataTooBig):
        return render(request, "project/errors/413.html", status=413)
    return render(request, "project/errors/400.html", status=400)


def not_allowed(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """403: signed in, but without the right."""
    return render(request, "project/errors/403.html", status=403)


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """403: the form's protection against forgery did not match."""
    return render(request, "project/errors/403_csrf.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """404: not there, or not yours to see; the answer is the same."""
    return render(request, "project/errors/404.html", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """500: our fault. The page asks neither the database nor the session, which may be what is broken."""
    if _is_outage(sys.exception()):
        return unavailable(request)
    return HttpResponse(render_to_string("project/errors/500.html"), status=500)


def unavailable(request: HttpRequest) -> HttpResponse:
    """503: the database doesn't answer just now. In both languages, with a button that sends the same form again.

    Whether the database had taken it or not: what people send is counted once.
    """
    sent = _sent(request)
    context = {"post": request.method == "POST", "sent": sent, "address": request.get_full_path()}
    response = HttpResponse(render_to_string("project/errors/503.html", context), status=503)
    response.headers["Retry-After"] = str(RETRY_AFTER)
    response.headers["Cache-Control"] = "no-store"
    return response


def _is_outage(error: BaseException | None) -> bool:
    """Whether the database was out of reach, or a connection to it broke."""
    while error is not None:
        if isinstance(error, OperationalError | InterfaceError):
            return True
        error = error.__cause__ or error.__context__
    return False


def _sent(request: HttpRequest) -> list[tuple[str, str]]:
    """The form that was sent, for sending it again; nothing of forms with passwords or files, or very long ones."""
    if request.method != "POST" or request.content_type != "application/x-www-form-urlencoded":
        return []
    try:
        posted = request.POST
    except (SuspiciousOperation, BadRequest, UnreadablePostError):  # too long, broken, or cut off
        return []
    sent = [(name, value) for name, values in posted.lists() for value in values if isinstance(value, str)]
    if any("password" in name for name, _value in sent) or sum(len(value) for _n, value in sent) > SENT_AGAIN_AT_MOST:
        return []
    return sent
