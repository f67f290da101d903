"""Distractors: which wrong options draw whom, and whether one of them draws those who know more."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
RARE = 0.05


@dataclass(frozen=True, slots=True)
class Option:
    """An option of an item: the share of people who chose it, in the lowest, middle and highest third by ability too;
    the point-biserial correlation of choosing it with ability; and what is wrong with it: "" if nothing, "rare" for a
    distractor that hardly anybody takes, "attracts the able" for one that the able prefer, "repels the able" for a key
    that they avoid."""

    option: int
    key: bool
    share: float
    by_third: tuple[float, float, float]
    correlation: float
    fault: str


def options(chosen: Ints, ability: Floats, key: int, number: int) -> list[Option]:
    """The options 0 … number − 1 of an item, from the option chosen (N,) and ability (N,) (Haladyna 2004, ch. 9)."""
    third = np.searchsorted(np.quantile(ability, [1 / 3, 2 / 3]), ability, side="right")
    found = []
    for option in range(number):
        took = chosen == option
        shares = tuple(float(took[third == part].mean()) if (third == part).any() else 0.0 for part in range(3))
        varies = took.any() and not took.all() and ability.std() > 0
        correlation = float(np.corrcoef(took, ability)[0, 1]) if varies else 0.0
        fault = _fault(option == key, float(took.mean()), correlation)
        found.append(
            Option(option, option == key, float(took.mean()), (shares[0], shares[1], shares[2]), correlation, fault)
        )
    return found


def _fault(key: bool, share: float, correlation: float) -> str:
    if key:
        return "repels the able" if correlation <= 0 else ""
    if share < RARE:
        return "rare"
    return "attracts the able" if correlation > 0 else ""
