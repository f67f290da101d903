"""The course of a sitting with pilot questions among those that count, from the log of what was answered alone.

Where pilot questions come, and which, follows from the sitting's seed; what counts comes as `sitting.following` says.
So anybody can go through a log again and finds the same questions, the same ability and the same decision.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kazipot.core.psychometrics.sitting import Next, Test, following, refuse_answers
from kazipot.core.psychometrics.stopping import OPEN, decide, standing

Bools = NDArray[np.bool_]
FIRST_PILOT = 2
"""Nobody begins with a question that is only tried out."""


@dataclass(frozen=True, slots=True)
class Pilot:
    """A question that is tried out and doesn't count; `enemies`: words, as of an item."""

    name: str
    enemies: str = ""


@dataclass(frozen=True, slots=True)
class Course:
    """What is settled before a sitting begins: the test, the pilot questions and at most how many of them, items held
    back so that they are not shown to too many (numbers in the pool), and the seed."""

    test: Test
    pilots: tuple[Pilot, ...] = ()
    most_pilots: int = 0
    held_back: frozenset[int] = frozenset()
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Answered:
    """One answer in the log: a question by name, and the points it earned."""

    name: str
    points: int


@dataclass(frozen=True, slots=True)
class Place:
    """Where a sitting stands: the next question by name or None at the end, whether it counts, and the standing."""

    name: str | None
    counts: bool
    standing: Next


def place_after(course: Course, log: Sequence[Answered]) -> Place:
    """What comes after a log. Raises ValueError for a log that holds what the course does not have."""
    scored, tried = _split(course, log)
    if len(log) in pilot_places(course) and (pilot := _pilot(course, log, tried)) is not None:
        return Place(pilot.name, False, following(course.test, scored, _eligible(course, tried)))
    found = following(course.test, scored, _eligible(course, tried))
    name = None if found.item is None else course.test.pool.items[found.item].name
    return Place(name, True, found)


def broken_off(course: Course, log: Sequence[Answered]) -> Place:
    """Where a sitting stands that ends here, before the rules would end it: decided by the likelier side after the
    fewest questions, undecided before."""
    test = course.test
    scored, _tried = _split(course, log)
    refuse_answers(test.pool, scored)
    logs = np.zeros((1, test.pool.grid.nodes.size))
    for item, category in scored:
        logs += test.pool.log_p[item, category]
    now = standing(test.gauge, logs)
    decision = OPEN
    if len(scored) >= test.rules.min_items:
        decision = int(decide(test.gauge, logs, now, np.zeros(1))[0][0])
    return Place(None, True, Next(None, decision, float(now.mean[0]), float(now.sd[0])))


def pilot_places(course: Course) -> frozenset[int]:
    """After how many answers a pilot question comes: drawn from the seed, before the fewest questions are over."""
    last = course.test.rules.min_items
    open_places = range(FIRST_PILOT, last)
    number = min(course.most_pilots, len(course.pilots), len(open_places))
    rng = random.Random(f"{course.seed} places")  # noqa: S311  (no secret: it is found again from the seed)
    return frozenset(rng.sample(open_places, number))


def _pilot(course: Course, log: Sequence[Answered], tried: Sequence[Pilot]) -> Pilot | None:
    """The next pilot question by the seed's order that nothing shown so far gives away."""
    items = {item.name: item.enemies for item in course.test.pool.items}
    shown = {answer.name for answer in log}
    words = {word for name in shown for word in items.get(name, "").split()}
    words |= {word for pilot in tried for word in pilot.enemies.split()}
    rng = random.Random(f"{course.seed} pilots")  # noqa: S311
    for number in rng.sample(range(len(course.pilots)), len(course.pilots)):
        pilot = course.pilots[number]
        if pilot.name not in shown and not words & set(pilot.enemies.split()):
            return pilot
    return None


def _split(course: Course, log: Sequence[Answered]) -> tuple[list[tuple[int, int]], list[Pilot]]:
    numbers = {item.name: number for number, item in enumerate(course.test.pool.items)}
    pilots = {pilot.name: pilot for pilot in course.pilots}
    scored, tried = [], []
    for answer in log:
        if answer.name in numbers:
            scored.append((numbers[answer.name], answer.points))
        elif answer.name in pilots:
            tried.append(pilots[answer.name])
        else:
            raise ValueError(f"{answer.name} is not in the course")
    return scored, tried


def _eligible(course: Course, tried: Sequence[Pilot]) -> Bools | None:
    words = {word for pilot in tried for word in pilot.enemies.split()}
    held = set(course.held_back)
    if words:
        items = enumerate(course.test.pool.items)
        held |= {number for number, item in items if words & set(item.enemies.split())}
    if not held:
        return None
    eligible = np.ones(course.test.pool.size, bool)
    eligible[sorted(held)] = False
    return eligible
