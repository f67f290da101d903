"""What an intruder can work out: the interval of every hidden cell, by linear programming.

Shares no code with the solver: relations are set up anew from the trees, over the values themselves, and only from
what is published. The intruder knows all published cells, the hierarchies, and that counts are not negative
(Fischetti and Salazar-González 2001, section 2: the attacker's problems).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import highspy
import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from kazipot.core.survey.suppression.quiet import QuietHighs, Status
from kazipot.core.survey.suppression.table import CountTable, Dimension

EXACT_CELLS = 1_500
"""Up to so many hidden cells the exact interval of each is calculated; above, as much of it as proves it safe."""
NEAR = 1e-6
TURNS = 60


@dataclass(frozen=True, slots=True)
class Interval:
    """What can be derived of a cell (flat place): from `low` to `high` (math.inf if unbounded), `needed` width.

    If not `exact`, the true interval is at least that wide. A cell that needs nothing has to be wider than 0.
    """

    place: int
    low: float
    high: float
    needed: int
    exact: bool

    @property
    def width(self) -> float:
        """high − low."""
        return self.high - self.low

    @property
    def leaks(self) -> bool:
        """Whether the cell can be derived more narrowly than the rule allows."""
        return self.width < max(self.needed - NEAR, NEAR) or self.high < self.needed - NEAR


def audit(
    table: CountTable,
    published: NDArray[np.bool_],
    *,
    k: int,
    rng: np.random.Generator,
    protect_zeros: bool = False,
    exact_cells: int = EXACT_CELLS,
    seen: list[tuple[NDArray[np.int64], list[NDArray[np.float64]]]] | None = None,
) -> list[Interval]:
    """The interval of every hidden cell, and of every published one that should not have been, in order of place.

    `published` has the shape of the counts. Small counts are 1 to k − 1 (0 too with `protect_zeros`) and need an
    interval k wide that reaches k; other hidden cells one that is wider than 0. The generator only chooses in which
    order tables are looked at, never the verdict. `seen` gets the tables that were looked at, for each part of hidden
    cells that hang together: their places, and their values in each (inf where it may be anything).
    """
    truth = table.counts.ravel()
    hidden = ~published.ravel()
    small = (truth < k) & ((truth > 0) | protect_zeros)
    needed = np.where(small, k, 0)
    found = [Interval(int(place), truth[place], truth[place], k, True) for place in np.flatnonzero(small & ~hidden)]
    exact = bool(hidden.sum() <= exact_cells)
    for cells, rows in _parts(table.dimensions, hidden):
        tables: list[NDArray[np.float64]] = []
        found.extend(_intervals(cells, rows, truth[cells], needed[cells], rng, tables, exact=exact))
        if seen is not None:
            seen.append((cells, tables))
    return sorted(found, key=lambda interval: interval.place)


def _equations(dimensions: tuple[Dimension, ...]) -> Iterator[NDArray[np.int64]]:
    """For each parent of each dimension the cells of its equations: shape (1 + children, equations), parent first."""
    shape = [len(dimension.codes) for dimension in dimensions]
    for axis, dimension in enumerate(dimensions):
        step = int(np.prod(shape[axis + 1 :]))
        bases = np.arange(int(np.prod(shape[:axis])))[:, None] * step * shape[axis] + np.arange(step)[None, :]
        inside: Mapping[int, list[int]] = dimension.children()
        for parent in sorted(inside):
            yield np.array([bases.ravel() + place * step for place in (parent, *inside[parent])])


def _parts(
    dimensions: tuple[Dimension, ...], hidden: NDArray[np.bool_]
) -> Iterator[tuple[NDArray[np.int64], sparse.csc_array]]:
    """The hidden cells that hang together, and the coefficients of their equations."""
    spots = np.cumsum(hidden) - 1
    rows, columns, signs = [], [], []
    number = 0
    for members in _equations(dimensions):
        shown = hidden[members]
        line, equation = np.nonzero(shown)
        rows.append(equation + number)
        columns.append(spots[members[shown]])
        signs.append(np.where(line == 0, -1.0, 1.0))
        number += members.shape[1]
    size = int(hidden.sum())
    if rows:
        entries = (np.concatenate(signs), (np.concatenate(rows), np.concatenate(columns)))
        matrix = sparse.coo_array(entries, shape=(number, size)).tocsr()
    else:
        matrix = sparse.csr_array((number, size))
    _, label = sparse.csgraph.connected_components(abs(matrix).T @ abs(matrix), directed=False)
    places = np.flatnonzero(hidden)
    for part in range(int(label.max(initial=-1)) + 1):
        inside = np.flatnonzero(label == part)
        some = matrix[:, inside]
        yield places[inside], sparse.csc_array(some[np.diff(some.indptr) > 0])


def _intervals(
    cells: NDArray[np.int64],
    rows: sparse.csc_array,
    truth: NDArray[np.int64],
    needed: NDArray[np.int64],
    rng: np.random.Generator,
    tables: list[NDArray[np.float64]],
    *,
    exact: bool,
) -> list[Interval]:
    """The intervals of the cells of one part; `tables` gets what was looked at."""
    low, high = truth.astype(float), truth.astype(float)
    model = _program(rows, low)
    enough = np.maximum(needed, 1).astype(float)
    if not exact:
        _look_around(model, low, high, enough, rng, tables)
    done = np.zeros(cells.size, dtype=bool)
    for spot in range(cells.size):
        if exact or high[spot] - low[spot] < enough[spot] - NEAR or high[spot] < needed[spot] - NEAR:
            done[spot] = True
            for sign in (-1.0, 1.0):
                tables.append(_extreme(model, spot, sign, low, high))
    return [
        Interval(
            int(cell), round(float(low[spot]), 6), round(float(high[spot]), 6), int(needed[spot]), bool(done[spot])
        )
        for spot, cell in enumerate(cells)
    ]


def _program(rows: sparse.csc_array, truth: NDArray[np.float64]) -> QuietHighs:
    """All tables that agree with what is published: rows·x = rows·truth, which the published cells tell, and x ≥ 0."""
    program = highspy.HighsLp()
    program.num_row_, program.num_col_ = rows.shape
    program.col_cost_ = np.zeros(truth.size)
    program.col_lower_, program.col_upper_ = np.zeros(truth.size), np.full(truth.size, highspy.kHighsInf)
    program.row_lower_ = program.row_upper_ = rows @ truth
    program.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    program.a_matrix_.start_, program.a_matrix_.index_ = rows.indptr.astype(np.int32), rows.indices.astype(np.int32)
    program.a_matrix_.value_ = rows.data
    model = QuietHighs()
    model.passModel(program)
    return model


def _look_around(
    model: QuietHighs,
    low: NDArray[np.float64],
    high: NDArray[np.float64],
    enough: NDArray[np.float64],
    rng: np.random.Generator,
    tables: list[NDArray[np.float64]],
) -> None:
    """Look at tables in which many cells lie far from where they were seen; each widens what is known of them all."""
    columns = np.arange(low.size, dtype=np.int32)
    idle = 0
    for turn in range(TURNS):
        narrow = np.flatnonzero(high - low < enough - NEAR)
        if not narrow.size or idle == 4:
            break
        signs = np.full(narrow.size, (-1.0, 1.0)[turn]) if turn < 2 else rng.choice([-1.0, 1.0], narrow.size)
        costs, top = np.zeros(low.size), np.full(low.size, highspy.kHighsInf)
        costs[narrow] = signs * (1 + rng.random(narrow.size))
        top[narrow] = low[narrow] + (1 + turn % 3) * enough[narrow]
        model.changeColsCost(low.size, columns, costs)
        model.changeColsBounds(low.size, columns, np.zeros(low.size), np.maximum(top, high))
        model.answer((Status.kOptimal,))
        if model.has_point():
            tables.append(_note(np.array(model.getSolution().col_value), low, high))
        left = int((high - low < enough - NEAR).sum())
        idle = idle + 1 if left > 0.98 * narrow.size else 0
    model.changeColsCost(low.size, columns, np.zeros(low.size))
    model.changeColsBounds(low.size, columns, np.zeros(low.size), np.full(low.size, highspy.kHighsInf))


def _note(table: NDArray[np.float64], low: NDArray[np.float64], high: NDArray[np.float64]) -> NDArray[np.float64]:
    np.minimum(low, table, out=low)
    np.maximum(high, table, out=high)
    return table


def _extreme(
    model: QuietHighs, spot: int, sign: float, low: NDArray[np.float64], high: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Take one cell as far up (sign −1) or down as any consistent table lets it go; that table.

    Without an answer the interval stays as narrow as it was seen, and a leak is told rather than overlooked.
    """
    model.changeColCost(spot, sign)
    table = np.full(low.size, np.inf)
    status = model.answer((Status.kOptimal, Status.kUnbounded, Status.kUnboundedOrInfeasible))
    if status in (Status.kUnbounded, Status.kUnboundedOrInfeasible):
        high[spot] = np.inf  # the true table is one, so it isn't that there are none
    elif model.has_point():
        table = _note(np.array(model.getSolution().col_value), low, high)
    model.changeColCost(spot, 0.0)
    return table
