"""Which sessions to buy and who is offered a seat: the best plan there is, with its bound."""

from kazipot.core.allocation.arrays import arrays_of
from kazipot.core.allocation.exact import solve_exactly
from kazipot.core.allocation.outcome import plan_of
from kazipot.core.allocation.problem import Plan, Problem


def solve(problem: Problem) -> Plan:
    """The lexicographically best plan. Raises Infeasible when what `rules` demand can't be had."""
    a = arrays_of(problem)
    found = solve_exactly(a, seed=problem.seed)
    return plan_of(
        a, found.chosen, reached_bound=found.reached_bound, share_bound=found.share_bound, proven=found.proven
    )
