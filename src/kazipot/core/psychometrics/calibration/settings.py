"""What is asked of a calibration: precision, priors, and how few data are too few."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from kazipot.core.psychometrics.quadrature import USUAL_NODES


@dataclass(frozen=True, slots=True)
class Priors:
    """Normal priors (mean, standard deviation) on log a, on logit c and on the difficulty of single items.

    `difficulty` takes what experts said of an item: its b is pulled towards the mean with the force of the standard
    deviation (Swaminathan, Hambleton, Sireci, Xing and Rizavi 2003). Items with more than one step have no such prior.
    """

    log_a: tuple[float, float] | None = None
    logit_c: tuple[float, float] | None = None
    difficulty: Mapping[str, tuple[float, float]] = field(default_factory=dict)


GUESSING = Priors(log_a=(0.0, 0.5), logit_c=(-1.386, 0.5))
"""For 3PL, as BILOG-MG has them: log a ~ N(0, 0.5²), and c around 0.2 (Zimowski, Muraki, Mislevy and Bock 2003)."""

LEAST_PERSONS = {"rasch": 30, "2pl": 100, "3pl": 500, "grm": 100, "gpcm": 100}
LEAST_ANSWERS = {"rasch": 15, "2pl": 30, "3pl": 200, "grm": 30, "gpcm": 30}
"""Fewer people, or fewer answers to one item, are refused: what came out would be chance. With a prior from experts
an item needs no answers of its own for a number, so that it may have as few as 5."""
LEAST_WITH_PRIOR = 5


@dataclass(frozen=True, slots=True)
class Settings:
    """How precisely to calibrate.

    `tolerance`: the largest change of a parameter in a step of EM at which it stops, small beside any standard error;
    `polish`: then go on with
    Newton's method until the change is below 1e-8, where the observed information is affordable; `errors`: compute
    standard errors; `warm`: start from a random part of the people when there are very many.
    """

    nodes: int = USUAL_NODES
    tolerance: float = 3e-4
    most_steps: int = 1500
    polish: bool = True
    errors: bool = True
    warm: bool = True
