"""What two years' analyses of mostly the same people would tell when one is subtracted from the other.

A year's answers are not part of the next year's, so in general a difference of two years is nothing about anybody. It
is when those who answered both times said the same: then what is left is what the few said who joined or left. So a
count isn't told where 1 to k − 1 people joined or left the group since and nobody else changed.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kazipot.core.survey.disclosure import THRESHOLD

type Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Panel:
    """A year's answers: `people` (shape (n,); −1 unknown who), `groups` (codes) and `states` (n, C), −1 not asked."""

    people: NDArray[np.int64]
    groups: NDArray[np.intp]
    states: NDArray[np.int8]


def told_by_difference(
    now: Panel, then: Panel, size: int, columns: Sequence[Sequence[int]], *, k: int = THRESHOLD
) -> Mask:
    """Shape (groups, columns): where subtracting the years gives what 1 to k − 1 people said.

    A column is one or more competences, whose counts are added up.
    """
    _, here, there = np.intersect1d(
        np.where(now.people < 0, -1 - np.arange(now.people.size), now.people),
        np.where(then.people < 0, -1 - now.people.size - np.arange(then.people.size), then.people),
        return_indices=True,
    )
    stayed = now.groups[here] == then.groups[there]
    here, there = here[stayed], there[stayed]
    found = np.zeros((size, len(columns)), dtype=bool)
    for number, column in enumerate(columns):
        states, earlier = now.states[:, column], then.states[:, column]
        asked, before = (states >= 0).any(axis=1), (earlier >= 0).any(axis=1)
        both = asked[here] & before[there]
        other = both & (states[here] != earlier[there]).any(axis=1)
        counts = [
            np.bincount(groups, minlength=size)
            for groups in (now.groups[asked], then.groups[before], now.groups[here][both], now.groups[here][other])
        ]
        moved = counts[0] + counts[1] - 2 * counts[2]
        found[:, number] = (moved > 0) & (moved < k) & (counts[3] == 0)
    return found
