"""How long a city's weights and estimates take: drawn, raked, and every table with its intervals.

    .venv/bin/python benchmarks/estimates.py [--people 14000 190000]

An invented city in which half of the people answered 21 questions on levels 0 to 4, with gaps. Timed are raking to
three margins, with and without bounds, and means, shares and counts with standard errors and intervals of all units,
kinds, job profiles and the whole (cells: groups × 21 questions × 11 figures). One process.
`tables-CPU` is the processor time of the tables, which says more than the wall clock on a machine that others use too.
"""

import argparse
import platform
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))

import numpy as np
import scipy

from kazipot.core.survey.estimates import counts, means, shares
from kazipot.core.survey.linearisation import Grouping, Respondents
from kazipot.core.survey.raking import rake
from kazipot.core.survey.sampling import Design, draw
from kazipot.core.survey.weighting import Codes, Margin, design_weights

QUESTIONS, LEVELS, KINDS, JOBS, AGES = 21, 5, 6, 40, 5


def margin(name: str, codes: Codes, size: int, here: Codes) -> Margin:
    totals = np.bincount(codes, minlength=size).astype(float)
    return Margin(name, tuple(map(str, range(size))), tuple(totals.tolist()), codes[here], name == "age")


def run(people: int) -> None:
    """One line of the table."""
    rng = np.random.default_rng(1)
    units = max(people // 300, 20)
    unit, job, age = (rng.integers(0, size, people) for size in (units, JOBS, AGES))
    kind = unit % KINDS
    started = time.perf_counter()
    sample = draw({at: f"{code:04}" for at, code in enumerate(unit.tolist())}, Design(people // 2, 7, "power"))
    drawn = time.perf_counter()
    here = np.array(sample.chosen)
    populations = [stratum.population for stratum in sample.strata]
    base = design_weights(unit[here], populations, [stratum.sample for stratum in sample.strata])
    margins = [margin("kind", kind, KINDS, here), margin("job", job, JOBS, here), margin("age", age, AGES, here)]
    weighting = rake(base, margins)
    raked = time.perf_counter()
    bounded = rake(base, margins, bounds=(0.5, 2))
    both = time.perf_counter()
    if not (weighting.converged and bounded.converged):
        raise SystemExit("raking did not converge")
    respondents = Respondents(weighting.weights, unit[here], populations, weighting.margins, base)
    levels = rng.integers(-1, LEVELS, (len(here), QUESTIONS))
    values = np.where(levels < 0, np.nan, levels.astype(float))
    begun, busy, groups = time.perf_counter(), time.process_time(), 0
    for codes, size in ((unit, units), (kind, KINDS), (job, JOBS), (np.zeros_like(unit), 1)):
        grouping = Grouping(codes[here], size)
        means(respondents, grouping, values)
        shares(respondents, grouping, levels, LEVELS)
        counts(respondents, grouping, levels, LEVELS)
        groups += size
    tables, work = time.perf_counter() - begun, time.process_time() - busy
    cells = groups * QUESTIONS * (2 * LEVELS + 1)
    print(
        f"{people:>8,} {len(here):>8,} {groups:>7,} {cells:>10,} {drawn - started:>7.2f} {raked - drawn:>7.2f} "
        f"{both - raked:>8.2f} {tables:>8.2f} {work:>10.2f}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, nargs="+", default=[14_000, 190_000])
    print(f"Python {platform.python_version()}, NumPy {np.__version__}, SciPy {scipy.__version__}; seconds")
    print("  people answered  groups      cells    draw    rake  bounded   tables tables-CPU")
    for people in parser.parse_args().people:
        run(people)


if __name__ == "__main__":
    main()
