"""Interviews and survey in one scheme: which units have which, and which have neither."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from kazipot.core.survey.disclosure import THRESHOLD
from kazipot.needs.models import Interview
from kazipot.needs.queries.facts import invitation_facts
from kazipot.needs.queries.heard import state_of
from kazipot.needs.queries.interviews import interview_coverage
from kazipot.organisation import queries as organisation


@dataclass(frozen=True, slots=True)
class UnitReach:
    """How a unit was reached in a year: for the analysis team, as it names units of any size.

    `asked` and `rate` are None where fewer than five people were asked: who has answered is nobody's business.
    """

    unit: organisation.UnitOnDay
    people: int
    state: str
    asked: int | None
    answered: int | None
    interviews: int
    interviewed: int
    planned: int


def unit_reach(year: int, as_of: date) -> list[UnitReach]:
    """Every unit with people on the day, those that nothing has reached first. Seven queries."""
    facts = invitation_facts(year, as_of)
    asked = Counter(fact.unit_id for fact in facts)
    answered = Counter(fact.unit_id for fact in facts if fact.responded)
    talks = {row.unit_id: row for row in interview_coverage(year)}
    held = {unit_id for unit_id, row in talks.items() if row.held}
    staff = organisation.headcount_by_unit(as_of)
    found = []
    for unit in organisation.units_on(as_of):
        if not staff.get(unit.id):
            continue
        row = talks.get(unit.id)
        is_told = asked[unit.id] >= THRESHOLD
        found.append(
            UnitReach(
                unit,
                staff[unit.id],
                state_of(unit.id, answered, held),
                asked[unit.id] if is_told else None,
                answered[unit.id] if is_told else None,
                row.held if row else 0,
                row.people if row else 0,
                row.planned if row else 0,
            )
        )
    return sorted(found, key=lambda row: (ORDER.index(row.state), row.unit.employer_code, row.unit.code))


ORDER = ("neither", "interviews", "survey", "both")
"""Units to which something is still to be done come first."""


def uncovered(year: int, as_of: date, answered: Collection[int]) -> list[dict[str, str]]:
    """Units from which nobody answered and where no interview was held in the year, by employer and code.

    `answered` are the ids of units from which somebody answered. Units of fewer than five people aren't named: it would
    tell of single people that they haven't answered. Four queries.
    """
    heard = set(
        Interview.objects.filter(held_on__year=year, held_on__lte=as_of).order_by().values_list("unit_id", flat=True)
    )
    staff = organisation.headcount_by_unit(as_of)
    return [
        {"employer": unit.employer_code, "code": unit.code, "name_sl": unit.name_sl, "name_en": unit.name_en}
        for unit in organisation.units_on(as_of)
        if staff.get(unit.id, 0) >= THRESHOLD and unit.id not in heard and unit.id not in answered
    ]
