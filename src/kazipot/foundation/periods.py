"""Half-open periods [valid_from, valid_to): a thing is valid on its first day and not on its last."""

from datetime import date

from django.db import models
from django.db.models import F, Q


def covers(on: date, prefix: str = "") -> Q:
    """A filter for rows whose period contains the day `on`; `prefix` is a relation path such as "unit__"."""
    still_open = Q(**{f"{prefix}valid_to": None}) | Q(**{f"{prefix}valid_to__gt": on})
    return Q(**{f"{prefix}valid_from__lte": on}) & still_open


def overlaps(start: date, end: date | None, prefix: str = "") -> Q:
    """A filter for rows whose period shares a day with [start, end); an `end` of None is open."""
    still_open = Q(**{f"{prefix}valid_to": None}) | Q(**{f"{prefix}valid_to__gt": start})
    if end is None:
        return still_open
    return still_open & Q(**{f"{prefix}valid_from__lt": end})


class Period(models.Model):
    """A row that is valid from a day up to, not including, another day (or until further notice)."""

    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        abstract = True


def ends_after_it_starts(name: str) -> models.CheckConstraint:
    """The database refuses a period that ends before or when it starts."""
    return models.CheckConstraint(condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")), name=name)
