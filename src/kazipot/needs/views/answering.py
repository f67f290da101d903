"""The questionnaire, by a personal link or signed in."""

from django.http import HttpRequest, HttpResponse


def answer(request: HttpRequest, token: str) -> HttpResponse:
    """The questionnaire of the link's holder."""
    return HttpResponse()
