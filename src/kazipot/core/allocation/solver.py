"""Which sessions to buy and who is offered a seat: the best plan there is, with its bound."""

import numpy as np

from kazipot.core.allocation.arrays import Arrays, arrays_of
from kazipot.core.allocation.exact import LEVELS, Levels, solve_exactly
from kazipot.core.allocation.highs import Infeasible
from kazipot.core.allocation.large import affords_everything, solve_by_flows
from kazipot.core.allocation.model import shares
from kazipot.core.allocation.outcome import plan_of
from kazipot.core.allocation.problem import Plan, Problem

SMALL, EXACT_EDGES, EXACT_EDGES_WITHOUT_PURCHASE = 250, 700, 2_500
"""Up to so many possible offers all levels are proven by integer programmes, above SMALL only what flows leave open."""


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
        return solve_exactly(a, seed=seed)
    found = solve_by_flows(a, seed=seed)
    if len(found.proven) < len(LEVELS) and len(a.edge_person) <= limit:
        return solve_exactly(a, seed=seed)
    if demands:
        reached, worst = len(np.unique(a.edge_person[found.chosen])), shares(a, found.chosen)[0]
        if reached < a.min_reached or float(worst) < a.min_unit_share:
            raise Infeasible
    return found
