"""A small learned reader: how likely a text speaks of each code, and which of its words say so.

Multinomial logistic regression (Bishop, "Pattern Recognition and Machine Learning", 2006, sec. 4.3.4) over features of
a text: its keys, its pairs of neighbouring keys, and the runs of three and four letters inside a key (Cavnar & Trenkle,
"N-gram-based text categorization", 1994), so that a misspelt word is still half understood. Features are weighted by
rarity and the text scaled to length 1 (Salton & Buckley, "Term-weighting approaches", 1988). One class stands for
"none of the codes". How the weights come about: `text_fit`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kazipot.core.survey.coding import Hint, Word

LETTERS = (3, 4)
REASONS = 3
LEAST_SHARE = 0.4
"""A word is named as a reason when it speaks for the code at least so much as this share of the strongest word."""


@dataclass(frozen=True, slots=True)
class TextModel:
    """The weights: `weights[f, c]` of feature f for class c; the last class is "none", which `codes` does not name."""

    codes: tuple[str, ...]
    vocabulary: Mapping[str, int]
    rarity: NDArray[np.float64]
    weights: NDArray[np.float64]
    intercepts: NDArray[np.float64]


def features(keys: Sequence[str]) -> dict[str, tuple[int, ...]]:
    """The features of a text, each with the indices of the words that first carry it."""
    found: dict[str, tuple[int, ...]] = {}
    for index, key in enumerate(keys):
        found.setdefault(f"={key}", (index,))
        framed = f"^{key}$"
        for length in LETTERS:
            for start in range(len(framed) - length + 1):
                found.setdefault(framed[start : start + length], (index,))
        if index:
            found.setdefault(f"={keys[index - 1]} {key}", (index - 1, index))
    return found


def read(model: TextModel, words: Sequence[Word], least: float) -> dict[str, Hint]:
    """The codes with a probability of at least `least`, with the words that speak for them, strongest first.

    A word's share in a code is the sum over its features of value × (the code's weight − the mean weight of all
    classes); a pair counts half for each word. A text of which no feature is known says nothing.
    """
    known = [
        (model.vocabulary[name], at)
        for name, at in features([w.key for w in words]).items()
        if name in model.vocabulary
    ]
    if not known:
        return {}
    rows = np.array([row for row, _at in known])
    values = model.rarity[rows] / np.linalg.norm(model.rarity[rows])
    weighted = values[:, None] * model.weights[rows]
    logits = weighted.sum(axis=0) + model.intercepts
    chances = np.exp(logits - logits.max())
    chances /= chances.sum()
    return {
        code: Hint(float(chances[column]), _reasons(words, [at for _row, at in known], weighted, column))
        for column, code in enumerate(model.codes)
        if chances[column] >= least
    }


def read_with_clauses(
    model: TextModel, words: Sequence[Word], clauses: Sequence[Sequence[Word]], *, least: float, trust: float
) -> dict[str, Hint]:
    """Reads the text as a whole and each clause alone; a code gets the best of what they say.

    Probabilities of one reading sum to 1, so that two codes in a text would take from each other; clauses don't. A
    clause says less than the whole, so its probabilities are multiplied by `trust`.
    """
    found = read(model, words, least)
    for clause in clauses:
        for code, hint in read(model, clause, least / trust).items():
            if code not in found or found[code].score < trust * hint.score:
                found[code] = Hint(trust * hint.score, hint.passages)
    return found


def _reasons(
    words: Sequence[Word], carriers: Sequence[tuple[int, ...]], weighted: NDArray[np.float64], column: int
) -> dict[str, float]:
    shares = np.zeros(len(words))
    for carrier, value in zip(carriers, weighted[:, column] - weighted.mean(axis=1), strict=True):
        for index in carrier:
            shares[index] += value / len(carrier)
    best = float(shares.max(initial=0.0))
    order = [int(i) for i in np.argsort(-shares, kind="stable")[:REASONS]]
    return {words[i].text: float(shares[i]) for i in order if shares[i] > 0 and shares[i] >= LEAST_SHARE * best}
