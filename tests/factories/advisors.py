"""Appointments for tests."""

from datetime import date
from itertools import count

from kazipot.advisors.models import Appointment
from kazipot.organisation.models import Person, Unit
from tests.factories import organisation

_numbers = count(1)


def make_appointment(
    unit: Unit | None = None,
    person: Person | None = None,
    valid_from: date = date(2024, 1, 1),
    valid_to: date | None = None,
    *,
    employed: bool = True,
) -> Appointment:
    """An appointment; by default of a person who works in the unit."""
    unit = unit or organisation.make_unit()
    if person is None:
        person = organisation.make_person()
        if employed:
            organisation.make_employment(person=person, unit=unit, valid_from=date(2020, 1, 1))
    return Appointment.objects.create(
        unit=unit,
        person=person,
        valid_from=valid_from,
        valid_to=valid_to,
        decision_reference=f"020-{next(_numbers)}/{valid_from.year}",
    )
