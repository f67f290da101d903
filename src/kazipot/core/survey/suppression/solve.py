"""Which cells to hide besides the small ones, so that as few as possible are lost (secondary suppression).

Up to `EXACT_CLASSES` classes that may be shown, the pattern is optimal if the search ends within its limits: the
branch-and-cut of Fischetti and Salazar-González (2001), with whole programs by HiGHS between rounds of cuts. Above,
one program over the conditions of single relations gives a pattern and a lower bound of the lost cells; what it
leaves too narrow is repaired flow by flow. Both end with a pattern in which every hidden cell is as wide as asked.
"""

import math
from dataclasses import dataclass

import numpy as np

from kazipot.core.survey.suppression.cover import Master, master_of
from kazipot.core.survey.suppression.oracle import (
    TOLERANCE,
    Reach,
    components,
    cuts_against,
    fresh_reach,
    narrow_after_all,
    widen,
)
from kazipot.core.survey.suppression.problem import Problem
from kazipot.core.survey.suppression.programs import Reals
from kazipot.core.survey.suppression.repair import repair
from kazipot.core.survey.suppression.table import Mask

EXACT_CLASSES = 250
"""Up to so many classes that may be shown, an optimal pattern is looked for."""
PRUNE_CLASSES = 700
"""Up to so many hidden classes, each is tried whether it can be shown after all."""
ROUNDS, NODES = 40, 2_000
"""Limits of the search for an optimal pattern: rounds of cuts, nodes of each program."""
TIGHTENINGS = 40
GAP, FEW_NODES = 0.01, 100
TILT = 0.03
"""Costs differ by up to 3 %: of equally many cells the smaller ones are hidden, and the same ones in every round."""
SPREADS = (0.1, 0.5)
"""How much of the tilt is scattered, in the first try and the second."""
GOLDEN = (math.sqrt(5) - 1) / 2


@dataclass(frozen=True, slots=True)
class Pattern:
    """Which classes are hidden, how many cells that costs, a lower bound of it, and whether it is the least."""

    hidden: Mask
    cost: int
    bound: int
    optimal: bool


def suppress(problem: Problem, *, exact_classes: int = EXACT_CLASSES) -> Pattern:
    """A safe pattern that loses few cells; the same problem gives the same pattern."""
    if not problem.must.any():
        return Pattern(problem.must.copy(), 0, 0, True)
    weights = problem.weights
    hidden, bound = _by_cover(problem)
    if int(weights[hidden].sum()) > bound and (~problem.must).sum() <= exact_classes:
        hidden, bound = _by_cuts(problem, hidden, bound)
    cost = int(weights[hidden].sum())
    return Pattern(hidden, cost, min(bound, cost), cost <= bound)


def _by_cover(problem: Problem) -> tuple[Mask, int]:
    """The heuristic: a cover, repaired, settled and pruned; with a lower bound.

    If it isn't known to be optimal and the table is not too large, once more with other costs of equal cells.
    """
    weights = problem.weights
    hidden, master = _from_cover(problem, SPREADS[0])
    master.costs = weights.astype(float)
    bound = _rounded(master.tighten(TIGHTENINGS))
    for spread in SPREADS[1:]:
        if hidden.sum() <= PRUNE_CLASSES and weights[hidden].sum() > bound:
            other, _ = _from_cover(problem, spread)
            hidden = other if weights[other].sum() < weights[hidden].sum() else hidden
    return hidden, bound


def _from_cover(problem: Problem, spread: float) -> tuple[Mask, Master]:
    master = master_of(problem, _tilted(problem, spread))
    master.tighten(TIGHTENINGS)
    hidden, _ = master.solve(gap=GAP, nodes=FEW_NODES, rounds=0)
    hidden = _finished(problem, hidden)
    if hidden.sum() <= PRUNE_CLASSES:
        hidden = _finished(problem, _pruned(problem, hidden))
    return hidden, master


def _tilted(problem: Problem, spread: float) -> Reals:
    """Costs of hiding: cells, and up to 3 % more, the larger the count is; a share `spread` of that is scattered."""
    size = np.log1p(problem.values) / np.log1p(max(int(problem.values.max()), 1))
    scattered = np.arange(size.size) * GOLDEN % 1
    return np.asarray(problem.weights * (1 + TILT * ((1 - spread) * size + spread * scattered)))


def _by_cuts(problem: Problem, best: Mask, bound: int) -> tuple[Mask, int]:
    """Rounds of whole programs and cuts, until the bound meets the best pattern or the limits are reached."""
    weights = problem.weights
    master = Master(problem, weights.astype(float), master_of(problem, weights.astype(float)).conditions)
    master.tighten(TIGHTENINGS)
    for _ in range(ROUNDS):
        hidden, least = master.solve(gap=0.0, nodes=NODES, rounds=ROUNDS)
        bound = max(bound, _rounded(least))
        if bound >= weights[best].sum():
            break
        cuts = cuts_against(problem, hidden)
        other = _finished(problem, hidden)
        if weights[other].sum() < weights[best].sum():
            best = other
        if not cuts or bound >= weights[best].sum():
            break
        master.add(cuts)
    return best, bound


def _rounded(least: float) -> int:
    """The least whole number of cells that a bound allows."""
    return math.ceil(least - 1e-4)


def _finished(problem: Problem, start: Mask) -> Mask:
    """The pattern with what has to be hidden besides, and without what can be subtracted anyway."""
    hidden, reach = start.copy(), fresh_reach(problem)
    costs = problem.weights.astype(float)
    narrow: list[int] = []
    for component in components(problem, hidden, problem.needs):
        if component.part.size <= PRUNE_CLASSES:
            narrow.extend(narrow_after_all(component, reach))
        else:
            widen(component, reach)
            narrow.extend(component.part[component.short(reach)].tolist())
    repair(problem, hidden, reach, narrow, costs)
    for _ in range(ROUNDS):
        narrow = _settle(problem, hidden, reach)
        if not narrow:
            break
        repair(problem, hidden, reach, narrow, costs)
    return hidden


def _settle(problem: Problem, hidden: Mask, reach: Reach) -> list[int]:
    """Show the classes that can be subtracted anyway and needn't be hidden; returns those narrower than 1."""
    rows = problem.rows
    while True:
        lone = abs(rows[abs(rows) @ hidden.astype(float) == 1]).sum(axis=0) > 0
        lone &= hidden & ~problem.must
        if not lone.any():
            break
        hidden[lone] = False
    needs = np.where(problem.must, problem.needs, 1)
    narrow = [cell for part in components(problem, hidden, needs) for cell in narrow_after_all(part, reach)]
    useless = [cell for cell in narrow if reach.width(cell) < TOLERANCE and not problem.must[cell]]
    hidden[useless] = False
    return [cell for cell in narrow if hidden[cell]]


def _pruned(problem: Problem, start: Mask) -> Mask:
    """The pattern without classes that no small cell needs, the dearest and largest first."""
    hidden = start.copy()
    by_class = problem.rows.T.tocsr()
    free = np.flatnonzero(hidden & ~problem.must)
    for cell in sorted(free.tolist(), key=lambda j: (-problem.weights[j], -problem.values[j], j)):
        hidden[cell] = False
        rows = by_class.indices[by_class.indptr[cell] : by_class.indptr[cell + 1]]
        near = abs(problem.rows[rows]).sum(axis=0) > 0
        hidden[cell] = not _is_safe(problem, hidden, near)
    return hidden


def _is_safe(problem: Problem, hidden: Mask, near: Mask) -> bool:
    """Whether all components that touch `near` are as wide as they need."""
    reach = fresh_reach(problem)
    lonely = abs(problem.rows) @ hidden.astype(float) == 1
    if (abs(problem.rows[lonely]) @ (hidden & problem.must).astype(float)).any():
        return False
    parts = (part for part in components(problem, hidden, problem.needs) if near[part.part].any())
    return not any(narrow_after_all(part, reach) for part in parts)
