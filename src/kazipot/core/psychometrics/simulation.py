"""Sittings of thousands of invented people at once, to see how long tests get and how often they err.

All people who are still at it get their next item in one pass over arrays; what decides is the same code that decides
in a live sitting.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kazipot.core.psychometrics.exposure import eligible, sympson_hetter
from kazipot.core.psychometrics.pool import Pool
from kazipot.core.psychometrics.selection import choose, mark_taken, worth_at
from kazipot.core.psychometrics.sitting import Test
from kazipot.core.psychometrics.stopping import FAIL, OPEN, PASS, decide, standing

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
AT_ONCE = 2500
TUNED_ON = 4000
NOBODY = -1


@dataclass(frozen=True, slots=True)
class Sittings:
    """n simulated sittings: `ability`, `decision` (PASS, FAIL or OPEN), `length`, `item` and `answer` (n, longest) in
    their order with −1 after the end, `mean` and `sd` of the final posterior."""

    ability: Floats
    decision: Ints
    length: Ints
    item: Ints
    answer: Ints
    mean: Floats
    sd: Floats

    def shown(self, items: int) -> Floats:
        """The share of people (J,) who were shown each item."""
        return np.bincount(self.item[self.item >= 0], minlength=items) / len(self.ability)


def simulate(
    test: Test,
    ability: Floats,
    rng: np.random.Generator,
    probabilities: Floats | None = None,
    *,
    truth: Pool | None = None,
) -> Sittings:
    """Sittings of people of given ability (n,).

    `probabilities` (J,): of being eligible, see `exposure`; `truth`: the items as they really are, by which people
    answer, where the test only knows estimates.
    """
    parts = [
        _sit(test, truth or test.pool, ability[first : first + AT_ONCE], rng, probabilities)
        for first in range(0, len(ability), AT_ONCE)
    ]
    return Sittings(*(np.concatenate(columns) for columns in zip(*parts, strict=True)))


def tuned_exposure(test: Test, rng: np.random.Generator, *, people: int = TUNED_ON) -> Floats | None:
    """Sympson and Hetter's probabilities (J,) for the population N(0, 1); None when nothing is limited.

    What is aimed at lies below the limit by three times the error of a share among 10,000 people.
    """
    limit = test.rules.max_exposure
    if limit >= 1:
        return None
    aim = limit - 3 * float(np.sqrt(limit * (1 - limit) / 10_000))

    def shown(probabilities: Floats) -> Floats:
        return simulate(test, rng.normal(size=people), rng, probabilities).shown(test.pool.size)

    return sympson_hetter(shown, test.pool.size, ceiling=aim)


def _sit(
    test: Test, truth: Pool, ability: Floats, rng: np.random.Generator, probabilities: Floats | None
) -> tuple[NDArray[np.generic], ...]:
    pool, rules, people = test.pool, test.rules, len(ability)
    may = None if probabilities is None else eligible(probabilities, people, rng)
    taken = np.zeros((people, pool.size), bool)
    counts = np.zeros((people, len(pool.areas)), np.int64)
    logs = np.zeros((people, pool.grid.nodes.size))
    item = np.full((people, rules.max_items), NOBODY)
    answer = np.full((people, rules.max_items), NOBODY)
    decision, length = np.zeros(people, np.int64), np.zeros(people, np.int64)
    mean, sd = np.zeros(people), np.ones(people)
    busy = np.arange(people)
    for step in range(rules.max_items):
        worth = test.at_cut if rules.target == "cut" else worth_at(pool, mean[busy])
        chosen = choose(pool, worth, taken[busy], counts[busy], step, None if may is None else may[busy])
        mark_taken(pool, taken, busy, chosen)
        counts[busy, pool.area[chosen]] += 1
        given = truth.draw(chosen, ability[busy], rng.random(busy.size))
        item[busy, step], answer[busy, step] = chosen, given
        logs[busy] += pool.log_p[chosen, given]
        length[busy] = step + 1
        if step + 1 < rules.min_items and rules.target == "cut":
            continue
        now = standing(test.gauge, logs[busy])
        mean[busy], sd[busy] = now.mean, now.sd
        if step + 1 >= rules.min_items:
            found, over = decide(test.gauge, logs[busy], now, np.full(busy.size, test.remaining[step]))
            decision[busy] = found
            busy = busy[~over]
            if not busy.size:
                break
    return ability, decision, length, item, answer, mean, sd


@dataclass(frozen=True, slots=True)
class Rates:
    """How sittings went. Rates of false decisions are among people truly below or above the pass mark by more than
    `half_width`; `near_cut` is the share of false decisions among the others. `undecided`: share without a decision;
    `at_maximum`: share that came to the last item. Counts let others make intervals of the rates."""

    mean_length: float
    p95_length: float
    accuracy: float
    false_pass: float
    false_fail: float
    near_cut: float
    max_exposure: float
    blueprint_violations: int
    undecided: float
    at_maximum: float
    below: int
    above: int
    near: int


def rates(test: Test, sittings: Sittings) -> Rates:
    """Rates of simulated sittings; a rate among nobody is 0. Accuracy is among those decided."""
    pool, rules = test.pool, test.rules
    truth = np.where(sittings.ability >= rules.cut, PASS, FAIL)
    wrong = (sittings.decision != OPEN) & (sittings.decision != truth)
    near = np.abs(sittings.ability - rules.cut) <= rules.half_width
    below, above = ~near & (truth == FAIL), ~near & (truth == PASS)
    decided = sittings.decision != OPEN
    return Rates(
        mean_length=float(sittings.length.mean()), p95_length=float(np.quantile(sittings.length, 0.95)),
        accuracy=1 - _share(wrong, decided), false_pass=_share(wrong, below), false_fail=_share(wrong, above),
        near_cut=_share(wrong, near), max_exposure=float(sittings.shown(pool.size).max()),
        blueprint_violations=violations(pool, sittings), undecided=float((~decided).mean()),
        at_maximum=float((sittings.length >= rules.max_items).mean()),
        below=int(below.sum()), above=int(above.sum()), near=int(near.sum()),
    )  # fmt: skip


def _share(wrong: Bools, among: Bools) -> float:
    return float(wrong[among].mean()) if among.any() else 0.0


def violations(pool: Pool, sittings: Sittings) -> int:
    """Sittings in which an area's items are fewer than its share rounded down, or more than its share rounded up."""
    if len(pool.areas) == 1:
        return 0
    area = np.where(sittings.item >= 0, pool.area[sittings.item], -1)
    counts = np.stack([(area == place).sum(axis=1) for place in range(len(pool.areas))], axis=1)
    ideal = pool.shares * sittings.length[:, None]
    off = (counts < np.floor(ideal + 1e-9)) | (counts > np.ceil(ideal - 1e-9))
    return int(off.any(axis=1).sum())


def fixed_form(test: Test, length: int) -> Ints:
    """The items (length,) of the best fixed form: most information at the pass mark, areas by their shares."""
    pool = test.pool
    taken = np.zeros((1, pool.size), bool)
    counts = np.zeros((1, len(pool.areas)), np.int64)
    form = []
    for step in range(length):
        item = choose(pool, test.at_cut, taken, counts, step)
        mark_taken(pool, taken, np.array([0]), item)
        counts[0, pool.area[item[0]]] += 1
        form.append(int(item[0]))
    return np.array(form)


def sit_fixed(test: Test, form: Ints, ability: Floats, rng: np.random.Generator) -> Sittings:
    """Sittings of people (n,) who all answer the same form and are decided by the likelier side."""
    pool, people = test.pool, len(ability)
    logs = np.zeros((people, pool.grid.nodes.size))
    answer = np.empty((people, form.size), np.int64)
    for step, item in enumerate(form):
        answer[:, step] = pool.draw(np.full(people, item), ability, rng.random(people))
        logs += pool.log_p[item, answer[:, step]]
    now = standing(test.gauge, logs)
    decision = np.where(now.log_ratio >= test.gauge.lean, PASS, FAIL)
    item = np.broadcast_to(form, (people, form.size))
    return Sittings(ability, decision, np.full(people, form.size), item, answer, now.mean, now.sd)
