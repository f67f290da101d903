"""Plans of the training year: asked for, leased by whoever works them out, and kept with what they say.

Working a plan out takes from a moment to minutes and happens outside these operations (`training/tasks.py`), so that
nothing is locked meanwhile. What is stored after a lease was lost is thrown away: the same input gives the same plan.
"""

import hashlib
import json
import secrets
from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Q

from kazipot.core.allocation.explanation import Outcome
from kazipot.core.allocation.problem import Rules
from kazipot.foundation import audit
from kazipot.foundation.database import lock
from kazipot.foundation.models import User
from kazipot.training import queries
from kazipot.training.choices import PlanFailure, PlanStage, PlanStatus
from kazipot.training.errors import NothingToPlan
from kazipot.training.models import PlannedOutcome, TrainingPlan

LEASE = timedelta(hours=1)
ATTEMPTS = 3
KEPT = timedelta(days=730)
"""So long what was put in and each person's outcome are kept, for complaints; the figures stay."""
AT_ONCE = 5_000
"""People times sessions up to which a plan is worked out in the request: it takes a few seconds."""
BATCH = 500


@dataclass(frozen=True, slots=True)
class Claimed:
    """A plan that somebody may work out for an hour: the instance as text, and the lease to store it with."""

    plan_id: int
    lease: str
    input: str
    reached_before: int


@transaction.atomic
def request_plan(
    *,
    year: int,
    on: date,
    budget: Decimal,
    seed: int,
    notice_days: int,
    rules: Rules,
    at: datetime,
    actor: User | None,
    left_out: Collection[int] = (),
    least_rating: float | None = None,
    copy_of_id: int | None = None,
) -> TrainingPlan:
    """Ask for a plan of what is still open in a year; the whole input is kept with its digest. Raises NothingToPlan.

    Sessions `left_out` are not to choose from, nor are courses that people rated below `least_rating`.
    """
    poor = queries.sessions_rated_below(least_rating, year, on) if least_rating is not None else frozenset()
    question = queries.planning_problem(
        year, on, budget=float(budget), seed=seed, notice_days=notice_days, rules=rules, without={*left_out, *poor}
    )
    problem = question.problem
    if not problem.people:
        raise NothingToPlan(year, "people")
    if not problem.sessions:
        raise NothingToPlan(year, "sessions")
    text = json.dumps(queries.problem_as_json(problem), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    plan = TrainingPlan.objects.create(
        year=year,
        as_of=on,
        budget=budget,
        seed=seed,
        rules={
            "max_absent_share": rules.max_absent_share,
            "max_offers_per_person": rules.max_offers_per_person,
            "min_reached_share": rules.min_reached_share,
            "notice_days": notice_days,
            "left_out": sorted(left_out),
            "least_rating": least_rating,
            "rated_below": sorted(poor),
        },
        copy_of_id=copy_of_id,
        input=text,
        digest=hashlib.sha256(text.encode()).hexdigest(),
        people=len(problem.people),
        sessions=len(problem.sessions),
        reached_before=question.reached_before,
        requested_by=actor,
        requested_at=at,
    )
    audit.record(
        "training.request_plan", plan, actor=actor, at=at, year=year, budget=str(budget), seed=seed, digest=plan.digest
    )
    return plan


def is_small(plan: TrainingPlan) -> bool:
    """Whether the plan is worked out in the request that asks for it."""
    return plan.people * plan.sessions <= AT_ONCE


@transaction.atomic
def claim_plan(*, moment: datetime, plan_id: int | None = None) -> Claimed | None:
    """Lease the plan that waits longest, or this one, until an hour after `moment`; None when there is nothing to do.

    A plan whose worker died is taken up again when its lease has run out; after three attempts it is given up.
    """
    free = Q(status=PlanStatus.WAITING) | Q(status=PlanStatus.RUNNING, leased_until__lt=moment)
    rows = TrainingPlan.objects.filter(free)
    for plan in lock(rows if plan_id is None else rows.filter(pk=plan_id)).order_by("pk"):
        if plan.attempts >= ATTEMPTS:
            TrainingPlan.objects.filter(pk=plan.pk).update(status=PlanStatus.FAILED, failure=PlanFailure.GIVEN_UP)
            continue
        lease = secrets.token_hex(8)
        TrainingPlan.objects.filter(pk=plan.pk).update(
            status=PlanStatus.RUNNING,
            lease=lease,
            leased_until=moment + LEASE,
            attempts=plan.attempts + 1,
            stage=PlanStage.NONE,
        )
        return Claimed(plan.pk, lease, plan.input, plan.reached_before)
    return None


@transaction.atomic
def note_stage(*, claimed: Claimed, stage: PlanStage) -> None:
    """Tell those who wait how far the work has come."""
    TrainingPlan.objects.filter(pk=claimed.plan_id, lease=claimed.lease).update(stage=stage)


@transaction.atomic
def store_result(*, claimed: Claimed, result: dict[str, Any], outcomes: Iterable[Outcome], at: datetime) -> bool:
    """Keep a checked plan and what it gives each person; False when the lease was lost to somebody else."""
    plan = lock(TrainingPlan.objects.filter(pk=claimed.plan_id, lease=claimed.lease, status=PlanStatus.RUNNING)).first()
    if plan is None:
        return False
    unit_of = {person["id"]: person["unit"] for person in json.loads(claimed.input)["people"]}
    PlannedOutcome.objects.bulk_create(
        (
            PlannedOutcome(
                plan=plan,
                person_id=int(outcome.person[1:]),
                unit_id=int(unit_of[outcome.person][1:]),
                is_reached=bool(outcome.offered),
                outcome=asdict(outcome),
            )
            for outcome in outcomes
        ),
        batch_size=BATCH,
    )
    plan.status, plan.result, plan.stage = PlanStatus.DONE, result, PlanStage.NONE
    plan.finished_at, plan.leased_until, plan.lease = at, None, ""
    plan.save(update_fields=["status", "result", "stage", "finished_at", "leased_until", "lease"])
    reached = result["plan"]["objectives"]["reached"] if "plan" in result else None
    audit.record("training.plan_worked_out", plan, actor=None, at=at, reached=reached, digest=plan.digest)
    return True


@transaction.atomic
def fail_plan(*, claimed: Claimed, failure: PlanFailure, at: datetime) -> bool:
    """There is no plan, and why; False when the lease was lost to somebody else."""
    plan = lock(TrainingPlan.objects.filter(pk=claimed.plan_id, lease=claimed.lease, status=PlanStatus.RUNNING)).first()
    if plan is None:
        return False
    plan.status, plan.failure, plan.finished_at = PlanStatus.FAILED, failure, at
    plan.leased_until, plan.lease = None, ""
    plan.save(update_fields=["status", "failure", "finished_at", "leased_until", "lease"])
    audit.record("training.plan_failed", plan, actor=None, at=at, failure=str(failure))
    return True


@transaction.atomic
def forget_people_of_plans(*, at: datetime) -> int:
    """Two years after a plan was asked for, what people needed and got is deleted; returns of how many plans."""
    old = list(TrainingPlan.objects.filter(requested_at__lt=at - KEPT).exclude(input="").values_list("pk", flat=True))
    PlannedOutcome.objects.filter(plan_id__in=old).delete()
    return TrainingPlan.objects.filter(pk__in=old).update(input="")
