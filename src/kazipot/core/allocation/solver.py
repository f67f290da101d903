"""Which sessions to buy and who is offered a seat: the best plan there is, with its bound."""

from kazipot.core.allocation.arrays import Arrays, arrays_of
from kazipot.core.allocation.exact import Levels, solve_exactly
from kazipot.core.allocation.large import affords_everything, solve_by_flows
from kazipot.core.allocation.outcome import plan_of
from kazipot.core.allocation.problem import Plan, Problem

EXACT_EDGES = 700
EXACT_EDGES_WITHOUT_PURCHASE = 2_500
"""Up to so many possible offers all levels are proven by integer programmes."""


def solve(problem: Problem) -> Plan:
    """The lexicographically best plan. Raises Infeasible when what `rules` demand can't be had."""
    a = arrays_of(problem)
    found = solve_arrays(a, seed=problem.seed)
    return plan_of(
        a, found.chosen, reached_bound=found.reached_bound, share_bound=found.share_bound, proven=found.proven
    )


def solve_arrays(a: Arrays, *, seed: int) -> Levels:
    """The levels, by the method that fits the size."""
    limit = EXACT_EDGES_WITHOUT_PURCHASE if affords_everything(a) else EXACT_EDGES
    if len(a.edge_person) <= limit:
        return solve_exactly(a, seed=seed)
    return solve_by_flows(a, seed=seed)
