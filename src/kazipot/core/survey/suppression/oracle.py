"""Which hidden cells a given pattern leaves too narrow, and why: the separation step of the solver.

In terms of deviations z from the true table, an intruder who sees the pattern y (1 hidden) knows rows·z = 0 and
−a_j y_j ≤ z_j, with z_j = 0 for shown cells. Cell i is safe when max z_i − min z_i ≥ need_i. If it isn't, the dual
solutions of both problems give a *capacity cut* that every safe pattern fulfils and this one doesn't (Fischetti and
Salazar-González 2001, "Solving the cell suppression problem on tabular data with linear constraints", Management
Science 47, 1008–1027).
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from kazipot.core.survey.suppression.problem import Problem
from kazipot.core.survey.suppression.programs import INFINITY, Reals, linear_program
from kazipot.core.survey.suppression.quiet import QuietHighs, Status
from kazipot.core.survey.suppression.table import Integers, Mask

TOLERANCE = 1e-6


@dataclass(frozen=True, slots=True)
class Cut:
    """Σ coefficients[j] · y[places[j]] ≥ bound, of every safe pattern y; `cell` is the class it was made for."""

    cell: int
    places: Integers
    coefficients: Reals
    bound: float


@dataclass(slots=True)
class Reach:
    """The least and greatest deviation of each class that some table consistent with the pattern shows.

    Hiding more never takes a table away, so what was seen once stays true.
    """

    low: Reals
    high: Reals

    def see(self, part: Integers, table: Reals) -> None:
        """Take note of one more consistent table; `table` has the deviations of the classes `part`, 0 elsewhere."""
        self.low[part] = np.minimum(self.low[part], table)
        self.high[part] = np.maximum(self.high[part], table)

    def width(self, part: Integers | int) -> Reals:
        """The widths seen."""
        return np.asarray(self.high[part] - self.low[part])


@dataclass(frozen=True, slots=True)
class Component:
    """A connected part of the hidden cells: its classes, the relations that touch it, and the widths asked of it."""

    part: Integers
    touched: Integers
    rows: sparse.csc_array
    least: Reals
    needs: Reals

    def short(self, reach: Reach) -> Integers:
        """The spots of the classes whose seen width falls short of what they need."""
        return np.flatnonzero(reach.width(self.part) < self.needs - TOLERANCE)

    def model(self) -> QuietHighs:
        """The intruder's program, as yet without an aim."""
        return linear_program(self.rows, np.zeros(self.part.size), self.least, np.full(self.part.size, INFINITY))


def fresh_reach(problem: Problem) -> Reach:
    """Nothing seen but the true table."""
    return Reach(np.zeros(problem.values.size), np.zeros(problem.values.size))


def components(problem: Problem, hidden: Mask, needs: Integers) -> Iterator[Component]:
    """Each connected part of the hidden cells in which a class needs a width."""
    columns = np.flatnonzero(hidden)
    inside = sparse.csr_array(abs(problem.rows[:, columns]))
    _, label = sparse.csgraph.connected_components(inside.T @ inside, directed=False)
    order = np.argsort(label, kind="stable")
    for part in np.split(columns[order], np.flatnonzero(np.diff(label[order])) + 1):
        if needs[part].any():
            yield component_of(problem, part, needs)


def component_of(problem: Problem, part: Integers, needs: Integers) -> Component:
    """Some hidden classes and the relations that touch them; all others stand still."""
    part = np.sort(part)
    rows = sparse.csr_array(problem.rows[:, part])
    touched = np.flatnonzero(np.diff(rows.indptr))
    least = -problem.values[part].astype(float)
    return Component(part, touched, sparse.csc_array(rows[touched]), least, needs[part].astype(float))


def widen(component: Component, reach: Reach) -> None:
    """See tables in which as many narrow classes as possible move at once, up and down by turns, while it helps."""
    before = component.part.size + 1
    while (short := component.short(reach)).size and short.size < 0.97 * before:
        before = short.size
        for sign in (-1.0, 1.0):
            short = component.short(reach)
            if short.size:
                reach.see(component.part, _together(component, reach, short, sign))


def _together(component: Component, reach: Reach, short: Integers, sign: float) -> Reals:
    """The table with the greatest sum of capped deviations of the classes `short` (least sum if the sign is +1).

    Each of the classes has two columns, the first of which counts and ends where nothing more is gained. Without an
    answer it is the true table.
    """
    size, more = component.part.size, short.size
    costs, upper = np.zeros(size + more), np.full(size + more, INFINITY)
    costs[short] = sign
    enough = component.needs + reach.low[component.part]
    upper[short] = np.maximum(enough[short], 0.0) if sign < 0 else 0.0
    both = sparse.csc_array(sparse.hstack([component.rows, component.rows[:, short]]))
    model = linear_program(both, costs, np.concatenate([component.least, np.zeros(more)]), upper)
    model.answer((Status.kOptimal,))
    if not model.has_point():
        return np.zeros(size)
    values = np.array(model.getSolution().col_value)
    table = values[:size].copy()
    table[short] += values[size:]
    return table


def cuts_against(problem: Problem, hidden: Mask) -> list[Cut]:
    """One cut for each class that the pattern leaves narrower than it needs; none if the pattern is safe."""
    reach, cuts = fresh_reach(problem), []
    for component in components(problem, hidden, problem.needs):
        widen(component, reach)
        model = component.model() if component.short(reach).size else None
        for spot in component.short(reach):
            cell, need = int(component.part[spot]), float(component.needs[spot])
            if model is not None and reach.width(cell) < need - TOLERANCE:
                up, down = furthest_both(model, component, reach, int(spot))
                if up is not None and down is not None and reach.width(cell) < need - TOLERANCE:
                    cuts.append(_cut(problem, hidden, cell, (component.touched, up, down)))
    return cuts


def furthest_both(
    model: QuietHighs, component: Component, reach: Reach, spot: int
) -> tuple[Reals | None, Reals | None]:
    """Maximise one class and minimise it; see both tables, give the relations' duals of both."""
    return _furthest(model, component, reach, spot, up=True), _furthest(model, component, reach, spot, up=False)


def narrow_after_all(component: Component, reach: Reach) -> list[int]:
    """The classes that stay narrower than they need when each is moved as far as it goes."""
    widen(component, reach)
    model = component.model() if component.short(reach).size else None
    narrow = []
    for spot in component.short(reach).tolist():
        cell, need = int(component.part[spot]), float(component.needs[spot])
        if model is not None and reach.width(cell) < need - TOLERANCE:
            furthest_both(model, component, reach, spot)
            if reach.width(cell) < need - TOLERANCE:
                narrow.append(cell)
    return narrow


def _furthest(model: QuietHighs, component: Component, reach: Reach, spot: int, *, up: bool) -> Reals | None:
    """Maximise one class (no further than it needs) or minimise it; see the table, give the relations' duals.

    Without an answer nothing is seen, so that the class counts as narrow, and None is given.
    """
    least = float(component.least[spot])
    model.changeColCost(spot, -1.0 if up else 1.0)
    model.changeColBounds(spot, least, max(float(component.needs[spot]), 1.0))
    status = model.answer((Status.kOptimal,))
    solution = model.getSolution()
    if model.has_point():
        reach.see(component.part, np.array(solution.col_value))
    model.changeColCost(spot, 0.0)
    model.changeColBounds(spot, least, INFINITY)
    return np.array(solution.row_dual) if status == Status.kOptimal else None


def _cut(problem: Problem, hidden: Mask, cell: int, duals: tuple[Integers, Reals, Reals]) -> Cut:
    """The capacity cut of a class from the duals of its two problems, with coefficients capped at the bound."""
    touched, up, down = duals
    some = problem.rows[touched]
    need = float(problem.needs[cell])
    values = problem.values.astype(float)
    capacity = np.zeros(values.size)
    for sign, dual in ((-1.0, up), (1.0, down)):
        reduced = -(some.T @ dual)
        reduced[cell] += sign
        free = np.where(hidden, 0.0, need)  # a hidden cell has no upper bound, so its reduced cost can't be negative
        capacity += np.where(reduced < -TOLERANCE, free, np.where(reduced > TOLERANCE, reduced * values, 0.0))
    bound = need - capacity[problem.must].sum()
    places = np.flatnonzero((capacity > TOLERANCE) & ~problem.must)
    return Cut(cell, places, np.minimum(capacity[places], bound), bound)
