"""Drift: items that have become easier or harder since they were calibrated, for example because they got about."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.stats import norm

from kazipot.core.psychometrics.calibration.result import Estimate

SUSPICIOUS = 3.0


@dataclass(frozen=True, slots=True)
class Drift:
    """An item, how far its difficulty moved (for several steps the mean), that move in standard errors, the two-sided
    p, and whether it is beyond suspicion's bound."""

    item: str
    moved: float
    z: float
    p: float
    suspicious: bool


def drift(before: Sequence[Estimate], after: Sequence[Estimate], *, bound: float = SUSPICIOUS) -> list[Drift]:
    """z of each item's move between two calibrations on one scale (Lord 1980, eq. 14.4.1, one parameter at a time).

    The median move is taken out first, so that a few drifting items don't make the others look as if they drifted the
    other way (robust z: Huynh and Meyer 2010). Items are matched by name; those held fixed are left out.
    """
    later = {estimate.item.name: estimate for estimate in after if not estimate.fixed}
    common = [(one, later[one.item.name]) for one in before if one.item.name in later and not one.fixed]
    if not common:
        return []
    moves = np.array([np.mean(new.item.b) - np.mean(old.item.b) for old, new in common])
    errors = np.array([np.hypot(np.mean(old.se_b), np.mean(new.se_b)) for old, new in common])
    moves = moves - np.median(moves)
    z = moves / errors
    return [
        Drift(old.item.name, float(move), float(score), float(2 * norm.sf(abs(score))), bool(abs(score) > bound))
        for (old, _new), move, score in zip(common, moves, z, strict=True)
    ]
