"""Judges of a protected table that share no code with it: linear programs by SciPy, and counting all tables."""

import itertools
import math

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, linprog, milp

from kazipot.core.survey.suppression import CountTable


def leaves_below(table: CountTable) -> NDArray[np.int64]:
    """Shape (cells, leaf cells): 1 where the leaf cell is counted in the cell. By walking up from each leaf."""
    shape = table.counts.shape
    leaves = list(itertools.product(*(dimension.leaves() for dimension in table.dimensions)))
    found = np.zeros((table.counts.size, len(leaves)), dtype=np.int64)
    for column, leaf in enumerate(leaves):
        lines = []
        for dimension, place in zip(table.dimensions, leaf, strict=True):
            line = [place]
            while dimension.parents[line[-1]] >= 0:
                line.append(dimension.parents[line[-1]])
            lines.append(line)
        for cell in itertools.product(*lines):
            found[np.ravel_multi_index(cell, shape), column] = 1
    return found


def intervals(table: CountTable, published: NDArray[np.bool_]) -> dict[int, tuple[float, float]]:
    """The interval of each hidden cell: all leaf cells are unknown, every published cell is one equation."""
    below = leaves_below(table)
    shown = published.ravel()
    known = {"A_eq": below[shown], "b_eq": table.counts.ravel()[shown]} if shown.any() else {}
    found = {}
    for cell in np.flatnonzero(~shown):
        ends = []
        for sign in (1, -1):
            solved = linprog(sign * below[cell], bounds=(0, None), method="highs", **known)
            ends.append(math.inf if solved.status == 3 else sign * solved.fun)
        found[int(cell)] = (ends[0], ends[1])
    return found


def leaks(table: CountTable, published: NDArray[np.bool_], k: int, *, zeros: bool = False) -> list[int]:
    """The cells that can be derived more narrowly than the rule allows, published small ones among them."""
    counts, shown = table.counts.ravel(), published.ravel()
    small = (counts < k) & ((counts > 0) | zeros)
    found = np.flatnonzero(small & shown).tolist()
    for cell, (low, high) in intervals(table, published).items():
        needed = k if small[cell] else 0
        if high - low < max(needed - 1e-6, 1e-6) or high < needed - 1e-6:
            found.append(cell)
    return found


def counted_intervals(
    table: CountTable, published: NDArray[np.bool_], highs: dict[int, tuple[float, float]]
) -> dict[int, tuple[int, int]]:
    """The interval of each hidden cell over all tables of whole numbers, by trying every one."""
    below, counts, shown = leaves_below(table), table.counts.ravel(), published.ravel()
    own = [int(np.flatnonzero((below[:, c] == 1) & (below.sum(axis=1) == 1))[0]) for c in range(below.shape[1])]
    ranges = [range(counts[cell], counts[cell] + 1) if shown[cell] else range(int(highs[cell][1]) + 1) for cell in own]
    tried = np.array(list(itertools.product(*ranges)), dtype=np.int64)
    values = tried @ below.T
    fitting = values[(values[:, shown] == counts[shown]).all(axis=1)]
    return {int(c): (int(fitting[:, c].min()), int(fitting[:, c].max())) for c in np.flatnonzero(~shown)}


def whole_width(table: CountTable, published: NDArray[np.bool_], cell: int) -> float:
    """The width of a hidden cell's interval over all tables of whole numbers (which must not be unbounded)."""
    below, shown = leaves_below(table), published.ravel()
    known = table.counts.ravel()[shown]
    options = {
        "constraints": [LinearConstraint(below[shown], known, known)] if shown.any() else [],
        "integrality": np.ones(below.shape[1]),
        "bounds": Bounds(0, np.inf),
    }
    return -float(milp(-below[cell], **options).fun) - float(milp(below[cell], **options).fun)
