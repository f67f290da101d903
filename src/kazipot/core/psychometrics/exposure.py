"""So that no item is shown to too many: Sympson and Hetter's probabilities, and a random pick among the best."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
ROUNDS = 20


def eligible(probabilities: Floats, people: int, rng: np.random.Generator) -> Bools:
    """Which items (people, J) each person may see: item j with probability `probabilities[j]`, drawn before the
    sitting (the experiment of Sympson and Hetter 1985, made once for each person and item)."""
    return rng.random((people, probabilities.size)) < probabilities


def sympson_hetter(shown: Callable[[Floats], Floats], items: int, *, ceiling: float, rounds: int = ROUNDS) -> Floats:
    """Probabilities (J,) with which items are eligible, such that about `ceiling` of people are shown an item at most.

    `shown` gives the share of people (J,) who are shown each item when items are eligible with given probabilities,
    found with new people each time (Sympson and Hetter 1985, steps 3 to 5). In the last half of the rounds the steps
    shrink and are averaged, so that the chance of single rounds cancels out (Robbins and Monro 1951; Polyak and
    Juditsky 1992).
    """
    logs = np.zeros(items)
    kept = []
    for number in range(rounds):
        shares = shown(np.exp(logs))
        late = max(number - rounds // 2, 0)
        logs = np.minimum(logs + np.log(ceiling / np.maximum(shares, 1e-6)) / (1 + late / 2), 0.0)
        if late:
            kept.append(logs)
    probabilities: Floats = np.exp(np.mean(kept, axis=0))
    return probabilities


def from_counts(eligible_before: Ints, shown_before: Ints, *, ceiling: float) -> Floats:
    """Probabilities (J,) of being eligible in the next sitting, from how many earlier sittings each item was eligible
    in and was shown in: ceiling · eligible / shown, at most 1 (van der Linden and Veldkamp 2004, eq. 12). What was
    never shown stays eligible."""
    shown = np.maximum(shown_before, 1)
    return np.where(shown_before > 0, np.minimum(ceiling * eligible_before / shown, 1.0), 1.0)


def randomesque(value: Floats, among: int, chance: Floats) -> Ints:
    """One of the `among` items of highest value (n, J), each as likely, by uniform numbers (n,) (Kingsbury and Zara
    1989, sec. on randomesque selection)."""
    size = min(among, value.shape[1])
    best = np.argpartition(-value, size - 1, axis=1)[:, :size]
    best.sort(axis=1)
    open_ = np.isfinite(np.take_along_axis(value, best, axis=1))
    place = np.floor(chance * open_.sum(axis=1)).astype(np.int64)
    order = np.argsort(~open_, axis=1, kind="stable")
    picked: Ints = np.take_along_axis(np.take_along_axis(best, order, axis=1), place[:, None], axis=1)[:, 0]
    return picked
