"""Every level is the best one, as looking at every plan shows; and the same question gets the same answer."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kazipot.core.allocation.checker import check
from kazipot.core.allocation.highs import Infeasible
from kazipot.core.allocation.problem import Plan, Problem
from kazipot.core.allocation.solver import solve
from tests.core.allocation.instances import best_by_looking_at_every_plan, drawn, key


@pytest.mark.parametrize("seed", range(120))
def test_every_level_is_the_best_of_all_plans(seed: int) -> None:
    problem = drawn(seed)
    plan = solve(problem)
    best = best_by_looking_at_every_plan(problem)
    assert plan.optimal
    assert key(plan.objectives) == key(best)
    assert (plan.bounds.reached, plan.bounds.worst_unit_share) == (best.reached, best.worst_unit_share)


@given(st.integers(0, 10**9), st.integers(1, 9), st.integers(1, 6), st.integers(1, 3))
@settings(max_examples=500, deadline=None, derandomize=True)
def test_checker_finds_no_violation_on_drawn_instances(seed: int, people: int, sessions: int, units: int) -> None:
    problem = drawn(seed, people=people, sessions=sessions, units=units)
    assert check(problem, solve(problem)).violations == ()


@pytest.mark.parametrize("seed", range(8))
def test_order_of_the_file_makes_no_difference(seed: int) -> None:
    problem = drawn(seed, people=8, sessions=5)
    turned = replace(problem, people=problem.people[::-1], sessions=problem.sessions[::-1], units=problem.units[::-1])
    assert solve(turned) == solve(problem)


def test_another_seed_draws_other_lots() -> None:
    problem = _one_seat_for_five()
    winners = {solve(replace(problem, seed=seed)).offers[0].person for seed in range(40)}
    assert winners == {f"p{i}" for i in range(5)}


def _one_seat_for_five() -> Problem:
    problem = drawn(1, people=5, sessions=1, units=1)
    need, session = problem.people[0].needs[0], problem.sessions[0]
    people = tuple(
        replace(
            person, needs=(need,), waited_years=1, languages=("sl", "en"), modes=("room", "online"), unavailable=(),
            places=None, accessibility=(), hours=None,
        )
        for person in problem.people
    )  # fmt: skip
    span = replace(session.competences[0], competence=need.competence, from_level=0, to_level=3)
    session = replace(session, competences=(span,), capacity=1, min_people=1)
    rules = replace(problem.rules, holidays=(), budgets=())
    units = tuple(replace(unit, closed=()) for unit in problem.units)
    return replace(problem, people=people, sessions=(session,), rules=rules, units=units, budget=1e6)


def test_demand_that_cannot_be_met_is_refused() -> None:
    problem = _one_seat_for_five()
    with pytest.raises(Infeasible):
        solve(replace(problem, rules=replace(problem.rules, min_reached_share=0.5)))


def test_demand_that_can_be_met_is_met() -> None:
    problem = _one_seat_for_five()
    plan = solve(replace(problem, rules=replace(problem.rules, min_reached_share=0.2)))
    assert (plan.objectives.reached, plan.optimal) == (1, True)


def test_nobody_without_needs_and_nothing_to_buy() -> None:
    problem = drawn(1)
    empty = replace(problem, people=tuple(replace(person, needs=()) for person in problem.people), sessions=())
    plan: Plan = solve(empty)
    assert (plan.offers, plan.sessions, plan.objectives.worst_unit_share, plan.optimal) == ((), (), 1.0, True)
    assert check(empty, plan).violations == ()
