"""The method for large problems never claims what the exact one contradicts, and keeps every rule."""

from dataclasses import replace

import numpy as np
import pytest

from kazipot.core.allocation.arrays import arrays_of
from kazipot.core.allocation.checker import check
from kazipot.core.allocation.exact import LEVELS, solve_exactly
from kazipot.core.allocation.flow import Network, seat
from kazipot.core.allocation.large import solve_by_flows
from kazipot.core.allocation.leximin import fairest
from kazipot.core.allocation.outcome import plan_of
from kazipot.core.allocation.problem import Plan, Problem
from kazipot.core.allocation.purchase import least_cost, purchase
from kazipot.core.allocation.synthetic import synthetic
from tests.core.allocation.instances import drawn, key


def varied(seed: int) -> Problem:
    """Drawn problems of which many have money for everything, no prerequisites, or no limit per day."""
    problem = drawn(seed, people=9, sessions=5, units=3)
    rules = problem.rules
    if seed % 2:
        problem = replace(problem, budget=1e6, rules=replace(rules, budgets=()))
    if seed % 3:
        problem = replace(problem, sessions=tuple(replace(session, requires=()) for session in problem.sessions))
    if seed % 5:
        problem = replace(problem, rules=replace(problem.rules, max_absent_share=1.0))
    return problem


def both(problem: Problem) -> tuple[Plan, Plan]:
    a = arrays_of(problem)
    exact, flows = solve_exactly(a, seed=problem.seed), solve_by_flows(a, seed=problem.seed)
    plans = [
        plan_of(a, f.chosen, reached_bound=f.reached_bound, share_bound=f.share_bound, proven=f.proven)
        for f in (exact, flows)
    ]
    return plans[0], plans[1]


@pytest.mark.parametrize("seed", range(150))
def test_proven_levels_are_the_exact_ones_and_bounds_hold(seed: int) -> None:
    problem = varied(seed)
    exact, flows = both(problem)
    proven = len(flows.proven)
    assert flows.proven == LEVELS[:proven]
    assert key(flows.objectives)[:proven] == key(exact.objectives)[:proven]
    assert key(flows.objectives) <= key(exact.objectives)
    assert flows.bounds.reached >= exact.objectives.reached
    assert flows.bounds.worst_unit_share >= exact.objectives.worst_unit_share
    assert check(problem, flows).violations == ()


def test_proofs_are_not_rare() -> None:
    plans = [both(varied(seed))[1] for seed in range(1, 40, 2)]
    assert sum("reached" in plan.proven for plan in plans) >= 12
    assert sum("waited_years" in plan.proven for plan in plans) >= 4


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("budget_share", [0.4, 1.0])
def test_synthetic_city_keeps_every_rule_and_is_near_its_bound(seed: int, budget_share: float) -> None:
    problem = synthetic(people=3000, sessions=60, seed=seed, budget_share=budget_share, linked=0.1)
    a = arrays_of(problem)
    found = solve_by_flows(a, seed=seed)
    plan = plan_of(
        a, found.chosen, reached_bound=found.reached_bound, share_bound=found.share_bound, proven=found.proven
    )
    assert check(problem, plan).violations == ()
    assert plan.objectives.reached >= 0.97 * plan.bounds.reached


def test_same_seed_gives_the_same_plan() -> None:
    problem = synthetic(people=600, sessions=20, seed=3, budget_share=0.5)
    first, second = (solve_by_flows(arrays_of(problem), seed=3) for _ in range(2))
    assert np.array_equal(first.chosen, second.chosen)


@pytest.mark.parametrize("seed", range(20))
def test_fairest_numbers_lose_nobody_and_are_as_fair_as_the_exact_ones(seed: int) -> None:
    problem = varied(6 * seed + 1)
    problem = replace(problem, sessions=tuple(replace(s, min_people=0, requires=()) for s in problem.sessions))
    problem = replace(problem, rules=replace(problem.rules, max_absent_share=None))
    a = arrays_of(problem)
    network = Network(a.edge_person, a.edge_session, a.unit, len(a.units), len(a.sessions))
    numbers = fairest(network, a.needing, a.capacity, np.arange(len(a.units)))
    exact, _ = both(problem)
    assert numbers.sum() == seat(network, a.needing, a.capacity).value == exact.objectives.reached
    shares = sorted(r / n for r, n in zip(numbers.tolist(), a.needing.tolist(), strict=True) if n)
    assert tuple(shares) == exact.objectives.unit_shares


def test_least_cost_and_purchase_agree() -> None:
    a = arrays_of(synthetic(people=3000, sessions=60, seed=2, budget_share=0.4, absent=None))
    bought = purchase(a)
    assert int(bought.seats.sum()) == bought.bound
    assert least_cost(a, bought.bound) <= a.budget
    assert least_cost(a, bought.bound + 1) > a.budget
