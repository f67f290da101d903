"""How often decisions are right, and how often a second test would decide the same.

- Rudner (2001, 2005): from each person's θ and standard error, whatever test they took: for adaptive tests.
- Lee (2010): from the distribution of the sum score on a form: for fixed forms.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

from kazipot.core.psychometrics.irt import Item, log_probabilities
from kazipot.core.psychometrics.quadrature import Grid

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Quality:
    """Accuracy: the share of right decisions; consistency: the share of two that agree; and the two kinds of error as
    shares of all people."""

    accuracy: float
    consistency: float
    false_pass: float
    false_fail: float


def rudner(theta: Floats, se: Floats, cut: float) -> Quality:
    """From estimates (N,) with standard errors (N,): the true θ of a person is N(estimate, se²) (Rudner 2001, eq. 1).

    Consistency by the same normal for a parallel test (Wyse and Hao 2012).
    """
    above = ndtr((theta - cut) / se)
    passed = theta >= cut
    false_pass, false_fail = np.where(passed, 1 - above, 0.0), np.where(passed, 0.0, above)
    agreed = above**2 + (1 - above) ** 2
    return Quality(
        1 - float((false_pass + false_fail).mean()), float(agreed.mean()),
        float(false_pass.mean()), float(false_fail.mean()),
    )  # fmt: skip


def lee(items: Sequence[Item], grid: Grid, cut: float, score: int) -> Quality:
    """Of a fixed form whose sum score passes from `score` on, for the grid's population (Lee 2010, eq. 9 and 15)."""
    scores = sum_scores(np.exp(log_probabilities(items, grid.nodes)))
    passing = scores[score:].sum(axis=0)
    step = grid.nodes[1] - grid.nodes[0]
    able = np.clip((grid.nodes - cut) / step + 0.5, 0.0, 1.0)
    false_pass = float(grid.weights @ ((1 - able) * passing))
    false_fail = float(grid.weights @ (able * (1 - passing)))
    agreed = float(grid.weights @ (passing**2 + (1 - passing) ** 2))
    return Quality(1 - false_pass - false_fail, agreed, false_pass, false_fail)


def sum_scores(p: Floats) -> Floats:
    """Distribution (scores, Q) of the sum of categories from P (J, K, Q), by the recursion of Lord and Wingersky (1984)
    for more than two categories (Thissen, Pommerich, Billeaud and Williams 1995)."""
    scores = np.ones((1, p.shape[2]))
    for item in p:
        last = int(np.flatnonzero((item > 0).any(axis=1))[-1])
        longer = np.zeros((len(scores) + last, p.shape[2]))
        for category in range(last + 1):
            longer[category : category + len(scores)] += scores * item[category]
        scores = longer
    return scores
