"""Which units must have an advisor on a day, and by which rule."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from kazipot.advisors.models import RequirementException, RequirementRule
from kazipot.foundation.periods import covers
from kazipot.organisation.choices import UnitKind
from kazipot.organisation.queries import UnitOnDay


@dataclass(frozen=True, slots=True)
class Requirement:
    """Whether a unit must have an advisor, and the reason if it is an exception."""

    required: bool
    reason: str = ""


def requirements(units: Iterable[UnitOnDay], on: date) -> dict[int, Requirement]:
    """{unit id: requirement}: the unit's exception, else the rule for its kind, else its own mark. Two queries."""
    rules = dict(RequirementRule.objects.filter(covers(on)).values_list("kind", "required"))
    exceptions = {
        unit_id: Requirement(required, reason)
        for unit_id, required, reason in RequirementException.objects.filter(covers(on)).values_list(
            "unit_id", "required", "reason"
        )
    }
    return {
        unit.id: exceptions.get(unit.id) or Requirement(rules.get(unit.kind, unit.must_have_advisor)) for unit in units
    }


@dataclass(frozen=True, slots=True)
class KindRule:
    """A kind of unit, its rule (None: each unit's own mark decides), since when, and how many units it concerns."""

    kind: str
    name: str
    required: bool | None
    since: date | None
    units: int


def rules_on(units: Iterable[UnitOnDay], on: date) -> list[KindRule]:
    """The kinds of units that there are on the day, with their rules. One query."""
    rules = {row.kind: row for row in RequirementRule.objects.filter(covers(on))}
    numbers: dict[str, int] = {}
    for unit in units:
        numbers[unit.kind] = numbers.get(unit.kind, 0) + 1
    names = dict(UnitKind.choices)
    return [
        KindRule(
            kind, str(names[kind]), rules[kind].required if kind in rules else None,
            rules[kind].valid_from if kind in rules else None, number,
        )
        for kind, number in sorted(numbers.items(), key=lambda pair: str(names[pair[0]]))
    ]  # fmt: skip


def exceptions() -> QuerySet[RequirementException]:
    """Every exception, those in force and earlier ones, the latest first."""
    return RequirementException.objects.select_related("unit__employer").order_by("-valid_from", "-id")


def exception(exception_id: int) -> RequirementException | None:
    """One exception, or None."""
    return RequirementException.objects.select_related("unit__employer").filter(pk=exception_id).first()
