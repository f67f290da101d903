"""Rates that differ from session to session, estimated from what happened, with their uncertainty.

Offers of one session are answered alike (a bad day suits nobody), so that answers don't tell as much as as many coins
would. The correlation within sessions ρ is estimated by analysis of variance (Ridout, Demétrio and Firth 1999,
Biometrics 55: 137–148, eq. 4; Donner 1986):

    MSB = Σ nᵢ(pᵢ − p)² / (k − 1),  MSW = Σ nᵢpᵢ(1 − pᵢ) / (N − k),  n₀ = (N − Σnᵢ²/N) / (k − 1),
    ρ = (MSB − MSW) / (MSB + (n₀ − 1)·MSW)

The mean rate then has a Beta(½ + p·n*, ½ + (1 − p)·n*) distribution with the effective size n* = N / (1 + (ñ − 1)ρ),
ñ = Σnᵢ²/N (Kish's design effect; Jeffreys' prior), and a session's own rate is Beta(μ(1 − ρ)/ρ, (1 − μ)(1 − ρ)/ρ).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

ASSUMED, MOST = 0.05, 0.5
"""ρ where fewer than FEWEST sessions tell it, and the most that is believed."""
FEWEST = 5
TINY = 1e-6


@dataclass(frozen=True, slots=True)
class Rate:
    """A rate in [0, 1]: its mean, on how many answers as good as independent it rests, and ρ."""

    mean: float
    size: float
    rho: float

    def means(self, draws: int, rng: np.random.Generator) -> Floats:
        """Mean rates (draws,), as uncertain as they are."""
        return rng.beta(0.5 + self.mean * self.size, 0.5 + (1 - self.mean) * self.size, draws)

    def of_a_session(self, means: Floats, rng: np.random.Generator) -> Floats:
        """A session's own rate (draws,) around the mean ones."""
        if self.rho < TINY:
            return means
        inside = np.clip(means, TINY, 1 - TINY)
        scale = (1 - self.rho) / self.rho
        return rng.beta(inside * scale, (1 - inside) * scale)


def rate_of(counts: Sequence[tuple[int, int]]) -> Rate:
    """The rate behind (successes, trials) of each session. Without any trial it is as good as unknown: mean ½."""
    told = np.array([pair for pair in counts if pair[1] > 0], dtype=float).reshape(-1, 2)
    if not len(told):
        return Rate(0.5, 0.0, ASSUMED)
    successes, trials = told[:, 0], told[:, 1]
    total = float(trials.sum())
    mean = float(successes.sum()) / total
    rho = correlation(successes, trials)
    return Rate(mean, total / (1 + (float((trials**2).sum()) / total - 1) * rho), rho)


def correlation(successes: Floats, trials: Floats) -> float:
    """ρ in [0, MOST]; ASSUMED where too few sessions, or sessions of one person each, can't tell it."""
    sessions, total = len(trials), float(trials.sum())
    if sessions < FEWEST or total <= sessions:
        return ASSUMED
    own, mean = successes / trials, float(successes.sum()) / total
    between = float((trials * (own - mean) ** 2).sum()) / (sessions - 1)
    within = float((trials * own * (1 - own)).sum()) / (total - sessions)
    typical = (total - float((trials**2).sum()) / total) / (sessions - 1)
    bottom = between + (typical - 1) * within
    return float(np.clip((between - within) / bottom, 0, MOST)) if bottom > 0 else 0.0
