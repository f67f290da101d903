"""Learns the weights of `text_model` from coded texts.

Minimises Σ weight · cross-entropy + ‖W‖² / (2 · looseness) (ridge-penalised multinomial logistic regression; Bishop,
2006, eq. 4.108 with a quadratic penalty) by L-BFGS (Liu & Nocedal, 1989). A text with several codes counts in equal
parts for each; a text with none counts for the class "none".
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_array

from kazipot.core.survey.text_model import TextModel, features


@dataclass(frozen=True, slots=True)
class Example:
    """The keys of a coded text, its codes, and how much it counts."""

    keys: tuple[str, ...]
    codes: frozenset[str]
    weight: float


def fit(
    examples: Sequence[Example], codes: Sequence[str], *, looseness: float, least_texts: int = 2, rounds: int = 60
) -> TextModel:
    """The model that fits the examples; features in fewer than `least_texts` of them are left out."""
    seen = [features(example.keys) for example in examples]
    counts = Counter(name for found in seen for name in found)
    names = sorted(name for name, count in counts.items() if count >= least_texts)
    vocabulary = {name: row for row, name in enumerate(names)}
    rarity = np.log(len(examples) / np.array([counts[name] for name in names], dtype=float))
    texts = _matrix([[vocabulary[name] for name in found if name in vocabulary] for found in seen], rarity)
    weights, intercepts = _minimum(texts, _targets(examples, codes), _counts_for(examples), looseness, rounds)
    return TextModel(tuple(codes), vocabulary, rarity, weights, intercepts)


def _matrix(rows: Sequence[Sequence[int]], rarity: NDArray[np.float64]) -> csr_array:
    """Texts × features, each text of length 1."""
    starts = np.cumsum([0, *(len(row) for row in rows)])
    columns = np.array([column for row in rows for column in row], dtype=np.intp)
    lengths = [float(np.linalg.norm(rarity[list(row)])) or 1.0 for row in rows]
    values = rarity[columns] / np.repeat(lengths, np.diff(starts))
    return csr_array((values, columns, starts), shape=(len(rows), len(rarity)))


def _targets(examples: Sequence[Example], codes: Sequence[str]) -> NDArray[np.float64]:
    """Texts × classes; every row sums to 1."""
    said = np.array([[code in example.codes for code in codes] + [not example.codes] for example in examples], float)
    shares: NDArray[np.float64] = said / said.sum(axis=1, keepdims=True)
    return shares


def _counts_for(examples: Sequence[Example]) -> NDArray[np.float64]:
    return np.array([[example.weight] for example in examples])


def _minimum(
    texts: csr_array, targets: NDArray[np.float64], counts: NDArray[np.float64], looseness: float, rounds: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    size, classes = texts.shape[1], targets.shape[1]
    turned = texts.T.tocsr()

    def loss(flat: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        weights, intercepts = flat[: size * classes].reshape(size, classes), flat[size * classes :]
        logits = texts @ weights + intercepts
        logits -= logits.max(axis=1, keepdims=True)
        logs = logits - np.log(np.exp(logits).sum(axis=1, keepdims=True))
        slope = counts * (np.exp(logs) - targets)
        value = -float((counts * targets * logs).sum()) + float((weights**2).sum()) / (2 * looseness)
        return value, np.concatenate([(turned @ slope + weights / looseness).ravel(), slope.sum(axis=0)])

    found = minimize(loss, np.zeros((size + 1) * classes), jac=True, method="L-BFGS-B", options={"maxiter": rounds})
    return found.x[: size * classes].reshape(size, classes), found.x[size * classes :]
