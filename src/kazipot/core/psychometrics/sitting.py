"""One live sitting: what comes next, given the answers so far.

Nothing is kept between steps but the answers themselves, so that a sitting can be replayed from its record at any
time, and by anybody, to the same items and the same decision.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kazipot.core.psychometrics.pool import Pool, refuse_unfillable
from kazipot.core.psychometrics.selection import choose, mark_taken, worth_at
from kazipot.core.psychometrics.stopping import OPEN, Gauge, Rules, decide, gauge, standing

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
FIRST = np.zeros(1, np.int64)


@dataclass(frozen=True, slots=True)
class Test:
    """A pool with rules, and what follows from both: information (J,) at the pass mark, and for each step (longest,)
    the information that the items after it may still carry, 0 after the last."""

    pool: Pool
    rules: Rules
    gauge: Gauge
    at_cut: Floats
    remaining: Floats


def test_of(pool: Pool, rules: Rules) -> Test:
    """A test made ready. Raises Unusable for rules that can't be asked for or that the pool can't fulfil."""
    of = gauge(rules, pool.grid)
    refuse_unfillable(pool, min_items=rules.min_items, max_items=rules.max_items, max_exposure=rules.max_exposure)
    at_cut = pool.information_at(rules.cut)
    best = np.sort(at_cut)[::-1][: rules.max_items]
    remaining = np.append(np.cumsum(best[:0:-1])[::-1], 0.0)
    return Test(pool, rules, of, at_cut, remaining)


@dataclass(frozen=True, slots=True)
class Next:
    """The next item (its number in the pool) or None at the end; the decision (OPEN until then, and after it for who
    stays undecided); mean and standard deviation of the posterior."""

    item: int | None
    decision: int
    mean: float
    sd: float


def following(test: Test, answers: Sequence[tuple[int, int]], eligible: Bools | None = None) -> Next:
    """What follows after answers (item, category) in their order; `eligible` (J,): see `exposure.eligible`.

    Raises ValueError for an item or a category that the pool does not have, and for an item answered twice.
    """
    pool, rules = test.pool, test.rules
    items = np.array([item for item, _category in answers], np.int64)
    given = np.array([category for _item, category in answers], np.int64)
    refuse_answers(pool, answers)
    logs = pool.log_p[items, given].sum(axis=0)[None, :] if answers else np.zeros((1, pool.grid.nodes.size))
    now = standing(test.gauge, logs)
    mean, sd = float(now.mean[0]), float(now.sd[0])
    if len(answers) >= rules.min_items:
        rest = test.remaining[min(len(answers), rules.max_items) - 1]
        decision, over = decide(test.gauge, logs, now, np.array([rest]))
        if over[0]:
            return Next(None, int(decision[0]), mean, sd)
    taken = np.zeros((1, pool.size), bool)
    for item in items:
        mark_taken(pool, taken, FIRST, item[None])
    counts = np.bincount(pool.area[items], minlength=len(pool.areas))[None, :]
    worth = test.at_cut if rules.target == "cut" else worth_at(pool, now.mean)
    chosen = choose(pool, worth, taken, counts, len(answers), None if eligible is None else eligible[None, :])
    return Next(int(chosen[0]), OPEN, mean, sd)


def refuse_answers(pool: Pool, answers: Sequence[tuple[int, int]]) -> None:
    """Raises ValueError for an item or a category that the pool does not have, and for an item answered twice."""
    if not answers:
        return
    items = np.array([item for item, _category in answers], np.int64)
    given = np.array([category for _item, category in answers], np.int64)
    if items.min() < 0 or items.max() >= pool.size:
        raise ValueError("an answer to an item that is not in the pool")
    if given.min() < 0 or (given >= pool.categories[items]).any():
        raise ValueError("an answer that the item does not have")
    if len(set(items.tolist())) < items.size:
        raise ValueError("an item answered twice")
