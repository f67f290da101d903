"""Which item comes next: the most informative one, among those that blueprint, enemies and exposure leave.

At the pass mark for a decision (Spray and Reckase 1994), at the person's ability for feedback (Lord 1980, ch. 10). The
area that is farthest behind its share comes first (Kingsbury and Zara 1989), so that a sitting that stops at any
length keeps each area within its share, rounded down or up.
"""

import numpy as np
from numpy.typing import NDArray

from kazipot.core.psychometrics.pool import Pool

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
BARRED = 1e6
"""Taken from the worth of an item that is not eligible: it comes only when nothing else is left."""


def choose(pool: Pool, worth: Floats, taken: Bools, counts: Ints, length: int, eligible: Bools | None = None) -> Ints:
    """The next item (n,) of n sittings of the same length.

    `worth` (J,) or (n, J): information; `taken` (n, J): shown before, or an enemy of such; `counts` (n, A): items of
    each area so far; `eligible` (n, J): not held back to limit exposure.
    """
    value = np.where(taken, -np.inf, worth)
    if eligible is not None:
        value = np.where(eligible, value, value - BARRED)
    if len(pool.areas) > 1:
        due = pool.shares * (length + 1) - counts
        other = pool.area[None, :] != due.argmax(axis=1)[:, None]
        within = np.where(other, -np.inf, value)
        best: Ints = within.argmax(axis=1)
        empty = ~np.isfinite(within[np.arange(len(best)), best])
        if empty.any():
            best[empty] = value[empty].argmax(axis=1)
        return best
    found: Ints = value.argmax(axis=1)
    return found


def mark_taken(pool: Pool, taken: Bools, rows: Ints, item: Ints) -> None:
    """Marks items (n,) and their enemies as taken in the given rows of `taken`."""
    if pool.foes is None:
        taken[rows, item] = True
    else:
        taken[rows] |= pool.foes[item]


def worth_at(pool: Pool, mean: Floats) -> Floats:
    """Information (n, J) at the node nearest to each ability (n,)."""
    step = pool.grid.nodes[1] - pool.grid.nodes[0]
    place = np.clip(np.rint((mean - pool.grid.nodes[0]) / step), 0, pool.grid.nodes.size - 1).astype(np.int64)
    near: Floats = pool.information.T[place]
    return near
