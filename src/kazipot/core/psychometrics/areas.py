"""What a short test can say about one area of the blueprint, and when it can't say anything.

The answers to all other areas say where the person probably stands in this one (areas differ from the whole with the
standard deviation `SPREAD`); the few answers of the area itself then move that. The chance of being above the pass
mark is told in words only, and most often the word is that there were too few questions.
"""

from collections.abc import Mapping, Sequence
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from kazipot.core.psychometrics.pool import Pool

Floats = NDArray[np.float64]
SPREAD = 0.5
"""How much a person's areas differ from their whole: a correlation of 0.8 between areas, as tests of one field have."""
SURE = 0.8


class Word(StrEnum):
    """What is told of an area."""

    STRONG = "strong"
    LEARN = "learn"
    UNSURE = "unsure"


def words_by_area(pool: Pool, answers: Sequence[tuple[int, int]], *, cut: float) -> Mapping[str, Word]:
    """A word for each area that was asked about, from answers (item, category)."""
    return {
        area: Word.STRONG if chance >= SURE else Word.LEARN if chance <= 1 - SURE else Word.UNSURE
        for area, chance in chances_by_area(pool, answers, cut=cut).items()
    }


def chances_by_area(pool: Pool, answers: Sequence[tuple[int, int]], *, cut: float) -> dict[str, float]:
    """The chance of being above the pass mark in each area that was asked about.

    The prior of an area is the posterior of the other areas' answers, widened by `SPREAD`.
    """
    nodes = pool.grid.nodes
    by_area: dict[int, Floats] = {}
    for item, category in answers:
        place = int(pool.area[item])
        by_area[place] = by_area.get(place, np.zeros(nodes.size)) + pool.log_p[item, category]
    whole = np.sum(list(by_area.values()), axis=0) if by_area else np.zeros(nodes.size)
    gaps = nodes[:, None] - nodes[None, :]
    widen = np.exp(-0.5 * (gaps / SPREAD) ** 2)
    found = {}
    for place, own in sorted(by_area.items()):
        prior = widen @ _normal(np.log(pool.grid.weights) + whole - own)
        posterior = _normal(np.log(np.maximum(prior, 1e-300)) + own)
        step = nodes[1] - nodes[0]
        above = np.clip((nodes - cut) / step + 0.5, 0.0, 1.0)
        found[pool.areas[place]] = float(posterior @ above)
    return found


def _normal(logs: Floats) -> Floats:
    weights: Floats = np.exp(logs - logs.max())
    return weights / weights.sum()
