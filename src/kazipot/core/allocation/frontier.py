"""How many people a budget reaches: the coverage–budget frontier, what more money is worth, what a target costs."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from kazipot.core.allocation.arrays import Arrays
from kazipot.core.allocation.highs import Infeasible, Unfinished
from kazipot.core.allocation.model import model_of
from kazipot.core.allocation.purchase import least_cost, purchase

EXACT_EDGES = 700
NODES = 5_000


@dataclass(frozen=True, slots=True)
class Point:
    """For a budget in euros: how many people are reached by a purchase found, and what no purchase can exceed.

    Above 700 possible offers days and overlaps are left out of the purchase: the bound holds for every plan, the
    number reached is that of the purchase.
    """

    budget: float
    reached: int
    bound: int


def frontier(a: Arrays, budgets: Sequence[float]) -> list[Point]:
    """A point for each budget."""
    return [_point(replace(a, budget=float(budget))) for budget in budgets]


def _point(a: Arrays) -> Point:
    if not len(a.edge_person):
        return Point(a.budget, 0, 0)
    if len(a.edge_person) > EXACT_EDGES:
        found = purchase(a)
        return Point(a.budget, int(found.seats.sum()), found.bound)
    model = model_of(a, nodes=NODES)
    try:
        best = model.programme.maximise(model.z, 1.0)
    except Unfinished:
        return Point(a.budget, 0, int(a.needing.sum()))
    return Point(a.budget, round(best.objective), math.floor(best.bound + 1e-6))


def cost_of_reaching(a: Arrays, people: int) -> float | None:
    """Euros that reaching so many people costs at least; None when no money is enough."""
    try:
        if len(a.edge_person) > EXACT_EDGES:
            return least_cost(a, people)
        model = model_of(replace(a, budget=math.inf), nodes=NODES)
        model.programme.row(model.z, 1.0, float(people), np.inf)
        columns = np.concatenate([model.y, model.x])
        costs = np.concatenate([a.fixed, a.head[a.edge_session]])
        return -model.programme.maximise(columns, -costs).bound
    except Infeasible:
        return None
