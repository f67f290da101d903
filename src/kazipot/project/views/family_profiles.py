"""Demands of a family of posts are proposed: the family is hiring's, the analysis of needs is needs's."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kazipot.foundation.errors import DomainError
from kazipot.framework import queries as framework
from kazipot.hiring import operations
from kazipot.hiring.queries import Told
from kazipot.needs import queries as needs
from kazipot.needs.queries.published import FAMILY
from kazipot.organisation.access import Request, employer_for, requires, user_of


@require_POST
@requires("hiring.change_profiles")
def propose(request: Request, employer_code: str, family: str) -> HttpResponse:
    """A draft by the rule, from what is known today."""
    employer = employer_for(request, "hiring.change_profiles", employer_code)
    latest = latest_analysis(request.today)
    active = framework.active_framework(request.today)
    told = told_of(latest.content, family, framework.expressions(active.pk)) if latest and active else []
    analysis = {"year": latest.year, "version": latest.version} if latest and told else None
    try:
        draft = operations.propose_family(
            employer_id=employer.pk, family=family, told=told, analysis=analysis, on=request.today, at=request.now,
            actor=user_of(request),
        )  # fmt: skip
    except DomainError as error:
        messages.error(request, str(error.message))
        return redirect("hiring:family", employer_code, family)
    messages.success(request, _("A version has been proposed. Look at it and correct it before somebody approves it."))
    return redirect("hiring:version", draft.pk)


def latest_analysis(on: date) -> Any:
    """The latest published analysis of any year up to the day, or None."""
    year = next((row.year for row in needs.years() if row.version is not None and row.year <= on.year), None)
    return needs.published_version(year, None) if year is not None else None


def told_of(content: Mapping[str, Any], family: str, said_as: Mapping[int, frozenset[int]]) -> list[Told]:
    """What an analysis tells of a family, in the competences of the active framework; what is hidden is left out.

    Where several old competences became one, the one most needed speaks for it.
    """
    ids = {row["code"]: row["id"] for row in content["competences"]}
    found: dict[int, Told] = {}
    for line in needs.lines(content, f"{FAMILY}{family}"):
        if line.below is None:
            continue
        for pk in said_as.get(ids[line.code], ()):
            if pk not in found or found[pk].needed < line.needed:
                found[pk] = Told(pk, line.needed, line.below)
    return list(found.values())
