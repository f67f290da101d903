"""A page that is one form: looked at, sent, refused with what to correct, or done."""

from collections.abc import Callable, Mapping
from typing import Any, cast

from django.forms import Form
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from kazipot.foundation.errors import DomainError, InputRefused

REFUSED = 422
"""The status of a page whose form must be corrected: it tells programs what the page tells people."""
SHOWN_PROBLEMS = 100


def posted(request: HttpRequest) -> QueryDict | None:
    """What was sent with a form; None when the page is only looked at."""
    return request.POST if request.method == "POST" else None


def carried_out(form: Form, work: Callable[[Mapping[str, Any]], object]) -> bool:
    """Let a sound form's values do their work; whatever the work refuses stands in the form. Whether it was done."""
    if not form.is_valid():
        return False
    try:
        work(form.cleaned_data)
    except InputRefused as error:
        form.add_error(None, error.message)
        cast(Any, form).problems = error.problems[:SHOWN_PROBLEMS]
    except DomainError as error:
        form.add_error(error.field if error.field in form.fields else None, error.message)
    return not form.errors


def form_page(
    request: HttpRequest,
    form: Form,
    *,
    title: str,
    button: str,
    back: tuple[str, str],
    lead: str = "",
    text: str = "",
    danger: bool = False,
) -> HttpResponse:
    """The page of a form; `back` is the address and the name of the page that it belongs to.

    `lead` says what the form is about, `text` what will happen; `danger` marks what can't be taken back.
    """
    context = {
        "form": form,
        "title": title,
        "button": button,
        "back_address": back[0],
        "back_name": back[1],
        "lead": lead,
        "text": text,
        "danger": danger,
        "problems": getattr(form, "problems", ()),
    }
    return render(request, "ui/form_page.html", context, status=REFUSED if form.errors else None)
