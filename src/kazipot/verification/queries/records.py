"""Exemptions, leaves, appeals and training elsewhere as they stand in the records."""

from collections.abc import Collection
from datetime import date

from django.db.models import QuerySet

from kazipot.advisors import queries as advisors
from kazipot.organisation import queries as organisation
from kazipot.organisation.models import Employment, Person
from kazipot.verification.models import Appeal, Exemption, LongLeave, TrainingDone, Verification

MANY = 500


def exemptions(employer_ids: Collection[int]) -> QuerySet[Exemption]:
    """Exemptions of people of some employers, latest first, with the people."""
    return Exemption.objects.filter(employer_id__in=employer_ids).select_related("person", "employer")


def exemption_by_id(exemption_id: int) -> Exemption | None:
    """An exemption, or None."""
    return Exemption.objects.select_related("person", "employer").filter(pk=exemption_id).first()


def leaves(employer_ids: Collection[int]) -> QuerySet[LongLeave]:
    """Long leaves of people of some employers, latest first, with the people."""
    return LongLeave.objects.filter(employer_id__in=employer_ids).select_related("person", "employer")


def trainings_of(person_id: int) -> QuerySet[TrainingDone]:
    """A person's training outside the sessions, latest first, without the annulled rows."""
    return TrainingDone.objects.filter(person_id=person_id, annulled_at=None)


def appeals() -> QuerySet[Appeal]:
    """Every appeal, those that wait first."""
    return Appeal.objects.select_related("verification__person", "verification__employer", "decided_by")


def appeal_by_id(appeal_id: int) -> Appeal | None:
    """An appeal, or None."""
    return appeals().filter(pk=appeal_id).first()


def appeals_of(person_id: int) -> dict[int, Appeal]:
    """A person's appeals: {result id: appeal}."""
    return {row.verification_id: row for row in Appeal.objects.filter(verification__person_id=person_id)}


def own_result(person_id: int, verification_id: int) -> Verification | None:
    """A person's own result that isn't annulled, or None."""
    return Verification.objects.filter(pk=verification_id, person_id=person_id, annulled_at=None).first()


def people_called(person_ids: Collection[int]) -> dict[int, Person]:
    """People by id. One query."""
    return Person.objects.in_bulk(list(person_ids))


def employers_of(person_ids: Collection[int]) -> dict[int, frozenset[int]]:
    """Employers that each person works, or worked, for: {person id: employer ids}. One query."""
    found: dict[int, set[int]] = {}
    chosen = set(person_ids)
    rows = Employment.objects.order_by() if len(chosen) > MANY else Employment.objects.filter(person_id__in=chosen)
    for person_id, employer_id in rows.values_list("person_id", "employer_id").distinct():
        if person_id in chosen:
            found.setdefault(person_id, set()).add(employer_id)
    return {person_id: frozenset(ids) for person_id, ids in found.items()}


def advisors_of(person_id: int, on: date) -> list[str]:
    """Names of the digital advisors of the person's unit on the day, or of the nearest unit above it that has any."""
    job = organisation.employments_on(on).filter(person_id=person_id).order_by("hired_on", "pk").first()
    units = {unit.id: unit for unit in organisation.units_on(on)}
    place = job.unit_id if job else None
    seen: set[int] = set()
    while place is not None and place not in seen:
        found = [advisor.person_name for advisor in advisors.advisors_of(place, on=on)]
        if found:
            return found
        seen.add(place)
        place = units[place].parent_id if place in units else None
    return []
