"""Plans of the training year are worked out."""

import json
import logging
from collections import Counter
from datetime import datetime
from typing import Any

from kazipot.core.allocation.arrays import arrays_of
from kazipot.core.allocation.checker import check
from kazipot.core.allocation.clash import smallest_clash
from kazipot.core.allocation.explanation import explain
from kazipot.core.allocation.highs import Infeasible
from kazipot.core.allocation.problem import Plan, Problem
from kazipot.core.allocation.solver import solve
from kazipot.training import operations
from kazipot.training.choices import PlanFailure, PlanStage
from kazipot.training.exports import figures_as_json, plan_as_json
from kazipot.training.imports.instance import instance_of

log = logging.getLogger(__name__)


def work_out_plan(*, at: datetime, moment: datetime, plan_id: int | None = None) -> bool:
    """Claim the plan that waits longest (or this one), work it out, check it and keep it; False if none waits.

    `moment` is the real time, for the lease; `at` is what the records say.
    """
    claimed = operations.claim_plan(moment=moment, plan_id=plan_id)
    if claimed is None:
        return False
    try:
        _work_out(claimed, at)
    except Exception:
        log.exception("Plan %s could not be worked out.", claimed.plan_id)
        operations.fail_plan(claimed=claimed, failure=PlanFailure.ERROR, at=at)
    return True


def _work_out(claimed: operations.Claimed, at: datetime) -> None:
    problem = instance_of(json.loads(claimed.input))
    operations.note_stage(claimed=claimed, stage=PlanStage.SOLVING)
    try:
        plan = solve(problem)
    except Infeasible:
        clash = smallest_clash(arrays_of(problem))
        operations.store_result(claimed=claimed, result={"clash": clash}, outcomes=(), at=at)
        return
    operations.note_stage(claimed=claimed, stage=PlanStage.CHECKING)
    if violations := check(problem, plan).violations:
        log.error("Plan %s breaks rules: %s", claimed.plan_id, violations[:5])
        operations.fail_plan(claimed=claimed, failure=PlanFailure.BROKEN, at=at)
        return
    operations.note_stage(claimed=claimed, stage=PlanStage.COMPARING)
    figures = figures_as_json(problem, reached_before=claimed.reached_before)
    operations.note_stage(claimed=claimed, stage=PlanStage.STORING)
    result = {"plan": plan_as_json(plan), "proven": list(plan.proven), **figures, **_purchase(problem, plan)}
    operations.store_result(claimed=claimed, result=result, outcomes=explain(problem, plan), at=at)


def _purchase(problem: Problem, plan: Plan) -> dict[str, Any]:
    """What is bought with how many seats filled at what cost, and how many people of each unit are reached."""
    offers = Counter(offer.session for offer in plan.offers)
    reached = {offer.person for offer in plan.offers}
    needing: Counter[str] = Counter(person.unit for person in problem.people)
    served: Counter[str] = Counter(person.unit for person in problem.people if person.id in reached)
    return {
        "bought": [
            {
                "session": session.id,
                "offers": offers[session.id],
                "capacity": session.capacity,
                "min_people": session.min_people,
                "cost": round(session.price_fixed + session.price_per_head * offers[session.id], 2),
            }
            for session in problem.sessions
            if offers[session.id]
        ],
        "cells": _cells(problem, offers),
        "units": [
            {"unit": unit, "needing": number, "reached": served[unit]} for unit, number in sorted(needing.items())
        ],
    }


def _cells(problem: Problem, offers: Counter[str]) -> list[dict[str, Any]]:
    """Need beside seats, by competence and level: people who want to rise to the level or through it, the seats of all
    sessions that teach this step, and those of the sessions bought. A session counts in each step that it teaches."""
    need: Counter[tuple[str, int]] = Counter()
    for person in problem.people:
        steps = {(one.competence, level) for one in person.needs for level in _levels(one.from_level, one.to_level)}
        need.update(steps)
    every: Counter[tuple[str, int]] = Counter()
    bought: Counter[tuple[str, int]] = Counter()
    for session in problem.sessions:
        for span in session.competences:
            for level in _levels(span.from_level, span.to_level):
                every[span.competence, level] += session.capacity
                bought[span.competence, level] += session.capacity if offers[session.id] else 0
    return [
        {"competence": key[0], "level": key[1], "need": need[key], "seats": every[key], "bought": bought[key]}
        for key in sorted({*need, *every}, key=lambda key: (int(key[0][1:]) if key[0][1:].isdigit() else 0, key))
    ]


def _levels(low: int, high: int) -> range:
    return range(low + 1, high + 1)
