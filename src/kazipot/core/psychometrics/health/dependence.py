"""Local dependence: pairs of items that hang together beyond ability, such as two questions about one text."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from kazipot.core.psychometrics.estimation import expected_a_posteriori
from kazipot.core.psychometrics.irt import Item, expected_scores
from kazipot.core.psychometrics.responses import Responses

Floats = NDArray[np.float64]
BEYOND = 0.2
LEAST_TOGETHER = 30


@dataclass(frozen=True, slots=True)
class Pair:
    """Two items, the correlation of their residuals, and how many people answered both."""

    first: str
    second: str
    q3: float
    people: int


def q3(responses: Responses, items: Sequence[Item]) -> Floats:
    """Q₃ (J, J): correlations of residuals, answers minus what the EAP leads to expect (Yen 1984, eq. 2); nan where
    fewer than 30 people answered both."""
    table = responses.matrix()
    theta = expected_a_posteriori(responses, items).theta
    expected = expected_scores(items, theta).T
    given = (table >= 0).astype(float)
    weight = responses.weight[:, None]
    residual = np.where(table >= 0, table - expected, 0.0)
    n = given.T @ (given * weight)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = (residual * weight).T @ given / n
        cross = residual.T @ (residual * weight) / n - mean * mean.T
        square = (residual**2 * weight).T @ given / n - mean**2
        found = cross / np.sqrt(square * square.T)
    found[n < LEAST_TOGETHER] = np.nan
    np.fill_diagonal(found, 1.0)
    return np.asarray(found, dtype=np.float64)


def dependent_pairs(responses: Responses, items: Sequence[Item], *, beyond: float = BEYOND) -> list[Pair]:
    """Pairs whose Q₃ is more than `beyond` above the mean of all pairs (Christensen, Makransky and Horton 2017),
    strongest first."""
    table = q3(responses, items)
    given = (responses.matrix() >= 0).astype(float)
    people = given.T @ (given * responses.weight[:, None])
    upper = table[np.triu_indices(len(items), 1)]
    usual = float(np.nanmean(upper))
    pairs = [
        Pair(items[i].name, items[j].name, float(table[i, j]), int(people[i, j]))
        for i, j in combinations(range(len(items)), 2)
        if table[i, j] - usual > beyond
    ]
    return sorted(pairs, key=lambda pair: -pair.q3)
