"""M₂ and RMSEA: whether the model as a whole fits, from first- and second-order margins only.

Maydeu-Olivares and Joe (2005, sec. 4; 2006, eq. 13): M₂ = N e' C e, e the residuals of univariate and bivariate shares,
C = Ξ⁻¹ − Ξ⁻¹ Δ (Δ' Ξ⁻¹ Δ)⁻¹ Δ' Ξ⁻¹, Ξ the covariance of the margins and Δ their derivatives by the parameters. For
dichotomous items and people who answered all of them; work and memory grow with the fourth power of the items.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray
from scipy.stats import chi2

from kazipot.core.psychometrics.errors import Fault, Unusable
from kazipot.core.psychometrics.irt import Item, curves
from kazipot.core.psychometrics.quadrature import Grid, normal_grid
from kazipot.core.psychometrics.responses import Responses

Floats = NDArray[np.float64]
MOST_ITEMS = 60


@dataclass(frozen=True, slots=True)
class ModelFit:
    """M₂ with its degrees of freedom and p, RMSEA, and the standardised root mean square residual of correlations."""

    statistic: float
    df: int
    p: float
    rmsea: float
    srmsr: float


def model_fit(responses: Responses, items: Sequence[Item], *, grid: Grid | None = None) -> ModelFit:
    """M₂ of calibrated items. One slope for all items when their model is rasch.

    Raises Unusable for items with more than two categories, more than 60 items, or too few margins to test anything.
    """
    if graded := [item for item in items if item.categories > 2]:
        raise Unusable([Fault("not_dichotomous", item.name, str(item.categories)) for item in graded])
    if len(items) > MOST_ITEMS:
        raise Unusable([Fault("many_items", found=str(len(items)), needed=str(MOST_ITEMS))])
    table, weight = responses.matrix(), responses.weight
    complete = (table >= 0).all(axis=1)
    if weight[complete].sum() < 100:
        raise Unusable([Fault("few_complete", found=f"{weight[complete].sum():.0f}", needed="100")])
    on = grid or normal_grid()
    right, slopes = _curves(items, on.nodes)
    margins: list[tuple[int, ...]] = [(j,) for j in range(len(items))]
    margins += list(combinations(range(len(items)), 2))
    products = np.array([right[list(margin)].prod(axis=0) for margin in margins])
    expected = products @ on.weights
    derivatives = _derivatives(items, margins, right, slopes, on.weights)
    covariance = _covariance(margins, right, expected, on.weights)
    answers, share = table[complete].astype(float), weight[complete] / weight[complete].sum()
    observed = np.array([share @ answers[:, list(margin)].prod(axis=1) for margin in margins])
    df = len(margins) - derivatives.shape[1]
    if df < 1:
        raise Unusable([Fault("few_margins", found=str(len(margins)))])
    residual, people = observed - expected, float(weight[complete].sum())
    null = np.linalg.qr(derivatives, mode="complete")[0][:, derivatives.shape[1] :]
    projected = null.T @ residual
    statistic = people * float(projected @ np.linalg.solve(null.T @ covariance @ null, projected))
    rmsea = float(np.sqrt(max(statistic - df, 0.0) / (df * (people - 1))))
    srmsr = _srmsr(len(items), observed, expected)
    return ModelFit(statistic, df, float(chi2.sf(statistic, df)), rmsea, srmsr)


def _curves(items: Sequence[Item], nodes: Floats) -> tuple[Floats, list[Floats]]:
    """P(right) (J, Q), and its derivatives by each item's own parameters, (p, Q) of each."""
    right, slopes = [], []
    for item in items:
        found = curves(item.model, item.parameters[None, :], nodes)
        right.append(found.p[0, 1])
        slopes.append(found.by_parameter[0, 1] * found.p[0, 1])
    return np.array(right), slopes


def _derivatives(
    items: Sequence[Item], margins: list[tuple[int, ...]], right: Floats, slopes: list[Floats], weights: Floats
) -> Floats:
    """∂ margin / ∂ parameter (margins, P); the slope of rasch items is one parameter."""
    tied = all(item.model == "rasch" for item in items)
    sizes = [1 if tied else len(own) for own in slopes]
    first = np.concatenate([[0], np.cumsum(sizes)]) + (1 if tied else 0)
    table = np.zeros((len(margins), int(first[-1])))
    for row, margin in enumerate(margins):
        for j in margin:
            others = right[[other for other in margin if other != j]].prod(axis=0)
            by = (slopes[j] * others) @ weights
            if tied:
                table[row, 0] += by[0]
                table[row, first[j]] = by[1]
            else:
                table[row, first[j] : first[j] + sizes[j]] = by
    return table


def _covariance(margins: list[tuple[int, ...]], right: Floats, expected: Floats, weights: Floats) -> Floats:
    """Ξ: the covariance (margins, margins) of sample margins, times N."""
    members = np.zeros((len(margins), len(right)), bool)
    for row, margin in enumerate(margins):
        members[row, list(margin)] = True
    logs = np.log(np.maximum(right, 1e-300))
    table = np.empty((len(margins), len(margins)))
    for row in range(len(margins)):
        union = members | members[row]
        table[row] = np.exp(union.astype(float) @ logs) @ weights
    return table - np.outer(expected, expected)


def _srmsr(items: int, observed: Floats, expected: Floats) -> float:
    total = 0.0
    for row, (i, j) in enumerate(combinations(range(items), 2), start=items):
        total += (_phi(observed[i], observed[j], observed[row]) - _phi(expected[i], expected[j], expected[row])) ** 2
    return float(np.sqrt(total / (items * (items - 1) / 2)))


def _phi(one: float, other: float, both: float) -> float:
    return float((both - one * other) / np.sqrt(one * (1 - one) * other * (1 - other)))
