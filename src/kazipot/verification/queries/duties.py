"""Who is due, who is trained and verified, and until when."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Max, QuerySet

from kazipot.core.indicators.verification import DutyFact, is_due, within
from kazipot.organisation import queries as organisation
from kazipot.training import queries as training
from kazipot.verification.models import TrainingDone, Verification
from kazipot.verification.queries.lessons import lessons_done


def last_verified(as_of: date, *, counts: str = "passed") -> dict[int, date]:
    """When each person was last verified by the end of the day: {person id: day}. One query.

    `counts` says which results count: "passed", or "taken" whatever the outcome.
    """
    rows = Verification.objects.filter(annulled_at=None, taken_on__lte=as_of)
    if counts == "passed":
        rows = rows.filter(passed=True)
    return dict(rows.values_list("person_id").annotate(last=Max("taken_on")).order_by())


def last_trained(as_of: date) -> dict[int, date]:
    """When each person was last trained by the day, in a session, elsewhere or by all lessons: {person id: day}. Three
    queries."""
    found = training.last_security_training(as_of)
    rows = TrainingDone.objects.filter(annulled_at=None, done_on__lte=as_of)
    elsewhere = rows.values_list("person_id").annotate(last=Max("done_on")).order_by()
    for person_id, last in [*elsewhere, *lessons_done(None, as_of).items()]:
        found[person_id] = max(last, found.get(person_id, last))
    return found


def duty_facts(as_of: date, *, counts: str = "passed") -> list[DutyFact]:
    """Everyone employed on the day with the days of their last training and verification, by person id."""
    trained = last_trained(as_of)
    verified = last_verified(as_of, counts=counts)
    return [
        DutyFact(person_id, employment.unit_id, employment.hired_on, trained.get(person_id), verified.get(person_id))
        for person_id, employment in sorted(organisation.main_employments(as_of).items())
    ]


def due_people(on: date, *, months: int, grace_months: int) -> frozenset[int]:
    """People past their grace period who lack training or a passed verification of the last `months` months."""
    return _due(duty_facts(on), on, months=months, grace_months=grace_months)


def _due(facts: Iterable[DutyFact], on: date, *, months: int, grace_months: int) -> frozenset[int]:
    return frozenset(
        fact.person_id
        for fact in facts
        if is_due(fact, grace_months=grace_months, as_of=on)
        and not (within(fact.trained_on, months=months, as_of=on) and within(fact.verified_on, months=months, as_of=on))
    )


def verified_on(as_of: date, *, months: int) -> frozenset[int]:
    """People whose passed verification is of the last months on the day. One query."""
    found = last_verified(as_of, counts="passed")
    return frozenset(pk for pk, day in found.items() if within(day, months=months, as_of=as_of))


def passed_since(on: date) -> frozenset[int]:
    """People who have passed a verification on the day or later."""
    rows = Verification.objects.filter(annulled_at=None, passed=True, taken_on__gte=on)
    return frozenset(rows.values_list("person_id", flat=True))


def verifications_of(person_id: int) -> QuerySet[Verification]:
    """A person's results, latest first, without the annulled ones."""
    return Verification.objects.filter(person_id=person_id, annulled_at=None)


def result_of(person_id: int, employer_id: int, taken_on: date, reference: str) -> Verification | None:
    """One result that is not annulled, or None."""
    rows = Verification.objects.filter(person_id=person_id, employer_id=employer_id, annulled_at=None)
    return rows.filter(taken_on=taken_on, reference=reference).first()


@dataclass(frozen=True, slots=True)
class UnitDuty:
    """A unit on a day: how many people have the duty, and how many of them are due."""

    unit: organisation.UnitOnDay
    people: int
    due: int


def duties_by_unit(on: date, *, months: int, grace_months: int) -> list[UnitDuty]:
    """Units with people who have the duty, most people due first. A bounded number of queries."""
    facts = duty_facts(on)
    due = _due(facts, on, months=months, grace_months=grace_months)
    people: Counter[int] = Counter()
    missing: Counter[int] = Counter()
    for fact in facts:
        people[fact.unit_id] += 1
        missing[fact.unit_id] += fact.person_id in due
    rows = [UnitDuty(unit, people[unit.id], missing[unit.id]) for unit in organisation.units_on(on) if people[unit.id]]
    return sorted(rows, key=lambda row: (-row.due, row.unit.employer_code, row.unit.code))
