"""Shadow tests: before each item a whole test is assembled that keeps every rule, and its best free item is shown.

van der Linden and Reese (1998). The assembly is a small integer programme, solved by HiGHS; costs are milliseconds
where choosing by shares costs microseconds, so that it is an option for rules that shares can't express.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp

from kazipot.core.psychometrics.errors import Fault, Unusable
from kazipot.core.psychometrics.pool import Pool

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Limits:
    """A full-length test: `length`, and the fewest and most items of each area."""

    length: int
    areas: Mapping[str, tuple[int, int]]


def shadow_item(
    pool: Pool, limits: Limits, worth: Floats, answered: Sequence[int], eligible: Bools | None = None
) -> int:
    """The most informative item that isn't answered yet in the best test that keeps the limits and has all answered.

    `worth` (J,): information; `eligible` (J,): items that may be added. Raises Unusable when no test keeps the limits.
    """
    shown = shadow_test(pool, limits, worth, answered, eligible)
    free = [item for item in shown if item not in set(answered)]
    if not free:
        raise Unusable([Fault("test_complete", found=str(len(answered)))])
    return max(free, key=lambda item: float(worth[item]))


def shadow_test(
    pool: Pool, limits: Limits, worth: Floats, answered: Sequence[int], eligible: Bools | None = None
) -> list[int]:
    """The items of the best test that keeps the limits and holds all answered ones."""
    lower, upper = np.zeros(pool.size), np.ones(pool.size)
    if eligible is not None:
        upper[~eligible] = 0.0
    held = np.array(answered, np.int64)
    lower[held], upper[held] = 1.0, 1.0
    rows, least, most = [np.ones(pool.size)], [float(limits.length)], [float(limits.length)]
    for place, area in enumerate(pool.areas):
        if area in limits.areas:
            rows.append((pool.area == place).astype(float))
            least.append(float(limits.areas[area][0]))
            most.append(float(limits.areas[area][1]))
    for group in _enemy_groups(pool):
        row = np.zeros(pool.size)
        row[group] = 1.0
        rows.append(row)
        least.append(0.0)
        most.append(1.0)
    found = milp(
        -worth,
        constraints=LinearConstraint(np.array(rows), least, most),
        integrality=np.ones(pool.size),
        bounds=Bounds(lower, upper),
    )
    if found.x is None:
        raise Unusable([Fault("no_test", needed=str(limits.length))])
    return [int(item) for item in np.flatnonzero(found.x > 0.5)]


def _enemy_groups(pool: Pool) -> list[list[int]]:
    words: dict[str, list[int]] = {}
    for number, item in enumerate(pool.items):
        for word in item.enemies.split():
            words.setdefault(word, []).append(number)
    return [members for members in words.values() if len(members) > 1]
