"""Who is my advisor? The advisors of a unit, or of the nearest unit above that has one."""

from dataclasses import dataclass
from datetime import date

from kazipot.advisors.choices import AppointmentRole
from kazipot.advisors.models import Appointment
from kazipot.advisors.queries.coverage import Advisor, active_appointments, advisor_of
from kazipot.foundation.folding import folded, words_of
from kazipot.organisation import queries as organisation
from kazipot.organisation.models import Person


@dataclass(frozen=True, slots=True)
class Contact:
    """For one of a person's jobs: the unit, who advises it (of which unit `by` they are the advisor), and deputies."""

    unit: organisation.UnitOnDay
    by: organisation.UnitOnDay | None
    advisors: tuple[Advisor, ...]
    deputies: tuple[Advisor, ...]


def contacts_of(person: Person, *, on: date) -> list[Contact]:
    """Who advises the person, for each unit in which they work on the day. Four queries."""
    units = {unit.id: unit for unit in organisation.units_on(on)}
    held = list(active_appointments(on).select_related("person").order_by("valid_from", "id"))
    places = dict.fromkeys(job.unit_id for job in organisation.employments_of(person, on=on))
    return [_contact(units[place], units, held) for place in places if place in units]


def _contact(
    unit: organisation.UnitOnDay, units: dict[int, organisation.UnitOnDay], held: list[Appointment]
) -> Contact:
    place: organisation.UnitOnDay | None = unit
    seen: set[int] = set()
    while place is not None and place.id not in seen:
        seen.add(place.id)
        here = [row for row in held if row.unit_id == place.id]
        advisors = tuple(advisor_of(row) for row in here if row.role == AppointmentRole.ADVISOR)
        if advisors:
            deputies = tuple(advisor_of(row) for row in here if row.role == AppointmentRole.DEPUTY)
            return Contact(unit, place, advisors, deputies)
        place = units.get(place.parent_id) if place.parent_id is not None else None
    return Contact(unit, None, (), ())


def units_advised_by(person_id: int, *, on: date) -> list[organisation.UnitOnDay]:
    """The units whose advisor (or deputy) the person is on the day."""
    advised = set(active_appointments(on).filter(person_id=person_id).values_list("unit_id", flat=True))
    return [unit for unit in organisation.units_on(on) if unit.id in advised]


@dataclass(frozen=True, slots=True)
class Listed:
    """A unit with who advises it, as the directory lists it."""

    unit: organisation.UnitOnDay
    advisors: tuple[Advisor, ...]
    deputies: tuple[Advisor, ...]


def directory(on: date, *, search: str = "") -> list[Listed]:
    """Units that have an advisor or a deputy on the day, by code; only those that all the words fit. Two queries."""
    held: dict[int, list[Appointment]] = {}
    for row in active_appointments(on).select_related("person").order_by("valid_from", "id"):
        held.setdefault(row.unit_id, []).append(row)
    words = words_of(search)
    found = []
    for unit in organisation.units_on(on):
        rows = held.get(unit.id, [])
        text = folded(" ".join([unit.code, unit.name_sl, unit.name_en, *(row.person.name for row in rows)]))
        if rows and all(word in text for word in words):
            of = {
                role: tuple(advisor_of(row) for row in rows if row.role == role) for role in AppointmentRole
            }  # fmt: skip
            found.append(Listed(unit, of[AppointmentRole.ADVISOR], of[AppointmentRole.DEPUTY]))
    return found
