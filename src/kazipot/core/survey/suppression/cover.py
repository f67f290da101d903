"""The master problem: the cheapest pattern that keeps all conditions found so far.

Two kinds of conditions follow from single relations and stand from the start or as soon as they are broken:

- *cover*: where the hidden children of a shown parent add up to less than k, or a single small cell is alone in a
  relation, one more cell of it has to be hidden;
- *bridgeless*: a hidden cell is not alone in a relation, or it could be subtracted (Fischetti and Salazar-González
  2001, eq. 21).

The third kind are the capacity cuts of the oracle.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy import sparse

from kazipot.core.survey.suppression.oracle import Cut
from kazipot.core.survey.suppression.problem import Problem
from kazipot.core.survey.suppression.programs import INFINITY, Reals, linear_program
from kazipot.core.survey.suppression.quiet import Status
from kazipot.core.survey.suppression.table import Integers, Mask

type Condition = tuple[Integers, Reals, float]


@dataclass(slots=True)
class Master:
    """Conditions Σ coefficient·y ≥ bound on patterns, and which bridgeless ones (relation, class) are among them."""

    problem: Problem
    costs: Reals
    conditions: list[Condition] = field(default_factory=list)
    bridges: set[tuple[int, int]] = field(default_factory=set)
    by_class: sparse.csr_array = field(init=False)

    def __post_init__(self) -> None:
        self.by_class = sparse.csr_array(self.problem.rows.T)

    def take(self, condition: Condition) -> None:
        """Take in a condition, unless every pattern keeps it, or none does."""
        places, factors, bound = condition
        must = self.problem.must[places]
        if factors[must | (factors < 0)].sum() < bound - 1e-9 <= factors[must | (factors > 0)].sum():
            self.conditions.append(condition)

    def add(self, cuts: Sequence[Cut]) -> None:
        """Take in capacity cuts."""
        for cut in cuts:
            self.take((cut.places, cut.coefficients, cut.bound))

    def tighten(self, rounds: int) -> float:
        """Find bridgeless conditions by the linear relaxation; returns its value, a lower bound of the cost."""
        rows, sizes = self.problem.rows, np.diff(self.problem.rows.indptr)
        value = 0.0
        for _ in range(rounds):
            share, least = self._solve_once(relaxed=True)
            value = max(value, least)
            sums = np.repeat(abs(rows) @ share, sizes)
            broken = np.flatnonzero((2 * share[rows.indices] - sums > 0.05) & ~self.problem.must[rows.indices])
            numbers = np.repeat(np.arange(sizes.size), sizes)[broken]
            pairs = zip(numbers.tolist(), rows.indices[broken].tolist(), strict=True)
            if not sum(self._add_bridge(number, alone) for number, alone in pairs):
                break
        return value

    def solve(self, *, gap: float, nodes: int, rounds: int) -> tuple[Mask, float]:
        """A pattern that keeps the conditions found so far, and a lower bound of the cost of any safe one.

        Broken bridgeless conditions are looked for and added up to `rounds` times.
        """
        hidden, least = self._whole(gap=gap, nodes=nodes)
        for _ in range(rounds):
            if not self._bridge(hidden):
                break
            hidden, least = self._whole(gap=gap, nodes=nodes)
        return hidden, least

    def _whole(self, *, gap: float, nodes: int) -> tuple[Mask, float]:
        share, least = self._solve_once(gap=gap, nodes=nodes)
        return share > 0.5, least

    def _solve_once(self, *, relaxed: bool = False, gap: float = 0.0, nodes: int = 0) -> tuple[Reals, float]:
        """One (mixed-integer) program over the classes that stand in a condition.

        Without an answer all of them are hidden, which keeps every condition, and the bound is that of what must be.
        """
        costs, conditions = self.costs, self.conditions
        pattern = self.problem.must.astype(float)
        if not conditions:
            return pattern, float(costs @ pattern)
        sizes = [places.size for places, _, _ in conditions]
        used, columns = np.unique(np.concatenate([places for places, _, _ in conditions]), return_inverse=True)
        factors = np.concatenate([factors for _, factors, _ in conditions])
        rows = sparse.coo_array((factors, (np.repeat(np.arange(len(sizes)), sizes), columns)), (len(sizes), used.size))
        bounds = np.array([bound for _, _, bound in conditions])
        model = linear_program(
            rows.tocsc(), costs[used], pattern[used], np.ones(used.size),
            (bounds, np.full(bounds.size, INFINITY)), whole=not relaxed,
        )  # fmt: skip
        if not relaxed:
            model.setOptionValue("mip_rel_gap", gap)
            model.setOptionValue("mip_max_nodes", nodes)
        least = float(costs @ pattern)
        status = model.answer((Status.kOptimal,))
        if not model.has_point() or (relaxed and status != Status.kOptimal):
            pattern[used] = 1.0
            return pattern, least
        rest, info = least - float(costs[used] @ pattern[used]), model.getInfo()
        pattern[used] = np.array(model.getSolution().col_value)
        return pattern, max(least, rest + (info.objective_function_value if relaxed else info.mip_dual_bound))

    def _bridge(self, hidden: Mask) -> int:
        """Add the bridgeless conditions of the cells that the pattern leaves alone in a relation; how many."""
        rows, added = self.problem.rows, 0
        for number in np.flatnonzero(abs(rows) @ hidden.astype(float) == 1):
            members = _members(rows, int(number))
            alone = int(members[hidden[members]][0])
            added += sum(self._add_bridge(int(other), alone) for other in _members(self.by_class, alone))
        return added

    def _add_bridge(self, number: int, alone: int) -> bool:
        """Add one bridgeless condition; False if it stands already."""
        if (number, alone) in self.bridges:
            return False
        self.bridges.add((number, alone))
        rest = _members(self.problem.rows, number)
        rest = rest[rest != alone]
        self.take((np.append(rest, alone), np.append(np.ones(rest.size), -1.0), 0.0))
        return True


def _members(rows: sparse.csr_array, number: int) -> Integers:
    return np.asarray(rows.indices[rows.indptr[number] : rows.indptr[number + 1]])


def master_of(problem: Problem, costs: Reals) -> Master:
    """The master problem with the cover conditions of all relations."""
    rows, master = problem.rows, Master(problem, costs)
    for start, stop in zip(rows.indptr[:-1], rows.indptr[1:], strict=True):
        members, children = rows.indices[start:stop], rows.data[start:stop] > 0
        needs, must = problem.needs[members], problem.must[members]
        if not needs.any() or must[~children].any():
            continue
        short = int(needs.max() - problem.values[members[children & must]].sum())
        if short > 0 or must.sum() == 1:
            others = members[~must]
            enough = np.where(children, problem.values[members], short)[~must]
            factors = np.minimum(enough, max(short, 1)) if short > 0 else np.ones(others.size)
            master.take((others, factors.astype(float), float(max(short, 1))))
    return master
