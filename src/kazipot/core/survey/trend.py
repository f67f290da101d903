"""What changed between two years, how surely, and whether it may be told.

The interval of a difference is made from each year's own interval (MOVER: Newcombe 1998, method 10; Zou and Donner
2008; with a correlation Zou 2007), so that shares at 0 and 1 keep a width. With the estimates e₁, e₂, their
bounds (l, u) and correlation r the difference d = e₂ − e₁ has the bounds

    d − √((e₂ − l₂)² + (u₁ − e₁)² − 2r(e₂ − l₂)(u₁ − e₁)),  d + √((u₂ − e₂)² + (e₁ − l₁)² − 2r(u₂ − e₂)(e₁ − l₁)).
"""

from dataclasses import dataclass
from math import isnan, sqrt
from typing import Literal

import numpy as np

from kazipot.core.survey.weighting import Floats

type Told = Literal["rise", "fall", "no change told", "broken", "unknown"]

FEWEST_PAIRS = 10
"""With fewer people in both years no correlation is estimated: it is taken as 0, which is on the safe side."""


@dataclass(frozen=True, slots=True)
class Year:
    """One year's estimate: value, standard error and bounds, of n answers from N people, by a version of the item."""

    item_version: str
    value: float
    error: float
    lower: float
    upper: float
    answered: int
    population: float

    def __post_init__(self) -> None:
        if not 0 <= self.answered <= self.population:
            raise ValueError("between none and all of the population answered")


@dataclass(frozen=True, slots=True)
class Overlap:
    """People in both years: who answered twice, who belonged to both populations, and their answers' correlation."""

    answered: int
    population: float
    correlation: float


@dataclass(frozen=True, slots=True)
class Change:
    """A difference with its standard error and bounds; None where the trend is broken or a year is unknown.

    `told`: "rise" or "fall" only if the interval leaves out 0; "broken" if the item was worded differently.
    """

    told: Told
    value: float | None = None
    error: float | None = None
    lower: float | None = None
    upper: float | None = None


def correlation(earlier: Floats, later: Floats, weights: Floats) -> float:
    """The weighted correlation (Pearson) of both years' answers of the same people, −1 to 1; arrays of shape (pairs,).

    0 when there are fewer than ten people, or all of a year said the same.
    """
    if len(earlier) < FEWEST_PAIRS:
        return 0.0
    shares = weights / weights.sum()
    first, second = earlier - shares @ earlier, later - shares @ later
    spread = sqrt(float(shares @ first**2) * float(shares @ second**2))
    return float(np.clip(shares @ (first * second) / spread, -1, 1)) if spread > 1e-12 else 0.0


def shared_part(earlier: Year, later: Year, overlap: Overlap) -> float:
    """The correlation of the two estimates for answers that correlate perfectly, −1 to 1.

    θ = (n₁₂/(n₁n₂) − N₁₂/(N₁N₂)) / √((1/n₁ − 1/N₁)(1/n₂ − 1/N₂)): Tam (1984, *The American Statistician* 38,
    288-289) for one population, with N₁₂ people in both where it changes (after Qualité and Tillé 2008). Two samples
    that overlap as much as chance makes them have θ = 0, the same sample twice has 1. 0 where a year has no error.
    """
    if not earlier.answered or not later.answered:
        return 0.0
    first = 1 / earlier.answered - 1 / earlier.population
    second = 1 / later.answered - 1 / later.population
    if first <= 0 or second <= 0:
        return 0.0
    by_both = overlap.answered / (earlier.answered * later.answered)
    by_chance = overlap.population / (earlier.population * later.population)
    return max(-1.0, min(1.0, (by_both - by_chance) / sqrt(first * second)))


def change(earlier: Year, later: Year, overlap: Overlap | None = None) -> Change:
    """The difference later − earlier; without an overlap the samples count as independent.

    V(d) = V₁ + V₂ − 2θρ·SE₁SE₂, where θ is `shared_part` and ρ the overlap's correlation.
    """
    if earlier.item_version != later.item_version:
        return Change("broken")
    figures = (earlier.value, earlier.lower, earlier.upper, later.value, later.lower, later.upper)
    if any(isnan(figure) for figure in figures):
        return Change("unknown")
    r = 0.0 if overlap is None else shared_part(earlier, later, overlap) * overlap.correlation
    value = later.value - earlier.value
    lower = value - _joined(later.value - later.lower, earlier.upper - earlier.value, r)
    upper = value + _joined(later.upper - later.value, earlier.value - earlier.lower, r)
    error = _joined(later.error, earlier.error, r)
    told: Told = "rise" if lower > 0 else "fall" if upper < 0 else "no change told"
    return Change(told, value, error, lower, upper)


def _joined(one: float, other: float, r: float) -> float:
    """√(a² + b² − 2rab)."""
    return sqrt(max(0.0, one**2 + other**2 - 2 * r * one * other))
