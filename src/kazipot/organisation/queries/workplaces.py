"""Where people work, for what is handed out on paper: employer, unit and workplace."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import get_language

from kazipot.organisation.queries.structure import employments_on, units_on


@dataclass(frozen=True, slots=True)
class Workplace:
    """Where somebody works on a day, at one employer."""

    employer_code: str
    employer_sl: str
    employer_en: str
    unit_code: str
    unit_sl: str
    unit_en: str
    title: str
    """The title of the post, or nothing."""
    personnel_number: str

    @property
    def employer(self) -> str:
        """The employer's name in the reader's language."""
        return self.employer_en if get_language() == "en" else self.employer_sl

    @property
    def unit(self) -> str:
        """The unit's name in the reader's language."""
        return self.unit_en if get_language() == "en" else self.unit_sl


type Job = tuple[int, int]
"""A person's id and the id of the employer."""
type Ids = Collection[int] | QuerySet[Any, Any]
"""Ids, or a query that gives them."""


def workplaces(person_ids: Ids, employer_ids: Ids, *, on: date) -> dict[Job, Workplace]:
    """Where people work for employers on the day: {(person id, employer id): workplace}. Two queries.

    Of two jobs with one employer the one held longest counts. Who works for the employer no more is left out.
    """
    rows = employments_on(on).filter(person_id__in=person_ids, employer_id__in=employer_ids)
    units = {unit.id: unit for unit in units_on(on)}
    found: dict[Job, Workplace] = {}
    for row in rows.select_related("employer", "unit", "post").order_by("hired_on", "pk"):
        unit, employer = units.get(row.unit_id), row.employer
        found.setdefault(
            (row.person_id, row.employer_id),
            Workplace(
                employer_code=employer.code,
                employer_sl=employer.name_sl,
                employer_en=employer.name_en,
                unit_code=row.unit.code,
                unit_sl=unit.name_sl if unit else row.unit.code,
                unit_en=unit.name_en if unit else row.unit.code,
                title=row.post.title.strip(),
                personnel_number=row.personnel_number,
            ),
        )
    return found
