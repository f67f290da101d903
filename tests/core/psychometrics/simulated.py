"""Invented people and items, drawn from a seed."""

import numpy as np
from numpy.typing import NDArray

from kazipot.core.psychometrics.irt import Item
from kazipot.core.psychometrics.pool import Pool, pool_of

Floats = NDArray[np.float64]


def two_parameter_items(number: int, seed: int, *, areas: int = 0) -> list[Item]:
    """Items with discriminations around 1 and difficulties from N(0, 1)."""
    rng = np.random.default_rng(seed)
    a, b = rng.lognormal(0.05, 0.3, number), rng.normal(size=number)
    return [
        Item(f"i{j}", "2pl", float(a[j]), (float(b[j]),), area=f"A{j % areas}" if areas else "") for j in range(number)
    ]


def answers(items: list[Item] | Pool, ability: Floats, rng: np.random.Generator) -> NDArray[np.int64]:
    """Answers (N, J) of people to all items."""
    pool = items if isinstance(items, Pool) else pool_of(items)
    table = np.empty((ability.size, pool.size), np.int64)
    for j in range(pool.size):
        table[:, j] = pool.draw(np.full(ability.size, j), ability, rng.random(ability.size))
    return table


def thinned(table: NDArray[np.int64], share: float, rng: np.random.Generator) -> NDArray[np.int64]:
    """The same answers, of which a share was never asked for; everybody keeps at least one."""
    gone = rng.random(table.shape) < share
    gone[np.arange(len(table)), rng.integers(table.shape[1], size=len(table))] = False
    return np.where(gone, -1, table)
