"""Tasks, hand-overs, and the path of new advisors."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.db.models import Count, F, Q, QuerySet
from django.utils.translation import get_language

from kazipot.advisors.models import Appointment, Assignment, AssignmentShare, Handover, OnboardingTick
from kazipot.advisors.queries.coverage import active_appointments
from kazipot.organisation.models import Person

PATH = Path(__file__).parents[1] / "data" / "onboarding.yaml"
OFFERED_FOR = timedelta(days=60)
"""So long after its last day a path that was never begun is still offered."""


def assignments() -> QuerySet[Assignment]:
    """Every task, the latest due day first, with the number of its shares and of those done."""
    rows = Assignment.objects.annotate(
        shared=Count("shares"), done=Count("shares", filter=Q(shares__done_at__isnull=False))
    )
    return rows.order_by("-due_on", "-id")


def assignment(assignment_id: int) -> Assignment | None:
    """One task, or None."""
    return assignments().filter(pk=assignment_id).first()


def shares_of(assignment_id: int) -> QuerySet[AssignmentShare]:
    """Who has done a task and who hasn't; those to do first."""
    rows = AssignmentShare.objects.filter(assignment_id=assignment_id).select_related("unit__employer", "holder")
    return rows.order_by(F("done_at").asc(nulls_first=True), "unit__code")


def shares_held_by(person_id: int) -> QuerySet[AssignmentShare]:
    """A person's shares: those to do by due day, then the done ones."""
    rows = AssignmentShare.objects.filter(holder_id=person_id).select_related("assignment", "unit")
    return rows.order_by(F("done_at").asc(nulls_first=True), "assignment__due_on", "id")


def shares_to_do(person_id: int) -> QuerySet[AssignmentShare]:
    """What a person has to do, by due day."""
    return shares_held_by(person_id).filter(done_at=None)


def share(share_id: int) -> AssignmentShare | None:
    """One share with its task, or None."""
    return AssignmentShare.objects.filter(pk=share_id).select_related("assignment", "unit__employer").first()


def shares_by_id(share_ids: list[int]) -> QuerySet[AssignmentShare]:
    """These shares."""
    return AssignmentShare.objects.filter(pk__in=share_ids).select_related("assignment", "unit")


def handovers_to(person_id: int, *, since: datetime) -> QuerySet[Handover]:
    """What was handed over to a person lately, the latest first."""
    return Handover.objects.filter(taker_id=person_id, at__gte=since).select_related("unit", "giver")


def handover(handover_id: int) -> Handover | None:
    """One hand-over, or None."""
    return Handover.objects.filter(pk=handover_id).select_related("unit__employer", "giver", "taker").first()


def advisors_on(on: date) -> list[tuple[Person, int]]:
    """Everybody who advises a unit on the day (deputies too), with the unit, by name. Two queries at most."""
    rows = active_appointments(on).select_related("person").order_by("person__last_name", "person__first_name", "id")
    return [(row.person, row.unit_id) for row in rows]


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the path for new advisors, for somebody: what to do, by when, and when it was done."""

    code: str
    title: str
    text: str
    due_on: date
    done_at: datetime | None


@cache
def _path() -> list[dict[str, Any]]:
    read: list[dict[str, Any]] = yaml.safe_load(PATH.read_text("utf-8"))["steps"]
    return read


def step_codes() -> frozenset[str]:
    """Codes of the path's steps."""
    return frozenset(step["code"] for step in _path())


def first_day_of(person_id: int, *, on: date) -> date | None:
    """Since when the person has been an advisor; None for who isn't one on the day."""
    if not active_appointments(on).filter(person_id=person_id).exists():
        return None
    rows = Appointment.objects.filter(person_id=person_id, valid_from__lte=on).order_by("valid_from")
    return rows.values_list("valid_from", flat=True).first()


def path_of(person_id: int, *, on: date) -> list[Step]:
    """The path of a person who is an advisor on the day; empty for others. Three queries."""
    first = first_day_of(person_id, on=on)
    if first is None:
        return []
    done = dict(OnboardingTick.objects.filter(person_id=person_id).values_list("step", "done_at"))
    language = "en" if get_language() == "en" else "sl"
    return [
        Step(
            step["code"], step[language]["title"], step[language]["text"],
            first + timedelta(days=step["days"]), done.get(step["code"]),
        )
        for step in _path()
    ]  # fmt: skip


def steps_left(steps: Collection[Step], *, on: date) -> int:
    """How many steps are still to be done; none for who advised long before and never began the path."""
    left = [step for step in steps if step.done_at is None]
    never_begun = len(left) == len(steps)
    if never_begun and steps and on > max(step.due_on for step in steps) + OFFERED_FOR:
        return 0
    return len(left)
