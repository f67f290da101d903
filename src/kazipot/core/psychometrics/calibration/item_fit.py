"""S-X²: whether an item's share of right answers rises with the rest of the test as the model says.

Orlando and Thissen (2000, eq. 1 to 4): people are grouped by their sum score; expected shares come from the recursion
of Lord and Wingersky (1984) over the other items. Neighbouring scores are joined until at least one right and one wrong
answer is expected in a cell. For dichotomous items and people who answered all of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import chi2

from kazipot.core.psychometrics.errors import Fault, Unusable
from kazipot.core.psychometrics.irt import Item, log_probabilities
from kazipot.core.psychometrics.quadrature import Grid, normal_grid
from kazipot.core.psychometrics.responses import Responses

Floats = NDArray[np.float64]
LEAST_EXPECTED = 1.0


@dataclass(frozen=True, slots=True)
class ItemFit:
    """S-X², its degrees of freedom, p, and the root mean square error of approximation of an item."""

    item: str
    statistic: float
    df: int
    p: float
    rmsea: float


def sum_score_distribution(p: Floats) -> Floats:
    """Distribution of the number right (J + 1, Q) from probabilities (J, Q) (Lord and Wingersky 1984, eq. 3)."""
    scores = np.zeros((len(p) + 1, p.shape[1]))
    scores[0] = 1.0
    for number, right in enumerate(p, start=1):
        scores[1 : number + 1] = scores[1 : number + 1] * (1 - right) + scores[:number] * right
        scores[0] *= 1 - right
    return scores


def item_fit(
    responses: Responses, items: Sequence[Item], *, estimated: int | None = None, grid: Grid | None = None
) -> list[ItemFit]:
    """S-X² of each item. `estimated`: parameters estimated for an item (default: what its model has).

    Raises Unusable for items with more than two categories and where fewer than 100 people answered everything.
    """
    if graded := [item for item in items if item.categories > 2]:
        raise Unusable([Fault("not_dichotomous", item.name, str(item.categories)) for item in graded])
    table, weight = responses.matrix(), responses.weight
    complete = (table >= 0).all(axis=1)
    if weight[complete].sum() < 100:
        raise Unusable([Fault("few_complete", found=f"{weight[complete].sum():.0f}", needed="100")])
    on = grid or normal_grid()
    right = np.exp(log_probabilities(items, on.nodes)[:, 1])
    table, weight = table[complete], weight[complete]
    scores = table.sum(axis=1)
    whole = sum_score_distribution(right) @ on.weights
    people = np.bincount(scores, weights=weight, minlength=len(items) + 1)
    found = []
    for j, item in enumerate(items):
        rest = sum_score_distribution(np.delete(right, j, axis=0))
        expected = np.zeros(len(items) + 1)
        expected[1:] = (rest * right[j]) @ on.weights / whole[1:]
        observed = np.bincount(scores, weights=weight * table[:, j], minlength=len(items) + 1)
        cells = _joined(people[1:-1], observed[1:-1], (expected * people)[1:-1])
        used = {"rasch": 1, "2pl": 2, "3pl": 3}.get(item.model, 2) if estimated is None else estimated
        found.append(_fit(item.name, cells, used, float(people.sum())))
    return found


def _joined(people: Floats, observed: Floats, expected: Floats) -> list[tuple[float, float, float]]:
    """Cells of people, observed and expected right answers, joined from both ends towards the middle."""
    cells = [(float(n), float(o), float(e)) for n, o, e in zip(people, observed, expected, strict=True) if n > 0]

    def thin(cell: tuple[float, float, float]) -> bool:
        return min(cell[2], cell[0] - cell[2]) < LEAST_EXPECTED

    while len(cells) > 1 and any(thin(cell) for cell in cells):
        place = next(number for number, cell in enumerate(cells) if thin(cell))
        into = place + 1 if place < len(cells) / 2 and place + 1 < len(cells) else place - 1
        low, high = sorted((place, into))
        joined = tuple(one + other for one, other in zip(cells[low], cells[high], strict=True))
        cells[low : high + 1] = [joined]  # type: ignore[list-item]
    return cells


def _fit(name: str, cells: list[tuple[float, float, float]], used: int, people: float) -> ItemFit:
    statistic = sum((o - e) ** 2 / e + (o - e) ** 2 / (n - e) for n, o, e in cells)
    df = len(cells) - used
    if df < 1:
        return ItemFit(name, statistic, df, float("nan"), float("nan"))
    rmsea = float(np.sqrt(max(statistic - df, 0.0) / (df * (people - 1))))
    return ItemFit(name, statistic, df, float(chi2.sf(statistic, df)), rmsea)
