"""Which sessions to buy and who is offered a seat: the best plan there is, with its bound."""

import math
from dataclasses import replace
from fractions import Fraction

import numpy as np

from kazipot.core.allocation.arrays import Arrays, arrays_of
from kazipot.core.allocation.exact import LEVELS, Levels, solve_exactly
from kazipot.core.allocation.highs import Infeasible, Unfinished
from kazipot.core.allocation.large import affords_everything, solve_by_flows
from kazipot.core.allocation.model import model_of, shares
from kazipot.core.allocation.outcome import plan_of
from kazipot.core.allocation.problem import Plan, Problem
from kazipot.core.allocation.purchase import Purchase

SMALL, EXACT_EDGES, EXACT_EDGES_WITHOUT_PURCHASE = 250, 700, 2_500
"""Up to so many possible offers all levels are proven by integer programmes, above SMALL only what flows leave open."""
REACH_EDGES, REACH_NODES = 3_000, 2_000
"""Up to so many possible offers level 1 is tried by the integer programme of all rules when flows don't prove it."""


def solve(problem: Problem) -> Plan:
    """The lexicographically best plan. Raises Infeasible when what `rules` demand can't be had."""
    a = arrays_of(problem)
    found = solve_arrays(a, seed=problem.seed)
    return plan_of(
        a, found.chosen, reached_bound=found.reached_bound, share_bound=found.share_bound, proven=found.proven
    )


def solve_arrays(a: Arrays, *, seed: int) -> Levels:
    """The levels, by the method that fits the size. Raises Infeasible."""
    demands = a.min_reached > 0 or a.min_unit_share > 0
    limit = EXACT_EDGES_WITHOUT_PURCHASE if affords_everything(a) else EXACT_EDGES
    if len(a.edge_person) <= SMALL or (demands and len(a.edge_person) <= limit):
        return _exactly(a, seed)
    found = solve_by_flows(a, seed=seed)
    if len(found.proven) < len(LEVELS) and len(a.edge_person) <= limit:
        return _exactly(a, seed, otherwise=found)
    if not found.proven and len(a.edge_person) <= REACH_EDGES:
        found = _reaching_more(a, seed, found)
    if demands:
        reached, worst = len(np.unique(a.edge_person[found.chosen])), shares(a, found.chosen)[0]
        if reached < a.min_reached or float(worst) < a.min_unit_share:
            raise Infeasible
    return found


def _exactly(a: Arrays, seed: int, *, otherwise: Levels | None = None) -> Levels:
    """By integer programmes; by flows if their limit of nodes is too low to find a plan at all."""
    try:
        return solve_exactly(a, seed=seed)
    except Unfinished:
        return otherwise or solve_by_flows(a, seed=seed)


def _reaching_more(a: Arrays, seed: int, found: Levels) -> Levels:
    """Level 1 anew by the integer programme of all rules, and the other levels by flows for what it buys."""
    model = model_of(a, nodes=REACH_NODES)
    try:
        best = model.programme.maximise(model.z, 1.0)
    except Unfinished:
        return found
    bound = min(found.reached_bound, math.floor(best.bound + 1e-6))
    offers = np.nonzero(best.values[model.x] > 0.5)[0]
    _, first = np.unique(a.edge_person[offers], return_index=True)
    seats = np.bincount(a.edge_session[offers[first]], minlength=len(a.sessions))
    again = solve_by_flows(a, seed=seed, given=Purchase(seats > 0, seats, bound))
    if _rank(a, again) >= _rank(a, found):
        return again
    proven = ["reached"] if _rank(a, found)[0] == bound else []
    return replace(found, reached_bound=bound, proven=proven)


def _rank(a: Arrays, found: Levels) -> tuple[int, list[Fraction]]:
    return len(np.unique(a.edge_person[found.chosen])), shares(a, found.chosen)
