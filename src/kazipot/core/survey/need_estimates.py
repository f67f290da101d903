"""Estimates of a needs analysis for everybody asked: weights, means, shares and counts with intervals, by group.

*Weights.* A person asked stands for d = N_h/n_h of their stratum (1 without a sample). Weights of those who answered
are raked to the known totals of everybody asked by unit kind and by job family (`raking`); categories with fewer than
`FEWEST_IN_CATEGORY` answers are merged, and it is told which. Where the margins contradict each other, kinds decide
alone.

*Large groups* (at least `LARGE` answers) are estimated with these weights. *Small ones* get one weight for all of their
people, everybody asked there divided by those who answered: weighted sums of few people beside plain ones would
tell subgroups apart by solving two equations. Variances are those of `linearisation`, with the finite-population
correction of the strata; intervals of shares are Korn and Graubard's, of means Student's (`estimates`).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kazipot.core.survey.estimates import Estimates, counts, means, shares
from kazipot.core.survey.linearisation import Grouping, Respondents
from kazipot.core.survey.raking import rake
from kazipot.core.survey.weighting import Codes, Floats, Margin, Merger, effective_size

FEWEST_IN_CATEGORY = 10
LARGE = 100
INTERVALS = {"share": "korn-graubard", "mean": "student", "count": "korn-graubard"}


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """Everybody asked: `design` weights d (shape (N,)), and codes of stratum, kind and family into the names.

    `rows` are the places of those who answered among them, shape (n,), in the order of the answers.
    """

    design: Floats
    strata: Codes
    kinds: Codes
    families: Codes
    kind_names: tuple[str, ...]
    family_names: tuple[str, ...]
    rows: Codes


@dataclass(frozen=True, slots=True, eq=False)
class Weighted:
    """Weights of those who answered (shape (n,)) as `Respondents`, with what was done to get them."""

    respondents: Respondents
    margins: tuple[str, ...]
    mergers: tuple[Merger, ...]
    converged: bool
    effective_size: float


@dataclass(frozen=True, slots=True, eq=False)
class Figures:
    """Estimates of G groups × C competences, shape (G, C), and `levels` (G, C, 5) if asked for."""

    own: Estimates
    needed: Estimates
    below: Estimates
    share: Estimates
    needs: Estimates
    levels: Estimates | None


def weighted(asked: Asked) -> Weighted:
    """The weights. Raises NobodyAnsweredError when there is no answer."""
    base = asked.design[asked.rows]
    populations = np.bincount(asked.strata, asked.design)
    margins = [
        _margin("kind", asked.kind_names, asked.kinds, asked),
        _margin("family", asked.family_names, asked.families, asked),
    ]
    found = rake(base, margins, minimum=FEWEST_IN_CATEGORY)
    names: tuple[str, ...] = ("kind", "family")
    if not found.converged:
        found, names = rake(base, margins[:1], minimum=FEWEST_IN_CATEGORY), ("kind",)
    known = np.maximum(np.round(populations), np.bincount(asked.strata[asked.rows], minlength=len(populations)))
    people = Respondents(found.weights, asked.strata[asked.rows], known.tolist(), found.margins, base)
    return Weighted(people, names, found.mergers, found.converged, effective_size(found.weights))


def _margin(name: str, names: tuple[str, ...], codes: Codes, asked: Asked) -> Margin:
    totals = np.bincount(codes, asked.design, minlength=len(names))
    return Margin(name, names, tuple(totals.tolist()), codes[asked.rows])


def by_group(groups: Codes, size: int, of_asked: Floats) -> Respondents:
    """Everybody of a group with one weight: N_g / n_g, groups as strata. `of_asked` is N_g (shape (G,))."""
    answered = np.bincount(groups, minlength=size)
    known = np.maximum(np.round(of_asked), answered)
    return Respondents((known / np.maximum(answered, 1))[groups], groups, known.tolist())


def figures(
    respondents: Respondents,
    grouping: Grouping,
    own: NDArray[np.int8],
    needed: NDArray[np.int8],
    wants: NDArray[np.int8],
    *,
    with_levels: bool,
) -> Figures:
    """The estimates of levels (shape (n, C), −1: not asked) and of the wish (1, 0, −1)."""
    below = np.where(own < 0, -1, own < needed)
    return Figures(
        own=means(respondents, grouping, _values(own)),
        needed=means(respondents, grouping, _values(needed)),
        below=shares(respondents, grouping, _codes(below), 2),
        share=shares(respondents, grouping, _codes(wants), 2),
        needs=counts(respondents, grouping, _codes(wants), 2),
        levels=shares(respondents, grouping, _codes(own), 5) if with_levels else None,
    )


def _values(levels: NDArray[np.int8]) -> Floats:
    return np.where(levels < 0, np.nan, levels.astype(float))


def _codes(levels: NDArray[np.int8]) -> Codes:
    return levels.astype(np.intp)


def interval(estimates: Estimates, *place: int, digits: int) -> list[float | None]:
    """[value, lower, upper] at a place, rounded; None where unknown."""
    return [
        None if np.isnan(part[place]) else round(float(part[place]), digits)
        for part in (estimates.value, estimates.lower, estimates.upper)
    ]


def codes_of(values: Sequence[str]) -> tuple[tuple[str, ...], Codes]:
    """The names in order and the code of each value."""
    names, codes = np.unique(np.asarray(values, dtype=object).astype(str), return_inverse=True)
    return tuple(names.tolist()), codes.ravel().astype(np.intp)
