"""Making a pattern safe: for each narrow cell in turn the cheapest two tables that make it wide enough.

Kelly, Golden and Assad (1992), "Cell suppression: disclosure protection for sensitive tabular data", Networks 22,
397–417: minimise Σ cost_j (z⁺_j + z⁻_j) over deviations z = z⁺ − z⁻ with rows·z = 0, z ≥ −a, z_i = t. Cells that
move are hidden; hidden cells cost nothing, so later cells use what earlier ones have opened. Cells are looked after
block by block, where a block has the codes below the cell's parents: that keeps the programs small. What can't be
done inside a block is done in the whole table.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from kazipot.core.survey.suppression.oracle import TOLERANCE, Reach, component_of, furthest_both, widen
from kazipot.core.survey.suppression.problem import Problem
from kazipot.core.survey.suppression.programs import INFINITY, Reals, linear_program
from kazipot.core.survey.suppression.quiet import QuietHighs, Status
from kazipot.core.survey.suppression.table import Dimension, Integers, Mask

SAME = 0.01
"""The cost of moving a hidden cell, per unit: small, but enough that nothing moves without need."""


@dataclass(slots=True)
class Flow:
    """The program over (z⁺, z⁻) of the classes `part` (sorted)."""

    part: Integers
    values: Integers
    model: QuietHighs

    def price(self, costs: Reals) -> None:
        """Set the costs of all classes of the problem."""
        here = costs[self.part]
        columns = np.arange(2 * self.part.size, dtype=np.int32)
        self.model.changeColsCost(columns.size, columns, np.concatenate([here, here]))

    def push(self, cell: int, distance: float) -> Reals | None:
        """The cheapest table in which the cell deviates by `distance`; None if there is none."""
        size = self.part.size
        spot = int(np.searchsorted(self.part, cell))
        limits = ((spot, INFINITY), (spot + size, float(self.values[spot])))
        for (column, _), amount in zip(limits, (max(distance, 0.0), max(-distance, 0.0)), strict=True):
            self.model.changeColBounds(column, amount, amount)
        self.model.clearSolver()  # no cost is negative, so the dual simplex can start from the slack basis at once
        found = self.model.answer((Status.kOptimal, Status.kInfeasible)) == Status.kOptimal
        values = np.array(self.model.getSolution().col_value) if found else np.zeros(0)
        for column, limit in limits:
            self.model.changeColBounds(column, 0.0, limit)
        return values[:size] - values[size:] if found else None


def flow_of(problem: Problem, part: Integers) -> Flow:
    """The program over some classes; all others stand still."""
    rows = sparse.csr_array(problem.rows[:, part])
    rows = sparse.csr_array(rows[np.diff(rows.indptr) > 0])
    upper = np.concatenate([np.full(part.size, INFINITY), problem.values[part].astype(float)])
    both = sparse.csc_array(sparse.hstack([rows, -rows]))
    model = linear_program(both, np.zeros(upper.size), np.zeros(upper.size), upper)
    model.setOptionValue("presolve", "off")
    return Flow(part, problem.values[part], model)


def repair(problem: Problem, hidden: Mask, reach: Reach, narrow: Sequence[int], costs: Reals) -> None:
    """Hide more, until each class of `narrow` is as wide as it needs (1 if it needs nothing itself).

    `hidden` and `reach` are brought up to date in place; `costs` says what hiding each class costs. Where no way is
    found, everything is hidden: nothing is wider, and what isn't needed is shown again later.
    """
    whole: Flow | None = None
    for cells in _by_block(problem, narrow):
        block = _block(problem, cells[0])
        free = component_of(problem, block[hidden[block]], _needs(problem, cells))
        widen(free, reach)
        model, flow = free.model(), flow_of(problem, block)
        for cell in cells:
            furthest_both(model, free, reach, int(np.searchsorted(free.part, cell)))
            if not _open(problem, hidden, reach, cell, flow, costs):
                whole = whole or flow_of(problem, np.arange(hidden.size))
                if not _open(problem, hidden, reach, cell, whole, costs):
                    hidden[:] = True
                    return


def _needs(problem: Problem, cells: Sequence[int]) -> Integers:
    """The widths needed by some classes alone: at least 1."""
    needs = np.zeros_like(problem.needs)
    needs[cells] = np.maximum(problem.needs[cells], 1)
    return needs


def _open(problem: Problem, hidden: Mask, reach: Reach, cell: int, flow: Flow, costs: Reals) -> bool:
    """Widen one class by hiding more, upwards or downwards, whatever is cheaper; False if it can't be."""
    need = max(float(problem.needs[cell]), 1.0)
    if reach.width(cell) >= need - TOLERANCE:
        return True
    least = max(float(reach.high[cell]) - need, -float(problem.values[cell]))
    plans = [[float(reach.low[cell]) + need]]
    if least < 0:
        plans.append([least, least + need] if float(reach.high[cell]) < least + need - TOLERANCE else [least])
    found = [plan for steps in plans if (plan := _priced(hidden, cell, steps, flow, costs))]
    if not found:
        return False
    for table in min(found, key=lambda plan: plan[0])[1]:
        hidden[flow.part[np.abs(table) > TOLERANCE]] = True
        reach.see(flow.part, table)
    return True


def _priced(
    hidden: Mask, cell: int, steps: Sequence[float], flow: Flow, costs: Reals
) -> tuple[float, list[Reals]] | None:
    """The tables in which the class deviates by each of the steps, and what hiding their cells costs."""
    now, tables = np.where(hidden, SAME, costs + SAME), []
    for distance in steps:
        flow.price(now)
        table = flow.push(cell, distance)
        if table is None:
            return None
        tables.append(table)
        now[flow.part[np.abs(table) > TOLERANCE]] = SAME
    return round(float(costs[(now == SAME) & ~hidden].sum()), 6), tables


def _by_block(problem: Problem, cells: Sequence[int]) -> list[list[int]]:
    """The classes grouped by the parents of their codes, in order."""
    groups: dict[tuple[int, ...], list[int]] = defaultdict(list)
    for cell in cells:
        groups[tuple(place for place, _ in _above(problem, cell))].append(int(cell))
    return [groups[key] for key in sorted(groups)]


def _above(problem: Problem, cell: int) -> list[tuple[int, Dimension]]:
    spots = np.unravel_index(int(problem.places[cell]), problem.classes.shape)
    return [
        (max(dimension.parents[int(spot)], 0), dimension)
        for spot, dimension in zip(spots, problem.dimensions, strict=True)
    ]


def _block(problem: Problem, cell: int) -> Integers:
    """The classes of the cells whose codes are the cell's parents or below."""
    axes = []
    for top, dimension in _above(problem, cell):
        inside = {top}
        for place, parent in enumerate(dimension.parents):
            if parent in inside:
                inside.add(place)
        axes.append(sorted(inside))
    found = np.unique(problem.classes[np.ix_(*axes)])
    return found[found >= 0]
