"""Since when a unit has no advisor, and who was told."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from kazipot.advisors.choices import AppointmentRole
from kazipot.advisors.models import Appointment, EscalationStep, Vacancy
from kazipot.organisation import queries as organisation


@dataclass(frozen=True, slots=True)
class LastCovered:
    """The first day without an advisor, and whether that is because the last one left the employer."""

    day: date
    left: bool


def appointments_of_leavers(on: date) -> list[tuple[Appointment, date]]:
    """Appointments that go on though the person has left the employer, with the first day after they left."""
    employed = organisation.employments_on(on).filter(
        person_id=OuterRef("person_id"), employer_id=OuterRef("unit__employer_id")
    )
    rows = Appointment.objects.filter(~Exists(employed), valid_to=None, valid_from__lte=on).select_related("unit")
    found = []
    for row in rows:
        ends = [end for end in _ends(row) if end is not None]
        if ends:
            found.append((row, max(ends)))
    return found


def _ends(appointment: Appointment) -> list[date | None]:
    periods = organisation.periods_employed(appointment.person_id, appointment.unit.employer_id)
    return [end for _first, end in periods]


def last_covered(unit_id: int, *, before: date) -> LastCovered | None:
    """When the unit was covered last, looking at appointments and jobs; None if it never was."""
    rows = Appointment.objects.filter(unit_id=unit_id, role=AppointmentRole.ADVISOR, valid_from__lt=before)
    last: LastCovered | None = None
    for row in rows.select_related("unit"):
        ends, ended = _ends(row), row.valid_to or before
        if not ends:
            continue
        left = max(end or date.max for end in ends)
        day = min(ended, left, before)
        if day > row.valid_from and (last is None or day > last.day):
            last = LastCovered(day, left <= ended)
    return last


def vacancies_open() -> QuerySet[Vacancy]:
    """Vacancies that are noticed and not over, the longest first, with who was told."""
    return (
        Vacancy.objects.filter(closed_on=None)
        .select_related("unit__employer")
        .prefetch_related("notices")
        .order_by("since", "id")
    )


def vacancies_of(unit_id: int) -> QuerySet[Vacancy]:
    """Every vacancy of a unit, the latest first, with who was told."""
    return Vacancy.objects.filter(unit_id=unit_id).prefetch_related("notices").order_by("-since", "-id")


def steps() -> list[EscalationStep]:
    """Who is told after how many days."""
    return list(EscalationStep.objects.all())
