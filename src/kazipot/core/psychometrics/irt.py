"""Models of how an answer depends on ability θ: Rasch, 2PL, 3PL, graded response, generalised partial credit.

Inside, an item's parameters are slope and intercepts, which is what estimation is stable in:

- `rasch`, `2pl`: (a, d), P(1) = σ(aθ + d) (Birnbaum 1968, ch. 17);
- `3pl`: (a, d, γ), P(1) = c + (1 − c) σ(aθ + d) with c = σ(γ) (Birnbaum 1968, eq. 17.3.1);
- `grm`: (a, d₁ > … > d_m), P(X ≥ k) = σ(aθ + d_k) (Samejima 1969, ch. 5);
- `gpcm`: (a, δ₁, …, δ_m), P(k) ∝ exp(k aθ + Σ_{v ≤ k} δ_v) (Muraki 1992, eq. 8).

For people the same item reads a, b = −d / a (one, or one for each step) and c. σ is the logistic function; D = 1.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, logit

Floats = NDArray[np.float64]
MODELS = ("rasch", "2pl", "3pl", "grm", "gpcm")
TINY = 1e-300


@dataclass(frozen=True, slots=True)
class Item:
    """A calibrated item: discrimination a, difficulty b (one, or one for each step), guessing c; 0 ≤ c < 1.

    `area` is its part of the blueprint; items that share a word in `enemies` never meet in one sitting.
    """

    name: str
    model: str
    a: float
    b: tuple[float, ...]
    c: float = 0.0
    area: str = ""
    enemies: str = ""

    @property
    def categories(self) -> int:
        """How many different answers are scored: 2 for right and wrong."""
        return len(self.b) + 1

    @property
    def parameters(self) -> Floats:
        """Slope, intercepts and, for 3PL, logit c (p,)."""
        intercepts = [-self.a * step for step in self.b]
        guessing = [float(logit(self.c)) if self.c > 0 else -np.inf] if self.model == "3pl" else []
        return np.array([self.a, *intercepts, *guessing])


@dataclass(frozen=True, slots=True)
class Curves:
    """Of J items with K categories at Q nodes, p parameters each.

    `log_p` (J, K, Q), `p` (J, K, Q), `by_parameter` ∂ log P / ∂ parameter (J, K, p, Q), `by_ability` ∂ log P / ∂ θ
    (J, K, Q).
    """

    log_p: Floats
    p: Floats
    by_parameter: Floats
    by_ability: Floats


def curves(model: str, parameters: Floats, theta: Floats) -> Curves:
    """Probabilities and their logarithmic derivatives for `parameters` (J, p) at `theta` (Q,)."""
    if model in ("rasch", "2pl"):
        return _two_parameters(parameters, theta)
    if model == "3pl":
        return _three_parameters(parameters, theta)
    return _graded(parameters, theta) if model == "grm" else _partial_credit(parameters, theta)


def _two_parameters(parameters: Floats, theta: Floats) -> Curves:
    a, d = parameters[:, 0, None], parameters[:, 1, None]
    z = a * theta + d
    log_right = -np.logaddexp(0.0, -z)
    right = np.exp(log_right)
    wrong = np.exp(log_right - z)
    residual = np.stack([-right, wrong], axis=1)
    by_parameter = np.stack([residual * theta, residual], axis=2)
    log_p = np.stack([log_right - z, log_right], axis=1)
    return Curves(log_p, np.stack([wrong, right], axis=1), by_parameter, residual * a[:, None])


def _three_parameters(parameters: Floats, theta: Floats) -> Curves:
    a, d = parameters[:, 0, None], parameters[:, 1, None]
    c = expit(parameters[:, 2, None])
    s = expit(a * theta + d)
    right = c + (1 - c) * s
    wrong = np.maximum((1 - c) * expit(-(a * theta + d)), TINY)
    rise = (1 - c) * s * (1 - s)
    change = np.stack([rise * theta, rise, c * wrong], axis=1)
    by_parameter = np.stack([-change / wrong[:, None], change / np.maximum(right, TINY)[:, None]], axis=1)
    p = np.stack([wrong, np.maximum(right, TINY)], axis=1)
    by_ability = np.stack([-a * rise / p[:, 0], a * rise / p[:, 1]], axis=1)
    return Curves(np.log(p), p, by_parameter, by_ability)


def _graded(parameters: Floats, theta: Floats) -> Curves:
    items, steps = parameters.shape[0], parameters.shape[1] - 1
    a = parameters[:, 0, None, None]
    z = a * theta + parameters[:, 1:, None]
    at_least = np.ones((items, steps + 2, theta.size))
    at_least[:, 1:-1] = expit(z)
    at_least[:, -1] = 0.0
    rise = np.zeros_like(at_least)
    rise[:, 1:-1] = at_least[:, 1:-1] * expit(-z)
    below = np.concatenate([expit(-z), np.ones((items, 1, theta.size))], axis=1)
    # Differences of upper tails lose digits where both are near 1; lower tails then keep them.
    p = np.where(at_least[:, 1:] > 0.5, np.diff(below, axis=1, prepend=0.0), at_least[:, :-1] - at_least[:, 1:])
    p = np.maximum(p, TINY)
    slope = (rise[:, :-1] - rise[:, 1:]) / p
    by_parameter = np.zeros((items, steps + 1, steps + 1, theta.size))
    by_parameter[:, :, 0] = slope * theta
    for step in range(steps):
        by_parameter[:, step + 1, step + 1] = rise[:, step + 1] / p[:, step + 1]
        by_parameter[:, step, step + 1] = -rise[:, step + 1] / p[:, step]
    return Curves(np.log(p), p, by_parameter, a * slope)


def _partial_credit(parameters: Floats, theta: Floats) -> Curves:
    items, steps = parameters.shape[0], parameters.shape[1] - 1
    a = parameters[:, 0, None, None]
    score = np.arange(steps + 1.0)[None, :, None]
    sums = np.concatenate([np.zeros((items, 1)), np.cumsum(parameters[:, 1:], axis=1)], axis=1)
    z = score * a * theta + sums[:, :, None]
    log_p = z - np.logaddexp.reduce(z, axis=1, keepdims=True)
    p = np.exp(log_p)
    residual = score - (score * p).sum(axis=1, keepdims=True)
    at_least = np.cumsum(p[:, ::-1], axis=1)[:, ::-1]
    by_parameter = np.empty((items, steps + 1, steps + 1, theta.size))
    by_parameter[:, :, 0] = residual * theta
    for step in range(1, steps + 1):
        by_parameter[:, :, step] = (score >= step) - at_least[:, None, step]
    return Curves(log_p, p, by_parameter, residual * a)


def log_probabilities(items: Sequence[Item], theta: Floats) -> Floats:
    """log P (J, K, Q) of each category of each item at `theta` (Q,); −inf where an item has fewer than K categories."""
    table = np.full((len(items), max(item.categories for item in items), theta.size), -np.inf)
    for model, categories, members in _alike(items):
        found = curves(model, np.array([items[j].parameters for j in members]), theta)
        table[members, :categories] = found.log_p
    return table


def ability_scores(items: Sequence[Item], theta: Floats) -> Floats:
    """∂ log P / ∂θ (J, K, Q) of each category of each item; 0 where an item has fewer than K categories."""
    table = np.zeros((len(items), max(item.categories for item in items), theta.size))
    for model, categories, members in _alike(items):
        found = curves(model, np.array([items[j].parameters for j in members]), theta)
        table[members, :categories] = found.by_ability
    return table


def information(items: Sequence[Item], theta: Floats) -> Floats:
    """Fisher information (J, Q) of each item about θ: Σ_k P_k (∂ log P_k / ∂θ)² (Samejima 1969, eq. 6-8)."""
    table = np.empty((len(items), theta.size))
    for model, _categories, members in _alike(items):
        found = curves(model, np.array([items[j].parameters for j in members]), theta)
        table[members] = np.einsum("jkq,jkq,jkq->jq", found.p, found.by_ability, found.by_ability)
    return table


def expected_scores(items: Sequence[Item], theta: Floats) -> Floats:
    """Expected score (J, Q) of each item, categories counted 0, 1, …."""
    table = np.exp(log_probabilities(items, theta))
    scores: Floats = np.einsum("k,jkq->jq", np.arange(float(table.shape[1])), table)
    return scores


def _alike(items: Sequence[Item]) -> list[tuple[str, int, list[int]]]:
    kinds: dict[tuple[str, int], list[int]] = {}
    for j, item in enumerate(items):
        kinds.setdefault((item.model, item.categories), []).append(j)
    return [(model, categories, members) for (model, categories), members in kinds.items()]
