"""Response times: who answers faster than anybody can read, and items that take longer than they are worth."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
RAPID_SHARE, RAPID_MOST = 0.10, 10.0


@dataclass(frozen=True, slots=True)
class Times:
    """Log-normal model of seconds: log t of person i on item j is N(intensity_j − speed_i, 1 / discrimination_j²).

    `intensity`, `discrimination` (J,), `speed` (N,) with mean 0; `residual` (N, J) standardised, nan where not given.
    """

    intensity: Floats
    discrimination: Floats
    speed: Floats
    residual: Floats


def lognormal(seconds: Floats, *, rounds: int = 200) -> Times:
    """The model of van der Linden (2006, eq. 1) by alternating weighted least squares; `seconds` (N, J), nan where not
    given. Raises ValueError for times that aren't positive."""
    given = np.isfinite(seconds)
    if (seconds[given] <= 0).any():
        raise ValueError("a response time is not positive")
    logs = np.where(given, np.log(np.where(given, seconds, 1.0)), 0.0)
    speed, precision = np.zeros(len(seconds)), np.ones(seconds.shape[1])
    for _round in range(rounds):
        intensity = ((logs + speed[:, None]) * given).sum(axis=0) / given.sum(axis=0)
        weight = given * precision
        before, speed = speed, ((intensity - logs) * weight).sum(axis=1) / np.maximum(weight.sum(axis=1), 1e-12)
        speed = speed - speed.mean()
        error = np.where(given, logs - intensity + speed[:, None], 0.0)
        freedom = np.maximum(given.sum(axis=0) * (1 - 1 / np.maximum(given.sum(axis=1).mean(), 1.001)), 1.0)
        precision = freedom / np.maximum((error**2).sum(axis=0), 1e-9)
        if np.abs(speed - before).max() < 1e-9:
            break
    residual = np.where(given, error * np.sqrt(precision), np.nan)
    return Times(intensity, np.sqrt(precision), speed, residual)


def rapid(seconds: Floats) -> Bools:
    """Answers (N, J) faster than a tenth of the item's mean time, at most 10 s: no solution behaviour (NT10: Wise and
    Ma 2012)."""
    given = np.isfinite(seconds)
    mean = np.where(given, seconds, 0.0).sum(axis=0) / np.maximum(given.sum(axis=0), 1)
    return np.asarray(given & (np.where(given, seconds, np.inf) < np.minimum(RAPID_SHARE * mean, RAPID_MOST)))


def effort(seconds: Floats) -> Floats:
    """The share of a person's answers (N,) that were not rapid (response time effort: Wise and Kong 2005)."""
    given = np.isfinite(seconds)
    found: Floats = 1 - rapid(seconds).sum(axis=1) / np.maximum(given.sum(axis=1), 1)
    return found
