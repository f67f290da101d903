"""A linear or integer programme for HiGHS, deterministic: limits are in nodes and not in seconds.

HiGHS: Huangfu & Hall, "Parallelizing the dual revised simplex method", Math. Prog. Comp. 10 (2018). SciPy's copy is
used (docs/decisions/highs-of-scipy.md says why).
"""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from kazipot.core.allocation.arrays import Floats, Ints

NODES = 20_000


@dataclass(frozen=True, slots=True, eq=False)
class Solution:
    """Values of the variables, the objective (maximised), its bound, and whether the two meet."""

    values: Floats
    objective: float
    bound: float
    proven: bool


class Infeasible(Exception):
    """No values keep all rows."""


class Unfinished(Exception):
    """The limit of nodes was reached before any values that keep all rows were found."""


class Programme:
    """Maximise over variables with bounds and rows. Grows by `columns` and `rows`, is solved any number of times."""

    def __init__(self, *, nodes: int = NODES) -> None:
        self._nodes = nodes
        self._upper, self._integer = np.zeros(0), np.zeros(0)
        self._triples: list[tuple[Ints, Ints, Floats]] = []
        self._low, self._high = np.zeros(0), np.zeros(0)

    @property
    def size(self) -> int:
        """How many variables there are."""
        return len(self._upper)

    def columns(self, count: int, upper: Floats | float = 1.0, *, integer: bool = True) -> Ints:
        """Add variables from 0 to `upper`; returns their numbers."""
        first = self.size
        self._upper = np.concatenate([self._upper, np.broadcast_to(np.asarray(upper, dtype=float), count)])
        self._integer = np.concatenate([self._integer, np.full(count, float(integer))])
        return np.arange(first, first + count)

    def rows(self, row: Ints, column: Ints, value: Floats | float, low: Floats | float, high: Floats | float) -> None:
        """Add rows low ≤ Σ value·column ≤ high from triples; `row` counts from 0, every row has at least one."""
        count, first = int(row.max(initial=-1)) + 1, len(self._low)
        values = np.broadcast_to(np.asarray(value, dtype=float), len(row))
        self._triples.append((row + first, column, values))
        self._low = np.concatenate([self._low, np.broadcast_to(np.asarray(low, dtype=float), count)])
        self._high = np.concatenate([self._high, np.broadcast_to(np.asarray(high, dtype=float), count)])

    def row(self, column: Ints, value: Floats | float, low: float, high: float) -> None:
        """Add one row; one without variables is kept only if 0 keeps it. Raises Infeasible."""
        if not len(column):
            if not low <= 0 <= high:
                raise Infeasible
            return
        self.rows(np.zeros(len(column), dtype=np.int64), column, value, low, high)

    def fix(self, column: Ints) -> None:
        """From now on these variables are 0."""
        self._upper[column] = 0.0

    def maximise(self, column: Ints, value: Floats | float, *, relaxed: bool = False, gap: float = 0.0) -> Solution:
        """The best values for Σ value·column. Raises Infeasible or Unfinished.

        relaxed: without integrality. gap: the share of the objective at which the search may end.
        """
        costs = np.zeros(self.size)
        np.add.at(costs, column, value)
        row, col, data = (np.concatenate(part) for part in zip(*self._triples, strict=True))
        matrix = csr_array((data, (row, col)), shape=(len(self._low), self.size))
        found = milp(
            -costs,
            integrality=np.zeros(self.size) if relaxed else self._integer,
            bounds=Bounds(0.0, self._upper),
            constraints=LinearConstraint(matrix, self._low, self._high),
            options={"mip_rel_gap": gap, "node_limit": self._nodes},
        )
        if found.status == 2:
            raise Infeasible
        if found.x is None:
            raise Unfinished
        objective = float(costs @ found.x)
        bound = objective if found.mip_dual_bound is None else -float(found.mip_dual_bound)
        return Solution(found.x, objective, bound, found.status == 0)
