"""Variances of weighted totals and ratios of all groups at once, by Taylor linearisation.

A person i of stratum h has the weight w_i and, for an estimate, the score z_i: y_i for a total, (y_i − R)/N̂ for the
ratio R of a group of N̂ people, and 0 outside the group (Särndal, Swensson and Wretman 1992, *Model Assisted Survey
Sampling*, sections 5.5 to 5.8). If the weights d_i were raked to margins x_i, z_i gives way to its residual e_i of the
regression on x_i weighted by d_i (Deville and Särndal 1992, result 5). With n_h answers of N_h people,

    V = Σ_h (1 − n_h/N_h) · n_h/(n_h − 1) · Σ_{i ∈ h} (w_i e_i − mean_h)².

A stratum with one answer of several people has no variance of its own; its (w_i e_i)² is taken instead, the distance
from the whole's mean (R: survey.lonely.psu = "adjust").
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from kazipot.core.survey.weighting import Codes, Floats, Margin

NEGLIGIBLE = 1e-11
"""Below this part of what it would be without raking a variance is rounding error, and 0."""


@dataclass(frozen=True, eq=False)
class Respondents:
    """Those who answered: weights w and strata as codes (shape (n,)), N_h of every stratum (shape (H,)).

    Where the weights were raked, `margins` are those they were raked to (as merged) and `base` the weights before.
    Raises ValueError when shapes differ, a weight isn't positive, or more people of a stratum answered than it has.
    """

    weights: Floats
    strata: Codes
    populations: Sequence[int]
    margins: tuple[Margin, ...] = ()
    base: Floats | None = None

    def __post_init__(self) -> None:
        people = len(self.weights)
        others = [self.strata, *(margin.codes for margin in self.margins), *([] if self.base is None else [self.base])]
        if any(len(other) != people for other in others):
            raise ValueError("every person needs a weight, a stratum, a base weight and a category of every margin")
        if people and not (self.weights.min() > 0 and self.strata.min() >= 0):
            raise ValueError("weights are positive and strata are codes from 0")
        if (self.answered > self.known).any():
            raise ValueError("more people of a stratum answered than it has")

    @cached_property
    def known(self) -> Floats:
        """N_h, shape (H,)."""
        return np.asarray(self.populations, dtype=float)

    @cached_property
    def answered(self) -> Floats:
        """n_h, shape (H,)."""
        return np.bincount(self.strata, minlength=len(self.populations)).astype(float)

    @cached_property
    def unknown_part(self) -> Floats:
        """1 − n_h/N_h, the finite-population correction, shape (H,)."""
        return 1 - np.divide(self.answered, self.known, out=np.ones_like(self.known), where=self.known > 0)

    @cached_property
    def spread(self) -> Floats:
        """What the squares of a stratum are multiplied by: (1 − f_h)·n_h/(n_h − 1), or 1 − f_h where n_h is 1."""
        return self.unknown_part * np.where(self.answered > 1, self.answered / np.maximum(self.answered - 1, 1), 1.0)

    @cached_property
    def centring(self) -> Floats:
        """What the square of a stratum's sum is multiplied by: spread/n_h, or 0 where n_h is 1; shape (H,)."""
        return np.where(self.answered > 1, self.spread / np.maximum(self.answered, 1), 0.0)

    @property
    def lonely_strata(self) -> int:
        """How many strata of several people have exactly one answer."""
        return int(((self.answered == 1) & (self.known > 1)).sum())

    @property
    def silent_strata(self) -> int:
        """How many strata with people have no answer at all: only the raking speaks for them."""
        return int(((self.answered == 0) & (self.known > 0)).sum())


@dataclass(frozen=True, eq=False)
class Grouping:
    """One way to divide the answers: a group's code per person (−1: in none), and how many groups there are."""

    codes: Codes
    size: int

    def __post_init__(self) -> None:
        if len(self.codes) and not (self.codes.min() >= -1 and self.codes.max() < self.size):
            raise ValueError("a group's code is between −1 and the number of groups less one")


class Lineariser:
    """Variances for one grouping of the respondents; what doesn't depend on the values is worked out once.

    Sums by group and stratum are kept only for the pairs (g, h) that have people: shape (P,), sorted by group.
    """

    def __init__(self, respondents: Respondents, grouping: Grouping) -> None:
        if len(grouping.codes) != len(respondents.weights):
            raise ValueError("every person needs a group, or −1")
        self.size = grouping.size
        self.inside = np.flatnonzero(grouping.codes >= 0)
        self.group = grouping.codes[self.inside]
        self.respondents = respondents
        self.weights = respondents.weights[self.inside]
        self.strata = respondents.strata[self.inside]
        self.squared = (respondents.spread[respondents.strata] * respondents.weights**2)[self.inside]
        keys, self._pair = np.unique(self.group * len(respondents.known) + self.strata, return_inverse=True)
        self._pair_group, self._pair_stratum = np.divmod(keys, len(respondents.known))
        self._centring = respondents.centring[self._pair_stratum]
        self._raked = _Raked(respondents) if respondents.margins else None
        if self._raked is not None:
            base = respondents.weights if respondents.base is None else respondents.base
            self._base = base[self.inside]
            self._categories = [
                (self.group * len(margin.names) + margin.codes[self.inside], len(margin.names))
                for margin in respondents.margins
            ]
            self._centred = self._centring[:, None] * self._raked.strata[self._pair_stratum]
            self._present, self._starts = np.unique(self._pair_group, return_index=True)

    def sums(self, values: Floats) -> Floats:
        """Plain sums of values of the people inside (shape (m,)), by group (shape (G,))."""
        return np.bincount(self.group, values, minlength=self.size)

    def strata_of(self, present: Floats, of_stratum: Floats) -> Floats:
        """The sum of a number per stratum (shape (H,)) over the strata from which a group has people (G,).

        `present` is 1 for the people inside that count, else 0.
        """
        there = np.bincount(self._pair, present, minlength=len(self._pair_group)) > 0
        return np.bincount(self._pair_group, there * of_stratum[self._pair_stratum], minlength=self.size)

    def variances(self, scores: Floats) -> Floats:
        """V of the totals Σ w z of every group, for the scores of the people inside (shape (m,)); shape (G,)."""
        plain = self.sums(self.squared * scores**2)
        strata = np.bincount(self._pair, self.weights * scores, minlength=len(self._pair_group))
        found = plain - np.bincount(self._pair_group, self._centring * strata**2, minlength=self.size)
        if self._raked is not None:
            slopes = self._by_category(self._base * scores) @ self._raked.inverse
            cross = self._by_category(self.squared * scores)
            if len(self._starts):
                cross[self._present] -= np.add.reduceat(strata[:, None] * self._centred, self._starts, axis=0)
            found = found + ((slopes @ self._raked.spread) * slopes).sum(axis=1) - 2 * (slopes * cross).sum(axis=1)
        return np.where(found > NEGLIGIBLE * plain, found, 0.0)

    def _by_category(self, values: Floats) -> Floats:
        """Plain sums by group and category of all margins side by side, shape (G, p)."""
        return np.hstack(
            [
                np.bincount(places, values, minlength=self.size * width).reshape(self.size, width)
                for places, width in self._categories
            ]
        )


class _Raked:
    """What the regression on the margins needs: x is a row of 0 and 1 per person, p categories of all margins wide."""

    def __init__(self, respondents: Respondents) -> None:
        margins, weights = respondents.margins, respondents.weights
        widths = [len(margin.names) for margin in margins]
        starts = np.cumsum([0, *widths[:-1]])
        self._columns = np.column_stack([m.codes + start for m, start in zip(margins, starts, strict=True)])
        self._width = sum(widths)
        base = weights if respondents.base is None else respondents.base
        self.inverse = np.linalg.pinv(self._products(base), hermitian=True)
        """(Σ d_i x_i x_iᵀ)⁻, shape (p, p)."""
        places = respondents.strata[:, None] * self._width + self._columns
        strata = len(respondents.known)
        sums = np.bincount(places.ravel(), np.repeat(weights, len(margins)), minlength=strata * self._width)
        self.strata = sums.reshape(strata, self._width)
        """Σ_{i ∈ h} w_i x_i, shape (H, p)."""
        squares = self._products(respondents.spread[respondents.strata] * weights**2)
        self.spread = squares - (self.strata * respondents.centring[:, None]).T @ self.strata
        """The variance of Σ w x, shape (p, p)."""

    def _products(self, factors: Floats) -> Floats:
        """Σ factor_i x_i x_iᵀ, shape (p, p)."""
        found = np.zeros(self._width * self._width)
        for one in self._columns.T:
            for other in self._columns.T:
                found += np.bincount(one * self._width + other, factors, minlength=len(found))
        return found.reshape(self._width, self._width)
