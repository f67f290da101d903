"""Raking: weights that meet known totals of several margins at once, and stay as close as they can to what they were.

Deming and Stephan (1940) fit one margin after the other until all agree. In the words of Deville and Särndal (1992;
Deville, Särndal and Sautory 1993): w_i = d_i · F(Σ_m λ_{m, c(i, m)}) with F = exp, or, with bounds, exp cut to
[lower, upper] (truncated raking, as R's survey::calibrate does it). A margin's λs are found
exactly while the others stand still; so each sweep is an ascent of the dual, with or without bounds.
"""

from collections.abc import Sequence

import numpy as np

from kazipot.core.survey.weighting import (
    Codes,
    ContradictingTotalsError,
    Floats,
    Margin,
    Merger,
    Weighting,
    WeightingError,
    collapse,
)

type Bounds = tuple[float, float]

PATIENCE, LITTLE = 25, 0.01
"""Raking gives up when so many sweeps have lessened the discrepancy by less than this part."""


def rake(
    weights: Floats,
    margins: Sequence[Margin],
    *,
    bounds: Bounds | None = None,
    minimum: int = 1,
    tolerance: float = 1e-9,
    sweeps: int = 1000,
) -> Weighting:
    """The weights (shape (n,), positive) raked to the margins' totals.

    Categories with fewer than `minimum` answers are merged first, and the mergers told. With `bounds` (lower, upper),
    0 < lower < 1 < upper, each weight stays between lower and upper times its share: d_i times the totals' sum over Σd.
    Where no weights meet all totals (answers missing in combinations, or bounds too tight), `converged` is False (after
    `sweeps` sweeps, or when nothing moves any more) and `discrepancy` says how far off the worst total is. The margins'
    totals must have the same sum. Raises WeightingError, ContradictingTotalsError or NobodyAnsweredError.
    """
    _check(weights, margins, bounds)
    merged: list[Margin] = []
    mergers: list[Merger] = []
    for margin in margins:
        kept, told = collapse(margin, minimum)
        merged.append(kept)
        mergers += told
    cells, cell_of = np.unique(np.column_stack([margin.codes for margin in merged]), axis=0, return_inverse=True)
    total = sum(merged[0].totals)
    base = np.bincount(cell_of.ravel(), weights) * (total / weights.sum())
    factors, done, discrepancy = _fit(base, cells, [np.asarray(m.totals) for m in merged], bounds, tolerance, sweeps)
    ratios = _cut(factors, bounds)
    raked: Floats = weights * (total / weights.sum()) * ratios[cell_of.ravel()]
    held = 0 if bounds is None else int(((factors <= bounds[0]) | (factors >= bounds[1]))[cell_of.ravel()].sum())
    return Weighting(raked, tuple(merged), tuple(mergers), discrepancy <= tolerance, done, discrepancy, held)


def _check(weights: Floats, margins: Sequence[Margin], bounds: Bounds | None) -> None:
    if not margins:
        raise WeightingError("raking needs at least one margin")
    if any(len(margin.codes) != len(weights) for margin in margins):
        raise WeightingError("every margin needs a code for every weight")
    if not (weights > 0).all():
        raise WeightingError("weights to be raked are positive")
    sums = [sum(margin.totals) for margin in margins]
    if not np.allclose(sums, sums[0], rtol=1e-9, atol=0):
        raise ContradictingTotalsError("the margins' totals have different sums")
    if bounds is not None and not 0 < bounds[0] < 1 < bounds[1] < np.inf:
        raise WeightingError("bounds lie on both sides of 1, and the lower is above 0")


def _fit(
    base: Floats, cells: Codes, totals: list[Floats], bounds: Bounds | None, tolerance: float, sweeps: int
) -> tuple[Floats, int, float]:
    """The factor of every cell before it is cut, how many sweeps were made, and the worst discrepancy.

    `base` has the summed weight of each cell (shape (c,)), `cells` its category in each margin (shape (c, m)).
    """
    factors = np.ones_like(base)
    discrepancy = earlier = np.inf
    for sweep in range(1, sweeps + 1):
        for margin, wanted in enumerate(totals):
            codes = cells[:, margin]
            step = (
                _step(base, factors, codes, wanted)
                if bounds is None
                else _bounded(base, factors, codes, wanted, bounds)
            )
            factors = np.clip(factors * step[codes], 1e-100, 1e100)
        discrepancy = _discrepancy(base * _cut(factors, bounds), cells, totals)
        if discrepancy <= tolerance:
            return factors, sweep, discrepancy
        if sweep % PATIENCE == 0:
            if discrepancy > earlier * (1 - LITTLE):
                return factors, sweep, discrepancy
            earlier = discrepancy
    return factors, sweeps, discrepancy


def _cut(factors: Floats, bounds: Bounds | None) -> Floats:
    return factors if bounds is None else np.clip(factors, *bounds)


def _discrepancy(fitted: Floats, cells: Codes, totals: list[Floats]) -> float:
    """The largest |Σw − T| / T over all totals that aren't 0."""
    worst = 0.0
    for margin, wanted in enumerate(totals):
        sums = np.bincount(cells[:, margin], fitted, minlength=len(wanted))
        known = wanted > 0
        worst = max(worst, float(np.abs(sums[known] / wanted[known] - 1).max()))
    return worst


def _step(base: Floats, factors: Floats, codes: Codes, wanted: Floats) -> Floats:
    """For each category the number by which its weights have to be multiplied; 1 where there are none."""
    sums = np.bincount(codes, base * factors, minlength=len(wanted))
    return np.divide(wanted, sums, out=np.ones_like(sums), where=sums > 0)


def _bounded(base: Floats, factors: Floats, codes: Codes, wanted: Floats, bounds: Bounds) -> Floats:
    """As `_step` when the factors are cut afterwards: by bisection of log λ in every category at once.

    The sum grows with λ from all weights at the lower to all at the upper bound; beyond them the nearer end is taken.
    """
    logs = np.log(factors)
    lowest, highest = np.full(len(wanted), np.inf), np.full(len(wanted), -np.inf)
    np.minimum.at(lowest, codes, logs)
    np.maximum.at(highest, codes, logs)
    used = np.isfinite(lowest)
    low = np.where(used, np.log(bounds[0]) - highest, 0.0)
    high = np.where(used, np.log(bounds[1]) - lowest, 0.0)
    for _ in range(60):
        middle = (low + high) / 2
        sums = np.bincount(codes, base * np.clip(np.exp(logs + middle[codes]), *bounds), minlength=len(wanted))
        short = sums < wanted
        low, high = np.where(short, middle, low), np.where(short, high, middle)
    found: Floats = np.exp((low + high) / 2)
    return found
