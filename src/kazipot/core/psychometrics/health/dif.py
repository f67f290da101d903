"""Differential item functioning: whether an item is harder for one group than for another of the same ability."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit
from scipy.stats import chi2

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
NEGLIGIBLE, LARGE = 1.0, 1.5
"""Bounds of the size of DIF on the ETS delta scale (Zieky 1993)."""


@dataclass(frozen=True, slots=True)
class MantelHaenszel:
    """χ² with continuity correction and its p; the common odds ratio (above 1: harder for the focal group); delta,
    −2.35 log of it; its standard error; and the class A (negligible), B or C (large)."""

    chi_squared: float
    p: float
    odds_ratio: float
    delta: float
    se_delta: float
    size: str


def mantel_haenszel(right: Bools, focal: Bools, stratum: Ints) -> MantelHaenszel:
    """Mantel and Haenszel (1959) as in Holland and Thayer (1988, eq. 2 to 5).

    `right` (N,): the item is answered right; `focal` (N,): the person is of the focal group; `stratum` (N,): the sum
    score, the item itself included. Raises ValueError when no stratum has people of both groups.
    """
    strata = np.unique(stratum, return_inverse=True)[1]
    size = int(strata.max()) + 1

    def count(chosen: Bools) -> Floats:
        return np.bincount(strata, weights=chosen.astype(float), minlength=size)

    a, b = count(right & ~focal), count(~right & ~focal)
    c, d = count(right & focal), count(~right & focal)
    n = a + b + c + d
    both = (a + b > 0) & (c + d > 0) & (n > 1)
    if not both.any() or (b * c)[both].sum() == 0 or (a * d)[both].sum() == 0:
        raise ValueError("no stratum compares people of both groups")
    a, b, c, d, n = a[both], b[both], c[both], d[both], n[both]
    expected = (a + b) * (a + c) / n
    variance = ((a + b) * (c + d) * (a + c) * (b + d) / (n * n * (n - 1))).sum()
    statistic = max(abs(float((a - expected).sum())) - 0.5, 0.0) ** 2 / float(variance)
    r, s = a * d / n, b * c / n
    ratio = float(r.sum() / s.sum())
    # Robins, Breslow and Greenland 1986, eq. 3: the variance of log of the common odds ratio.
    u, v = (a + d) / n, (b + c) / n
    spread = (u * r).sum() / (2 * r.sum() ** 2) + (u * s + v * r).sum() / (2 * r.sum() * s.sum())
    spread += (v * s).sum() / (2 * s.sum() ** 2)
    delta, se = -2.35 * float(np.log(ratio)), 2.35 * float(np.sqrt(spread))
    return MantelHaenszel(statistic, float(chi2.sf(statistic, 1)), ratio, delta, se, _size(delta, se, statistic))


def _size(delta: float, se: float, statistic: float) -> str:
    if chi2.sf(statistic, 1) > 0.05 or abs(delta) < NEGLIGIBLE:
        return "A"
    return "C" if abs(delta) >= LARGE and (abs(delta) - NEGLIGIBLE) / se > 1.645 else "B"


@dataclass(frozen=True, slots=True)
class LogisticDif:
    """Likelihood ratio tests of uniform DIF (the group), of non-uniform DIF (group × ability) and of both together,
    with p, and the group's effect on the logit."""

    uniform: float
    p_uniform: float
    non_uniform: float
    p_non_uniform: float
    both: float
    p_both: float
    effect: float


def logistic(right: Bools, focal: Bools, ability: Floats) -> LogisticDif:
    """Logistic regression of right answers on ability (N,), group and their product (Swaminathan and Rogers 1990)."""
    g, x = focal.astype(float), (ability - ability.mean()) / ability.std()
    ones = np.ones_like(x)
    plain, _beta = _fit(np.column_stack([ones, x]), right)
    with_group, beta = _fit(np.column_stack([ones, x, g]), right)
    full, _beta = _fit(np.column_stack([ones, x, g, g * x]), right)
    uniform, non_uniform, both = 2 * (with_group - plain), 2 * (full - with_group), 2 * (full - plain)
    return LogisticDif(
        uniform, float(chi2.sf(uniform, 1)), non_uniform, float(chi2.sf(non_uniform, 1)),
        both, float(chi2.sf(both, 2)), float(beta[2]),
    )  # fmt: skip


def _fit(design: Floats, right: Bools) -> tuple[float, Floats]:
    """Log-likelihood and coefficients of a logistic regression by Newton's method."""
    y, beta = right.astype(float), np.zeros(design.shape[1])
    for _round in range(50):
        p = expit(design @ beta)
        bend = (design * (p * (1 - p))[:, None]).T @ design + 1e-10 * np.eye(len(beta))
        step = np.linalg.solve(bend, design.T @ (y - p))
        beta = beta + step
        if np.abs(step).max() < 1e-10:
            break
    z = design @ beta
    return float((y * z - np.logaddexp(0.0, z)).sum()), beta
