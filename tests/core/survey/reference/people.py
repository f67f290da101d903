"""An invented survey, made from a seed, on which R's survey package and the cellar are compared.

`PYTHONPATH=. python -m tests.core.survey.reference.people FOLDER` writes sample.csv and margins.csv; then
`Rscript survey.R FOLDER` writes expected.csv and weights.csv, which are kept beside this file (R 4.2.2, survey 4.1-1
of Debian 12, run by hand). Only `Random.random()` is used: its sequence doesn't change between versions of Python.
"""

import csv
import sys
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from random import Random

KINDS, JOBS, AGES, UNITS = (
    ("office", "service", "school"),
    ("care", "clerk", "field", "lead"),
    ("-39", "40-54", "55-"),
    9,
)
STRATA = (40, 90, 150, 210, 260, 330, 420, 500)
DRAWN = (40, 20, 30, 42, 40, 55, 60, 62)
LEVELS = 5


@dataclass(frozen=True)
class Person:
    stratum: int
    kind: int
    job: int
    age: int
    unit: int
    level: int
    score: float


def population() -> list[Person]:
    """2,000 people in eight strata; what they say depends on stratum, job and age."""
    rng = Random(20261125)
    people = []
    for stratum, size in enumerate(STRATA):
        for _ in range(size):
            kind = min(int(rng.random() * 2) + stratum // 4, 2)
            job, age = int(rng.random() ** 1.3 * 4), int(rng.random() * 3)
            unit = min(int(rng.random() * 3) + stratum, UNITS - 1)
            pull = 0.9 * rng.random() + 0.15 * job - 0.12 * age + 0.04 * stratum
            level = max(0, min(LEVELS - 1, int(pull * LEVELS)))
            people.append(Person(stratum, kind, job, age, unit, level, round(10 * pull + rng.random(), 3)))
    return people


def sample(people: list[Person]) -> list[Person]:
    """The DRAWN of each stratum with the lowest random numbers; of older people fewer, so that raking has work."""
    rng = Random(7)
    keyed = [(rng.random() * (1 + 0.5 * person.age + 0.2 * person.kind), at) for at, person in enumerate(people)]
    chosen: list[int] = []
    for stratum, (start, stop) in enumerate(pairwise(accumulated(STRATA))):
        chosen += sorted(at for _, at in sorted(keyed[start:stop])[: DRAWN[stratum]])
    return [people[at] for at in chosen]


def accumulated(sizes: tuple[int, ...]) -> list[int]:
    return [sum(sizes[:count]) for count in range(len(sizes) + 1)]


def totals(people: list[Person], name: str, count: int) -> list[int]:
    """How many people of the population are in each category."""
    codes = [getattr(person, name) for person in people]
    return [codes.count(code) for code in range(count)]


def write(folder: Path) -> None:
    everyone = population()
    with (folder / "sample.csv").open("w", newline="") as file:
        lines = csv.writer(file)
        lines.writerow(["stratum", "kind", "job", "age", "unit", "level", "score", "known", "drawn"])
        for p in sample(everyone):
            row = [p.stratum, p.kind, p.job, p.age, p.unit, p.level, p.score, STRATA[p.stratum], DRAWN[p.stratum]]
            lines.writerow(row)
    with (folder / "margins.csv").open("w", newline="") as file:
        lines = csv.writer(file)
        lines.writerow(["margin", "code", "total"])
        for name, count in (("kind", len(KINDS)), ("job", len(JOBS)), ("age", len(AGES))):
            lines.writerows([name, code, total] for code, total in enumerate(totals(everyone, name, count)))


if __name__ == "__main__":
    write(Path(sys.argv[1]))
