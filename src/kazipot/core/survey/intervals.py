"""Confidence intervals: Wilson's and Korn and Graubard's for shares, Student's for means; one entry per estimate.

`sizes` are effective sample sizes n*: as many people drawn at random, from a population without end, would tell as
much. They needn't be whole, and are infinite where everybody answered; the interval then is the share itself.
All arrays of a call have the same shape, and NaN gives NaN.
"""

from collections.abc import Callable
from dataclasses import dataclass
from statistics import NormalDist
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from kazipot.core.survey.weighting import Floats

type ShareInterval = Literal["korn-graubard", "wilson"]
type Rule = Callable[[Floats, Floats, float], "Interval"]

CONFIDENCE = 0.95

ENDLESS = 1e10
"""From this effective size on an interval has no width that anybody could see."""


@dataclass(frozen=True, slots=True, eq=False)
class Interval:
    """Lower and upper bounds, of one shape."""

    lower: Floats
    upper: Floats


def student(freedom: ArrayLike, confidence: float = CONFIDENCE) -> Floats:
    """The t by which a standard error is multiplied, for degrees of freedom of at least 1."""
    found: Floats = special.stdtrit(np.asarray(freedom, dtype=float), _upper_tail(confidence))
    return found


def mean_interval(means: Floats, errors: Floats, freedom: Floats, confidence: float = CONFIDENCE) -> Interval:
    """mean ± t·SE (Cochran 1977, sections 2.8 and 5.4)."""
    reach = student(freedom, confidence) * errors
    return Interval(means - reach, means + reach)


def srs_size(answered: float, population: float) -> float:
    """The effective size n(N − 1)/(N − n) of n answers of a population of N people; infinite when all answered.

    With it p(1 − p)/n* is the variance of a share without replacement (Cochran 1977, section 3.2).
    """
    if not 0 < answered <= population:
        raise ValueError("between 1 and all people answered")
    return np.inf if answered == population else answered * (population - 1) / (population - answered)


def wilson(shares: Floats, sizes: Floats, confidence: float = CONFIDENCE) -> Interval:
    """Wilson's score interval (1927): all P for which |p − P| ≤ z·√(P(1 − P)/n*)."""
    z = NormalDist().inv_cdf(_upper_tail(confidence))
    a = z**2 / sizes
    middle = (shares + a / 2) / (1 + a)
    reach = np.sqrt(a * shares * (1 - shares) + a**2 / 4) / (1 + a)
    lower, upper = np.clip(middle - reach, 0, shares), np.clip(middle + reach, shares, 1)
    return Interval(np.where(shares == 0, 0.0, lower), np.where(shares == 1, 1.0, upper))


def clopper_pearson(shares: Floats, sizes: Floats, confidence: float = CONFIDENCE) -> Interval:
    """Clopper and Pearson's exact binomial interval (1934) of x = n*·p, by quantiles of the beta distribution.

    Korn and Graubard (1998, *Survey Methodology* 24, 193-201) use it for complex samples with n* from the design's
    variance and degrees of freedom.
    """
    tail = 1 - _upper_tail(confidence)
    endless = sizes > ENDLESS
    finite = np.where(endless, 1.0, sizes)
    yes, no = finite * shares, finite * (1 - shares)
    lower = np.where(yes > 0, special.betaincinv(np.maximum(yes, 1e-12), no + 1, tail), 0.0)
    upper = np.where(no > 0, special.betaincinv(yes + 1, np.maximum(no, 1e-12), 1 - tail), 1.0)
    unknown = np.isnan(shares) | np.isnan(sizes)
    lower, upper = np.where(endless, shares, lower), np.where(endless, shares, upper)
    return Interval(np.where(unknown, np.nan, lower), np.where(unknown, np.nan, upper))


def _upper_tail(confidence: float) -> float:
    if not 0 < confidence < 1:
        raise ValueError("confidence is between 0 and 1")
    return (1 + confidence) / 2


SHARE_INTERVALS: dict[ShareInterval, Rule] = {"korn-graubard": clopper_pearson, "wilson": wilson}
"""The rule by its name; both take shares, effective sizes and the confidence."""
