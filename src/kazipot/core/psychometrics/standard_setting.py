"""A pass mark that experts agreed on, on the scale of ability, with its standard error.

Modified Angoff (Angoff 1971): each judge says for each item which share of barely competent people would answer right;
Bookmark (Lewis, Mitzel and Green 1996): each judge marks in a booklet ordered by difficulty the last item that a barely
competent person masters, with a response probability of 2/3.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq

from kazipot.core.psychometrics.errors import Fault, Unusable
from kazipot.core.psychometrics.irt import Item, expected_scores

Floats = NDArray[np.float64]
LOWEST, HIGHEST = -6.0, 6.0
LEAST_JUDGES = 2
MASTERY = 2 / 3


@dataclass(frozen=True, slots=True)
class PassMark:
    """θ of the pass mark, its standard error over judges, each judge's own θ, and how many judges."""

    theta: float
    se: float
    by_judge: tuple[float, ...]

    @property
    def judges(self) -> int:
        """How many judges the mark rests on."""
        return len(self.by_judge)


def angoff(items: Sequence[Item], ratings: Floats) -> PassMark:
    """The pass mark from ratings (judges, J): expected scores of barely competent people, from 0 to the highest score.

    A judge's θ is where the test characteristic curve equals the sum of the judge's ratings. The mark is the mean over
    judges; its standard error is their standard deviation by the root of their number (Kane 1994). Raises Unusable for
    ratings out of range, fewer than two judges, or sums that no ability reaches.
    """
    most = np.array([item.categories - 1.0 for item in items])
    _refuse_judges(len(ratings))
    if not (np.isfinite(ratings).all() and (ratings >= 0).all() and (ratings <= most).all()):
        raise Unusable([Fault("rating_range")])
    return _marked([_ability_of(items, float(row.sum()), judge) for judge, row in enumerate(ratings)])


def bookmark(items: Sequence[Item], marks: Sequence[int]) -> PassMark:
    """The pass mark from each judge's bookmark: how many items of the ordered booklet are mastered, from 1 to J.

    Dichotomous items only; a judge's θ is where the last mastered item is answered right with probability 2/3.
    """
    _refuse_judges(len(marks))
    places = sorted(mastery_place(item) for item in items)
    if any(not 1 <= mark <= len(places) for mark in marks):
        raise Unusable([Fault("bookmark_range", needed=str(len(places)))])
    return _marked([places[mark - 1] for mark in marks])


def booklet(items: Sequence[Item]) -> tuple[Item, ...]:
    """The items in the order of the ability at which they are mastered."""
    return tuple(sorted(items, key=mastery_place))


def mastery_place(item: Item) -> float:
    """θ at which a dichotomous item is answered right with probability 2/3: b + log((p − c) / (1 − p)) / a."""
    if item.categories != 2:
        raise Unusable([Fault("not_dichotomous", item.name, str(item.categories))])
    if item.c >= MASTERY:
        raise Unusable([Fault("always_mastered", item.name, f"{item.c:g}")])
    return item.b[0] + float(np.log((MASTERY - item.c) / (1 - MASTERY))) / item.a


def _refuse_judges(number: int) -> None:
    if number < LEAST_JUDGES:
        raise Unusable([Fault("few_judges", found=str(number), needed=str(LEAST_JUDGES))])


def _ability_of(items: Sequence[Item], score: float, judge: int) -> float:
    def short(theta: float) -> float:
        return float(expected_scores(items, np.array([theta])).sum()) - score

    if short(LOWEST) > 0 or short(HIGHEST) < 0:
        raise Unusable([Fault("rating_unreachable", found=f"{score:g}", person=judge)])
    return float(brentq(short, LOWEST, HIGHEST, xtol=1e-10))


def _marked(places: list[float]) -> PassMark:
    values = np.array(places)
    return PassMark(float(values.mean()), float(values.std(ddof=1) / np.sqrt(values.size)), tuple(places))
