"""Reads that only pages need."""

from collections.abc import Collection
from datetime import date

from django.db.models import Q, QuerySet

from kazipot.organisation.models import Employment, UnitVersion
from kazipot.organisation.queries.structure import employments_on


def versions_of(unit_id: int) -> QuerySet[UnitVersion]:
    """What a unit was called and where it hung, latest first."""
    return UnitVersion.objects.filter(unit_id=unit_id).select_related("parent").order_by("-valid_from")


def people_within(
    on: date, *, employer_ids: Collection[int], unit_ids: Collection[int], containing: str = ""
) -> QuerySet[Employment]:
    """Jobs held on the day at some employers or in some units, by name; `containing` searches names and numbers."""
    rows = employments_on(on).filter(Q(employer_id__in=employer_ids) | Q(unit_id__in=unit_ids))
    for word in containing.split():
        rows = rows.filter(
            Q(person__first_name__icontains=word)
            | Q(person__last_name__icontains=word)
            | Q(personnel_number__icontains=word)
        )
    return rows.select_related("person", "unit", "post").order_by("person__last_name", "person__first_name", "pk")
