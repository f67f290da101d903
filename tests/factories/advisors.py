"""Appointments for tests."""

from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from kazipot.advisors.models import Appointment, Decision, Nomination, RequirementException
from kazipot.foundation.models import User
from kazipot.foundation.roles import Role
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


def holder(role: Role, unit: Unit, email: str) -> User:
    """An account with an address that holds a role for the unit (the Service: for its employer)."""
    user = organisation.make_user()
    user.email = email
    user.save(update_fields=["email"])
    organisation.grant(user, role, unit.employer, None if role is Role.SERVICE else unit)
    return user


def make_nomination(unit: Unit, person: Person | None = None, **kwargs: Any) -> Nomination:
    """A nomination, by default of somebody new in the unit; it waits for the nominee."""
    if person is None:
        person = organisation.make_person()
        organisation.make_employment(person=person, unit=unit)
    defaults = {"role": "advisor", "first_day": date(2024, 1, 1), "nominated_at": datetime(2023, 12, 1, tzinfo=UTC)}
    return Nomination.objects.create(unit=unit, person=person, **{**defaults, **kwargs})


def make_decision(unit: Unit) -> Decision:
    """A decision that was issued."""
    content = {"heading": "Sklep", "reference": "1", "date": "1. 1. 2024", "paragraphs": ["…"], "signatory": "direktor"}
    return Decision.objects.create(
        appointment=make_appointment(unit), content=content, digest="0" * 64, issued_at=datetime(2024, 1, 1, tzinfo=UTC)
    )


def make_exception(unit: Unit) -> RequirementException:
    """An exception in force."""
    return RequirementException.objects.create(
        unit=unit, required=False, reason="en sam zaposleni", valid_from=date(2024, 1, 1)
    )
