"""Which unit has which advisor on a day, and what the indicator counts."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from kazipot.advisors.choices import AppointmentRole
from kazipot.advisors.models import Appointment, Decision
from kazipot.advisors.queries.requirements import Requirement, requirements
from kazipot.core.indicators.advisors import UnitFact
from kazipot.foundation.periods import covers
from kazipot.organisation import queries as organisation
from kazipot.organisation.choices import UnitKind
from kazipot.organisation.models import Employer


@dataclass(frozen=True, slots=True)
class Advisor:
    """An active appointment, as shown beside a unit."""

    appointment_id: int
    person_key: str
    person_name: str
    email: str
    since: date
    decision_reference: str
    phone: str = ""
    person_id: int = 0


@dataclass(frozen=True, slots=True)
class Candidate:
    """A person who may be appointed."""

    id: int
    name: str
    unit_code: str


@dataclass(frozen=True, slots=True)
class UnitCoverage:
    """A unit on a day with its active advisors; `vacant` when it must have one and has none."""

    unit: organisation.UnitOnDay
    requirement: Requirement
    advisors: tuple[Advisor, ...]
    deputies: tuple[Advisor, ...] = ()

    @property
    def vacant(self) -> bool:
        """Whether an advisor is missing."""
        return self.requirement.required and not self.advisors


def active_appointments(on: date) -> QuerySet[Appointment]:
    """Appointments that cover the day, of people employed that day by the unit's employer."""
    employed = organisation.employments_on(on).filter(
        person_id=OuterRef("person_id"), employer_id=OuterRef("unit__employer_id")
    )
    return Appointment.objects.filter(covers(on), Exists(employed))


def advisor_of(row: Appointment) -> Advisor:
    """An appointment as shown."""
    return Advisor(
        row.pk,
        row.person.key,
        row.person.name,
        row.person.email,
        row.valid_from,
        row.decision_reference,
        row.person.phone,
        row.person_id,
    )


def administration_units(on: date) -> list[organisation.UnitOnDay]:
    """The units of the city administration on the day. Two queries."""
    administrations = set(Employer.objects.filter(kind=UnitKind.CITY_ADMINISTRATION).values_list("pk", flat=True))
    return [unit for unit in organisation.units_on(on) if unit.employer_id in administrations]


def coverage(on: date) -> list[UnitCoverage]:
    """Every unit of the city administration on the day with its advisors; vacant ones first. Five queries."""
    held: dict[tuple[int, str], list[Advisor]] = defaultdict(list)
    for row in active_appointments(on).select_related("person").order_by("valid_from", "id"):
        held[row.unit_id, row.role].append(advisor_of(row))
    units = administration_units(on)
    must = requirements(units, on)
    found = [
        UnitCoverage(
            unit, must[unit.id],
            tuple(held[unit.id, AppointmentRole.ADVISOR]), tuple(held[unit.id, AppointmentRole.DEPUTY]),
        )
        for unit in units
    ]  # fmt: skip
    return sorted(found, key=lambda row: (not row.vacant, row.unit.employer_code, row.unit.code))


def unit_facts(on: date) -> list[UnitFact]:
    """What the indicator M1 counts on the day. Five queries."""
    return [
        UnitFact(
            unit_id=row.unit.id,
            must_have_advisor=row.requirement.required,
            appointment_ids=tuple(advisor.appointment_id for advisor in row.advisors),
        )
        for row in coverage(on)
    ]


def history(unit_id: int) -> QuerySet[Appointment]:
    """Every appointment the unit ever had, the latest first, and whether its decision was issued here."""
    rows = Appointment.objects.filter(unit_id=unit_id).select_related("person")
    issued = Exists(Decision.objects.filter(appointment_id=OuterRef("pk")))
    return rows.annotate(issued=issued).order_by("-valid_from", "-id")


def appointment(appointment_id: int) -> Appointment | None:
    """One appointment with its unit and person, or None."""
    return Appointment.objects.filter(pk=appointment_id).select_related("unit__employer", "person").first()


def candidates(employer_id: int, *, on: date, prefer_unit_id: int | None = None) -> list[Candidate]:
    """People who may become an advisor: employed by the unit's employer on the day, by name.

    Those of the preferred unit come first. One query.
    """
    employed = organisation.employments_on(on).filter(employer_id=employer_id).select_related("person", "unit")
    found = {
        row.person_id: Candidate(row.person_id, f"{row.person.last_name} {row.person.first_name}", row.unit.code)
        for row in sorted(employed, key=lambda row: row.unit_id == prefer_unit_id)
    }
    preferred = {row.person_id for row in employed if row.unit_id == prefer_unit_id}
    return sorted(found.values(), key=lambda person: (person.id not in preferred, person.name, person.id))


def advisors_of(unit_id: int, *, on: date, role: AppointmentRole = AppointmentRole.ADVISOR) -> list[Advisor]:
    """The unit's active advisors (or deputies) on the day, the longest-serving first."""
    rows = active_appointments(on).filter(unit_id=unit_id, role=role).select_related("person")
    return [advisor_of(row) for row in rows.order_by("valid_from", "id")]


def vacancies(on: date) -> int:
    """How many units must have an advisor and have none on the day."""
    return sum(row.vacant for row in coverage(on))
