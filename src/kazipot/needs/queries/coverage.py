"""Interviews and survey in one scheme: which units have neither."""

from collections.abc import Collection
from datetime import date

from kazipot.core.survey.disclosure import THRESHOLD
from kazipot.needs.models import Interview
from kazipot.organisation import queries as organisation


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
