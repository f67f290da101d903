"""Plans that were asked for, and what they say."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from kazipot.training.choices import SessionStatus
from kazipot.training.models import PlannedOutcome, Session, TrainingPlan

SMALL_UNIT = 5
"""Units with fewer people in need are not shown by name with their share."""


@dataclass(frozen=True, slots=True)
class UnitShare:
    """Of how many people in need of a unit how many are reached."""

    unit_id: int
    needing: int
    reached: int

    @property
    def share(self) -> float:
        """Reached among those in need."""
        return self.reached / self.needing


def plans() -> QuerySet[TrainingPlan]:
    """Every plan, latest first, without what was put in."""
    return TrainingPlan.objects.defer("input").select_related("requested_by")


def plan_by_id(plan_id: int) -> TrainingPlan | None:
    """The plan, or None."""
    return plans().filter(pk=plan_id).first()


def plans_by_ids(ids: Collection[int]) -> list[TrainingPlan]:
    """Plans that were worked out, in the order asked for."""
    found = {plan.pk: plan for plan in plans().filter(pk__in=ids, result__isnull=False)}
    return [found[pk] for pk in ids if pk in found and found[pk].reached is not None]


def planned_offers(plan_id: int) -> dict[int, list[int]]:
    """Whom a plan offers a seat: {session id: person ids}, both in order."""
    found: dict[int, list[int]] = defaultdict(list)
    rows = PlannedOutcome.objects.filter(plan_id=plan_id, is_reached=True).order_by("person_id")
    for person_id, outcome in rows.values_list("person_id", "outcome"):
        for session, _fitted in outcome["offered"]:
            found[int(session[1:])].append(person_id)
    return dict(sorted(found.items()))


def sessions_to_choose(year: int, on: date) -> QuerySet[Session]:
    """Planned sessions of the year that lie ahead, the next one first."""
    rows = Session.objects.filter(status=SessionStatus.PLANNED, starts_on__year=year, starts_on__gt=on)
    return rows.select_related("course").order_by("starts_on", "pk")


def worst_off(units: Iterable[dict[str, Any]], number: int) -> list[UnitShare]:
    """The units with the smallest shares among those that are not small."""
    found = [UnitShare(int(row["unit"][1:]), row["needing"], row["reached"]) for row in units]
    shown = [unit for unit in found if unit.needing >= SMALL_UNIT]
    return sorted(shown, key=lambda unit: (unit.share, -unit.needing, unit.unit_id))[:number]


def outcomes_of(plan_id: int, *, reached: bool | None = None) -> QuerySet[PlannedOutcome]:
    """What the plan gives each person, or only those reached, or only those not."""
    rows = PlannedOutcome.objects.filter(plan_id=plan_id).select_related("person", "unit__employer").order_by("pk")
    return rows if reached is None else rows.filter(is_reached=reached)


def priced_sessions(names: Collection[str]) -> dict[str, Session]:
    """Sessions by their name in plans ("s12"), with course and provider. One query."""
    rows = Session.objects.filter(pk__in={int(name[1:]) for name in names}).select_related("course__provider")
    return {f"s{row.pk}": row for row in rows}
