"""Person fit: whether somebody's answers go together, or look like guessing, copying or a slip of the form."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from kazipot.core.psychometrics.irt import Item, log_probabilities
from kazipot.core.psychometrics.responses import Responses

Floats = NDArray[np.float64]
STEP = 1e-4


def lz_star(responses: Responses, items: Sequence[Item], theta: Floats, *, prior_sd: float | None = None) -> Floats:
    """l_z* (N,): the standardised log-likelihood of each row of answers, corrected for θ being estimated.

    Snijders (2001, eq. 3 to 7) for dichotomous items: weights w − c r with r = P' / P(1 − P), so that the mean is 0 and
    the variance 1 at an estimate θ that solves Σ (x − P) r + r₀ = 0: r₀ = 0 for maximum likelihood, and −θ / sd² for
    MAP under N(0, sd²). Below −1.645 is the worst twentieth of people who answer as the model says.
    """
    logs = log_probabilities(items, theta)
    p = np.exp(logs[:, 1]).T
    right = np.exp(log_probabilities(items, theta + STEP)[:, 1]).T
    slope = (right - p) / STEP
    table = responses.matrix()
    given = table >= 0
    w = np.where(given, np.log(p / (1 - p)), 0.0)
    r = np.where(given, slope / (p * (1 - p)), 0.0)
    c = (slope * w * given).sum(axis=1) / np.maximum((slope * r * given).sum(axis=1), 1e-12)
    reduced = w - c[:, None] * r
    centre = np.zeros(responses.rows) if prior_sd is None else c * (theta / prior_sd**2)
    spread = np.sqrt(np.maximum((reduced**2 * p * (1 - p) * given).sum(axis=1), 1e-12))
    whole = (np.where(given, table - p, 0.0) * w).sum(axis=1)
    found: Floats = (whole - centre) / spread
    return found
