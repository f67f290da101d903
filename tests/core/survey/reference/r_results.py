"""R's results for the invented survey, and the survey as arrays."""

import csv
from functools import cache
from pathlib import Path

import numpy as np

from kazipot.core.survey.linearisation import Grouping, Respondents
from kazipot.core.survey.raking import rake
from kazipot.core.survey.weighting import Codes, Floats, Margin, Weighting, design_weights
from tests.core.survey.reference.people import (
    AGES,
    DRAWN,
    JOBS,
    KINDS,
    STRATA,
    UNITS,
    population,
    sample,
    totals,
)

HERE = Path(__file__).parent
WHOLE = -1


def column(name: str) -> Codes:
    """One column of the sample, as codes."""
    return np.array([getattr(person, name) for person in sample(population())], dtype=np.intp)


def scores() -> Floats:
    return np.array([[person.score] for person in sample(population())])


def margins() -> list[Margin]:
    everyone = population()
    return [
        Margin(name, names, tuple(map(float, totals(everyone, name, len(names)))), column(name))
        for name, names in (("kind", KINDS), ("job", JOBS), ("age", AGES))
    ]


def base() -> Floats:
    return design_weights(column("stratum"), STRATA, DRAWN)


@cache
def raked() -> Weighting:
    return rake(base(), margins(), tolerance=1e-12)


def respondents(design: str) -> Respondents:
    """The sample with its design weights ("plain") or raked."""
    if design == "plain":
        return Respondents(base(), column("stratum"), STRATA)
    return Respondents(raked().weights, column("stratum"), STRATA, raked().margins, base())


def groupings() -> list[tuple[list[int], Grouping]]:
    """The whole and the units, each with the groups' codes in R's results."""
    units = column("unit")
    return [([WHOLE], Grouping(np.zeros_like(units), 1)), (list(range(UNITS)), Grouping(units, UNITS))]


@cache
def expected() -> dict[tuple[str, str, int, int], dict[str, float]]:
    """R's value, se, lower and upper, by design, what, group and level."""
    with (HERE / "expected.csv").open(newline="") as file:
        return {
            (line["design"], line["what"], int(line["group"]), int(line["level"])): {
                name: float("nan") if line[name] == "NA" else float(line[name])
                for name in ("value", "se", "lower", "upper")
            }
            for line in csv.DictReader(file)
        }


def weights(name: str) -> Floats:
    """R's weights: raked by rake(), calibrated or bounded by calibrate(calfun = "raking")."""
    with (HERE / "weights.csv").open(newline="") as file:
        return np.array([float(line[name]) for line in csv.DictReader(file)])
