"""Reasons, clashes, frontier and rules of thumb."""

from dataclasses import replace

import numpy as np
import pytest

from kazipot.core.allocation import baselines
from kazipot.core.allocation.arrays import arrays_of
from kazipot.core.allocation.checker import check
from kazipot.core.allocation.clash import smallest_clash
from kazipot.core.allocation.explanation import Outcome, Reason, explain
from kazipot.core.allocation.frontier import cost_of_reaching, frontier
from kazipot.core.allocation.large import solve_by_flows
from kazipot.core.allocation.outcome import plan_of
from kazipot.core.allocation.problem import Need, Rules
from kazipot.core.allocation.solver import solve
from kazipot.core.allocation.synthetic import synthetic
from tests.core.allocation.test_checker import LATER, NOON, person, problem, session


def test_person_with_an_offer_learns_what_it_teaches() -> None:
    asked = problem(people=(person("p1"),), sessions=(session("s1"),))
    assert explain(asked, solve(asked)) == [Outcome("p1", (("s1", ("4.1",)),), (), ())]


def test_person_without_learns_every_obstacle() -> None:
    taken = person("p0", waited_years=9)
    left = person("p1", waited_years=0)
    sessions = (
        session("s1", capacity=1), session("s2", language="en"), session("s3", mode="online"),
        session("s4", price_fixed=5000.0),
    )  # fmt: skip
    asked = problem(people=(taken, left), sessions=sessions)
    outcome = explain(asked, solve(asked))[1]
    assert outcome.reasons == (
        Reason("full", 1, ("s1",)), Reason("language", 1, ("s2",)), Reason("mode", 1, ("s3",)),
        Reason("not_bought", 1, ("s4",)),
    )  # fmt: skip


def test_need_that_nothing_teaches_is_named() -> None:
    asked = problem(people=(person("p1", needs=(Need("5.4", 0, 1),)),), sessions=(session("s1"),))
    assert explain(asked, solve(asked)) == [Outcome("p1", (), ("5.4",), ())]


EVERYBODY = tuple(person(f"p{i}") for i in range(4))


@pytest.mark.parametrize(
    ("sessions", "changes", "clash"),
    [
        ((session("s1"), session("s2", meetings=(LATER,))), {"budget": 120.0}, ("budget",)),
        ((session("s1"),), {}, ("capacity",)),
        ((session("s1", capacity=9, min_people=5),), {}, ("min_people",)),
        ((session("s1", capacity=9),), {"rules": Rules(0.2, 2, min_reached_share=1.0)}, ("max_absent_share",)),
        ((session("s1", language="en"),), {}, ()),
        (
            (session("s1", price_fixed=600.0), session("s2", price_fixed=600.0, meetings=(NOON,))),
            {},
            ("budget", "capacity"),
        ),
        ((session("s1", capacity=9),), {}, None),
    ],
)
def test_smallest_clash_is_named(sessions: tuple[object, ...], changes: dict[str, object], clash: object) -> None:
    usual = {"rules": Rules(1.0, 2, min_reached_share=1.0)}
    asked = problem(people=EVERYBODY, sessions=sessions, **(usual | changes))  # type: ignore[arg-type]
    assert smallest_clash(arrays_of(asked)) == clash


def test_frontier_rises_and_tells_what_more_money_is_worth() -> None:
    sessions = (session("s1", capacity=1), session("s2", capacity=3, price_fixed=400.0, meetings=(LATER,)))
    a = arrays_of(problem(people=EVERYBODY, sessions=sessions, budget=120.0))
    points = frontier(a, [50.0, 120.0, 500.0, 1000.0])
    assert [(point.reached, point.bound) for point in points] == [(0, 0), (1, 1), (3, 3), (4, 4)]
    now, then = frontier(a, [a.budget, a.budget + 1000.0])
    assert then.reached - now.reached == 3
    assert cost_of_reaching(a, 3) == pytest.approx(431.5)
    assert cost_of_reaching(a, 5) is None


def test_frontier_of_a_large_problem_has_bounds_above_it() -> None:
    a = arrays_of(synthetic(people=3000, sessions=60, seed=2, budget_share=1.0, absent=None))
    points = frontier(a, [share * a.budget for share in (0.3, 0.5)])
    assert [point.reached for point in points] == sorted(point.reached for point in points)
    assert all(point.bound >= point.reached > 0 for point in points)
    cost = cost_of_reaching(a, points[0].reached)
    assert cost is not None
    assert cost <= points[0].budget + 1e-6


@pytest.mark.parametrize("seed", range(2))
def test_rules_of_thumb_keep_the_rules_and_never_beat_the_engine(seed: int) -> None:
    asked = synthetic(people=3000, sessions=60, seed=seed, budget_share=0.5, linked=0.1)
    a, rng = arrays_of(asked), np.random.default_rng(seed)
    bought = [baselines.buy_by_chance(a, rng), baselines.buy_cheapest(a)]
    best = len(np.unique(a.edge_person[solve_by_flows(a, seed=seed).chosen]))
    for sessions in bought:
        for chosen in (
            baselines.first_come(a, sessions, rng, seats_each=3),
            baselines.first_come(a, sessions, rng, seats_each=1),
            baselines.by_priority(a, sessions),
        ):
            plan = plan_of(a, chosen, reached_bound=10**6, share_bound=1, proven=())
            assert check(asked, plan).violations == ()
            assert plan.objectives.reached <= best


def test_synthetic_city_depends_on_the_seed_only() -> None:
    first, second = (synthetic(people=300, sessions=10, seed=5) for _ in range(2))
    assert first == second
    assert replace(synthetic(people=300, sessions=10, seed=6), seed=5) != first
