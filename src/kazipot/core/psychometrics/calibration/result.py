"""What a calibration gives."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from kazipot.core.psychometrics.irt import Item


@dataclass(frozen=True, slots=True)
class Estimate:
    """A calibrated item, the standard errors of a, of each b and of c (nan for what was held fixed or not asked for),
    how many answers it rests on, and whether it was held fixed."""

    item: Item
    se_a: float
    se_b: tuple[float, ...]
    se_c: float
    answers: int
    fixed: bool


@dataclass(frozen=True, slots=True)
class Population:
    """A group's ability: normal with this mean and standard deviation; the first group is N(0, 1) unless items were
    held fixed."""

    mean: float
    sd: float
    se_mean: float
    se_sd: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """Items on the scale of the reference population, with the fit of the whole.

    `parameters`: how many were estimated; `steps`: passes over the data; `last_change`: the largest change in the last
    one; `errors_from`: "observed information", "cross-products" or "", by which the standard errors were found.
    """

    model: str
    estimates: tuple[Estimate, ...]
    populations: tuple[Population, ...]
    log_likelihood: float
    persons: int
    parameters: int
    steps: int
    last_change: float
    errors_from: str

    @property
    def items(self) -> tuple[Item, ...]:
        """The calibrated items, in the order of the data."""
        return tuple(estimate.item for estimate in self.estimates)

    @property
    def aic(self) -> float:
        """Akaike's criterion, −2 log L + 2p (Akaike 1974)."""
        return 2.0 * self.parameters - 2.0 * self.log_likelihood

    @property
    def bic(self) -> float:
        """Schwarz's criterion, −2 log L + p log N (Schwarz 1978)."""
        return float(np.log(self.persons)) * self.parameters - 2.0 * self.log_likelihood


Fixed = Mapping[str, Item]
"""Items by name whose parameters are known and stay as they are."""
