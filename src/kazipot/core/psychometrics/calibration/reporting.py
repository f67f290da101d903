"""From slopes and intercepts to what people read: a, b, c with standard errors by the delta method."""

from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from kazipot.core.psychometrics.calibration.blocks import POPULATION, Block, own_places, pack
from kazipot.core.psychometrics.calibration.result import Calibration, Estimate, Fixed, Population
from kazipot.core.psychometrics.irt import Item
from kazipot.core.psychometrics.responses import Responses

Floats = NDArray[np.float64]
NAN = float("nan")


@dataclass(frozen=True, slots=True)
class Fit:
    """How an estimation ended, and how many answers each item has (J,)."""

    likelihood: float
    steps: int
    last_change: float
    errors_from: str
    answers: list[int]


def report(
    responses: Responses, blocks: list[Block], models: list[str], held: Fixed, covariance: Floats | None, fit: Fit
) -> Calibration:
    """The calibration; `covariance` (P, P) of the free values, None when errors were not asked for."""
    free = len(pack(blocks))
    places = own_places(blocks)
    estimates: dict[int, Estimate] = {}
    populations: dict[int, Population] = {}
    place = 0
    for block in blocks:
        size = block.values.shape[1]
        for row, member in enumerate(block.members):
            own = np.full((size, size), NAN)
            if block.free and covariance is not None:
                own = covariance[np.ix_(places[place : place + size], places[place : place + size])]
                place += size
            if block.model == POPULATION:
                populations[int(member)] = _population(block.values[row], own)
            else:
                name = responses.items[member]
                found = _estimate(name, block.model, block.values[row], own, fit.answers[member])
                estimates[int(member)] = (
                    Estimate(held[name], NAN, (NAN,) * len(held[name].b), NAN, fit.answers[member], True)
                    if name in held
                    else found
                )
    return Calibration(
        model=models[0] if len(set(models)) == 1 else "mixed",
        estimates=tuple(estimates[j] for j in range(len(responses.items))),
        populations=tuple(populations[g] for g in range(len(populations))),
        log_likelihood=fit.likelihood, persons=responses.persons, parameters=free, steps=fit.steps,
        last_change=fit.last_change, errors_from=fit.errors_from,
    )  # fmt: skip


def _population(values: Floats, covariance: Floats) -> Population:
    sd = float(np.exp(values[1]))
    errors = np.sqrt(np.diag(covariance))
    return Population(float(values[0]), sd, float(errors[0]), sd * float(errors[1]))


def _estimate(name: str, model: str, values: Floats, covariance: Floats, answers: int) -> Estimate:
    """b = −d / a and c = σ(γ), with var(b) = g' Σ g for g = (d / a², −1 / a)."""
    a = float(values[0])
    steps = [float(d) for d in (values[1:2] if model == "3pl" else values[1:])]
    known = covariance.tolist()
    errors = [
        sqrt((d * d * known[0][0] / a**2 - 2 * d * known[0][step] / a + known[step][step]) / a**2)
        for step, d in enumerate(steps, start=1)
    ]
    c, se_c = 0.0, NAN
    if model == "3pl":
        c = float(expit(values[2]))
        se_c = c * (1 - c) * sqrt(known[2][2])
    difficulties = tuple(-d / a for d in steps)
    return Estimate(Item(name, model, a, difficulties, c), sqrt(known[0][0]), tuple(errors), se_c, answers, False)
