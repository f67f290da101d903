"""SQUAREM: EM's own steps, extrapolated (Varadhan and Roland 2008, scheme S3 and sec. 7.2 on monotony)."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Step = Callable[[Floats], tuple[Floats, float] | None]
"""One step of EM: the new values, and the objective at the old ones; None where those are not allowed."""


class OutOfBounds(ArithmeticError):
    """A step led to `values` (P,) that the model does not allow: they grow without bound."""

    def __init__(self, values: Floats) -> None:
        super().__init__("a step of EM left the values that the model allows")
        self.values = values


@dataclass(frozen=True, slots=True)
class Path:
    """Where an iteration came to: values (P,), its objective, steps taken, largest last change, if that is small."""

    values: Floats
    objective: float
    steps: int
    last_change: float
    converged: bool


def squarem(step: Step, start: Floats, *, tolerance: float, most_steps: int) -> Path:
    """The fixed point of `step` from `start` (P,), until no value changes by more than `tolerance` in a step.

    Each round makes two steps, extrapolates, and makes a step from there; an extrapolation at which the objective is
    lower than at the start of the round is thrown away. Raises OutOfBounds.
    """
    values, objective, taken, change, longest = start, -np.inf, 0, np.inf, 1.0
    while taken < most_steps:
        one, objective = _made(step, values)
        change = _largest(one - values)
        if change < tolerance:
            return Path(one, objective, taken + 1, change, True)
        two, _between = _made(step, one)
        taken += 2
        change = _largest(two - one)
        if change < tolerance:
            return Path(two, objective, taken, change, True)
        rise = one - values
        bend = (two - one) - rise
        length = min(max(float(np.linalg.norm(rise) / max(np.linalg.norm(bend), 1e-300)), 1.0), longest)
        longest = longest * 4 if length == longest else longest
        trial = values + 2 * length * rise + length * length * bend
        made = step(trial) if length > 1.0 else None
        if length > 1.0:
            taken += 1
        if made is None or not made[1] >= objective - 1e-6 * abs(objective):
            longest = max(longest / 4, 1.0) if length > 1.0 else longest
            values = two
        else:
            values, objective = made
            change = _largest(made[0] - trial)
            if change < tolerance:
                return Path(values, objective, taken, change, True)
    return Path(values, objective, taken, change, False)


def _made(step: Step, values: Floats) -> tuple[Floats, float]:
    made = step(values)
    if made is None:
        raise OutOfBounds(values)
    return made


def _largest(difference: Floats) -> float:
    return float(np.abs(difference).max()) if difference.size else 0.0
