"""M1: the share of units that must have a digital advisor and have one."""

from collections.abc import Iterable
from dataclasses import dataclass

from kazipot.core.indicators.count import Count


@dataclass(frozen=True, slots=True)
class UnitFact:
    """A unit of the city administration on the day: must it have an advisor, and which appointments are active."""

    unit_id: int
    must_have_advisor: bool
    appointment_ids: tuple[int, ...]


def coverage(facts: Iterable[UnitFact]) -> Count[int]:
    """Units with at least one active appointment among the units that must have one. Things: unit ids."""
    required = [fact for fact in facts if fact.must_have_advisor]
    return Count(
        met=frozenset(fact.unit_id for fact in required if fact.appointment_ids),
        all_=frozenset(fact.unit_id for fact in required),
    )
