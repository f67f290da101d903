"""A page that is a table: what it is about, what can be done, and one page of its rows."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render

from kazipot.foundation.pagination import page_of
from kazipot.organisation.access import Request


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: its text, and where it leads."""

    text: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class Action:
    """Something that can be done from here; the first one is the main one."""

    text: str
    address: str


def table_page(
    request: Request,
    rows: QuerySet[Any] | Sequence[Any],
    cells: Callable[[Any], Sequence[str | Cell]],
    *,
    title: str,
    headings: Sequence[str],
    empty: str,
    lead: str = "",
    notice: str = "",
    actions: Sequence[Action] = (),
    back: tuple[str, str] | None = None,
) -> HttpResponse:
    """The page of the table; `cells` turns a row into its cells, of which the first names the row."""
    page = page_of(request, rows)
    table = [[cell if isinstance(cell, Cell) else Cell(cell) for cell in cells(row)] for row in page.object_list]
    context = {
        "title": title,
        "lead": lead,
        "notice": notice,
        "headings": headings,
        "table": table,
        "page": page,
        "empty": empty,
        "actions": actions,
        "back": back,
    }
    return render(request, "verification/table.html", context)
