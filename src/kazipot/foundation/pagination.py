"""One way to cut a long list into pages."""

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest

PER_PAGE = 50


def page_of(request: HttpRequest, rows: QuerySet[Any] | Sequence[Any], *, per_page: int = PER_PAGE) -> Page[Any]:
    """The page of `rows` that the request asks for with ?page=N; nonsense gives the first or last page."""
    return Paginator(rows, per_page).get_page(request.GET.get("page"))
