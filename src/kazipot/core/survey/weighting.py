"""For how many people each answer stands: design weights, those who didn't answer, and what the weights cost.

Arrays have one entry per person (shape (n,)). Categories are codes 0, 1, … into a margin's names. Nothing is merged
or left unmet in silence: what was done is part of the result.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

type Floats = NDArray[np.float64]
type Codes = NDArray[np.intp]


class WeightingError(ValueError):
    """The weights can't be made from what is given."""


class NobodyAnsweredError(WeightingError):
    """There is no answer to give a weight to."""


class ContradictingTotalsError(WeightingError):
    """Known totals contradict each other or the answers: a sum differs, or people answered where nobody is known."""


@dataclass(frozen=True, slots=True, eq=False)
class Margin:
    """Known totals of one way to divide the population: how many people are in each category.

    `names` and `totals` have one entry per category, `codes` one per person. Categories that are `ordered` (age bands)
    may only be merged with a neighbour. Raises ContradictingTotalsError or WeightingError.
    """

    name: str
    names: tuple[str, ...]
    totals: tuple[float, ...]
    codes: Codes
    ordered: bool = False

    def __post_init__(self) -> None:
        if len(self.names) != len(self.totals) or min(self.totals, default=0) < 0:
            raise WeightingError(f"{self.name}: every category needs a total of 0 or more")
        if not len(self.codes):
            raise NobodyAnsweredError(f"{self.name}: nobody answered")
        if self.codes.min() < 0 or self.codes.max() >= len(self.names):
            raise WeightingError(f"{self.name}: a code has no category")
        for name, total, people in zip(self.names, self.totals, self.people, strict=True):
            if people and not total:
                raise ContradictingTotalsError(f"{self.name}: {people} answered of “{name}”, where nobody is known")

    @property
    def people(self) -> list[int]:
        """How many people of each category there are among the codes."""
        return np.bincount(self.codes, minlength=len(self.names)).tolist()


@dataclass(frozen=True, slots=True)
class Merger:
    """Categories of a margin that were made one, because one of them had too few answers (`people`) for a weight."""

    margin: str
    names: tuple[str, ...]
    people: int


@dataclass(frozen=True, slots=True, eq=False)
class Weighting:
    """Weights with all that was done to get them.

    `converged`: every total of `margins` (as merged) is met to the tolerance; `discrepancy` is the largest relative
    distance from one; `at_bound` counts the people whose weight was held by a bound.
    """

    weights: Floats
    margins: tuple[Margin, ...]
    mergers: tuple[Merger, ...] = ()
    converged: bool = True
    sweeps: int = 1
    discrepancy: float = 0.0
    at_bound: int = 0

    @property
    def effective_size(self) -> float:
        """Kish's effective sample size of the weights."""
        return effective_size(self.weights)


def effective_size(weights: Floats) -> float:
    """(Σw)² / Σw²: as many people with equal weights would tell as much (Kish 1965, *Survey Sampling*, eq. 11.7.6).

    Between 1 and n, and n when all weights are the same. Raises NobodyAnsweredError when there is no positive weight.
    """
    squares = float(np.square(weights).sum())
    if not squares:
        raise NobodyAnsweredError("there is no positive weight")
    return float(weights.sum()) ** 2 / squares


def design_weights(strata: Codes, populations: Sequence[int], drawn: Sequence[int]) -> Floats:
    """N_h / n_h for every person's stratum h (Horvitz and Thompson 1952). Raises WeightingError when n_h > N_h."""
    whole, part = np.asarray(populations, dtype=float), np.asarray(drawn, dtype=float)
    if (part > whole).any() or (part[strata] == 0).any():
        raise WeightingError("a stratum has more people drawn than there are, or somebody of whom nobody was drawn")
    found: Floats = whole[strata] / part[strata]
    return found


def collapse(margin: Margin, minimum: int = 1) -> tuple[Margin, tuple[Merger, ...]]:
    """The margin without categories that have people but fewer than `minimum` (≥ 1) answers, and the mergers.

    The category with the fewest answers goes first (equals: the earlier); it joins the neighbour (ordered) or other
    category with the fewest answers, and so on. Categories of nobody stay as they are. Order and totals are kept.
    """
    if minimum < 1:
        raise WeightingError("a weight needs at least 1 answer")
    groups = [[place] for place in range(len(margin.names))]
    people, totals = margin.people, list(margin.totals)
    while len(small := [at for at, total in enumerate(totals) if total and people[at] < minimum]) and len(groups) > 1:
        at = min(small, key=lambda place: people[place])
        others = [place for place in range(len(groups)) if place != at and (totals[place] or margin.ordered)]
        if margin.ordered:
            others = [place for place in others if abs(place - at) == 1]
        if not others:
            break
        first, second = sorted((at, min(others, key=lambda place: people[place])))
        groups[first] = sorted(groups[first] + groups.pop(second))
        people[first] += people.pop(second)
        totals[first] += totals.pop(second)
    lookup = np.empty(len(margin.names), dtype=np.intp)
    for at, group in enumerate(groups):
        lookup[group] = at
    names = tuple(" + ".join(margin.names[place] for place in group) for group in groups)
    mergers = tuple(
        Merger(margin.name, tuple(margin.names[place] for place in group), people[at])
        for at, group in enumerate(groups)
        if len(group) > 1
    )
    return Margin(margin.name, names, tuple(totals), lookup[margin.codes], margin.ordered), mergers


def nonresponse_weights(
    weights: Floats, classes: Codes, names: tuple[str, ...], answered: NDArray[np.bool_], minimum: int = 1
) -> Weighting:
    """Weights of those who answered, raised within each class to stand for those of it who didn't.

    w_i = d_i · Σ_{class} d / Σ_{class, answered} d: the weighting-class adjustment (Oh and Scheuren 1983; Kalton and
    Flores-Cervantes 2003), unbiased if within a class answering has nothing to do with the answer. All
    arrays are over the people asked; the result's over those who answered, in the same order.
    """
    if not answered.any():
        raise NobodyAnsweredError("nobody answered")
    totals = np.bincount(classes, weights, minlength=len(names))
    margin, mergers = collapse(Margin("class", names, tuple(totals.tolist()), classes[answered]), minimum)
    base = weights[answered]
    sums = np.bincount(margin.codes, base, minlength=len(margin.names))
    raised: Floats = base * (np.asarray(margin.totals)[margin.codes] / sums[margin.codes])
    return Weighting(raised, (margin,), mergers)
