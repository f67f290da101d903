"""Exposure: who has seen what, and how much of two people's tests is the same."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Exposure:
    """`shares` (J,) of sittings in which each item was shown; `overlap`: the share of items that two people have in
    common on average; `unused`: items that nobody was shown."""

    shares: Floats
    overlap: float
    unused: int


def exposure(shown: Sequence[Sequence[int]], items: int) -> Exposure:
    """Exposure from the items of each sitting, numbered from 0 to `items` − 1.

    Overlap is Σ_j n_j (n_j − 1) / (N (N − 1) L) with n_j sittings of N that showed item j and L the mean length (Chen,
    Ankenmann and Spray 2003, eq. 2). Raises ValueError for fewer than two sittings.
    """
    if len(shown) < 2:
        raise ValueError("overlap needs at least two sittings")
    counts = np.bincount([item for sitting in shown for item in sitting], minlength=items).astype(float)
    people, length = len(shown), counts.sum() / len(shown)
    overlap = float((counts * (counts - 1)).sum() / (people * (people - 1) * length))
    return Exposure(counts / people, overlap, int((counts == 0).sum()))
