"""Evidence by simulation: are parameters recovered, do standard errors cover, are the error rates kept?

    .venv/bin/python benchmarks/psychometrics_evidence.py [--data 200] [--people 100000]

Each figure comes with a 95 % confidence interval: over data sets for recovery and coverage (answers within a data set
are not independent), binomial by Wilson for error rates. `docs/methods/psychometrics.md` quotes the tables.
"""

import argparse
import os
import sys
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))

import numpy as np

from kazipot.core.psychometrics.calibration import calibrate
from kazipot.core.psychometrics.irt import Item
from kazipot.core.psychometrics.pool import Blueprint, Pool, pool_of
from kazipot.core.psychometrics.responses import from_matrix
from kazipot.core.psychometrics.simulation import rates, simulate, tuned_exposure
from kazipot.core.psychometrics.sitting import test_of
from kazipot.core.psychometrics.stopping import Rules

Z = 1.959964
DESIGNS = {"rasch": (500, 0.3), "2pl": (1000, 0.3), "3pl": (4000, 0.0), "grm": (1000, 0.3), "gpcm": (1000, 0.3)}


def true_items(model: str, number: int = 20) -> list[Item]:
    """Items of a model, the same at every call."""
    rng = np.random.default_rng(77)
    a = np.full(number, 1.1) if model == "rasch" else rng.lognormal(0.05, 0.3, number)
    b = rng.normal(0, 1, number)
    steps = (-0.9, 0.0, 0.9) if model in ("grm", "gpcm") else (0.0,)
    c = 0.2 if model == "3pl" else 0.0
    return [Item(f"i{j}", model, float(a[j]), tuple(float(b[j]) + s for s in steps), c) for j in range(number)]


def answers(pool: Pool, persons: int, missing: float, rng: np.random.Generator) -> np.ndarray:
    """Answers (persons, items); a share was never asked for."""
    ability = rng.normal(size=persons)
    table = np.stack([pool.draw(np.full(persons, j), ability, rng.random(persons)) for j in range(pool.size)], axis=1)
    return np.where(rng.random(table.shape) < missing, -1, table)


def recovery(data_sets: int) -> None:
    """Bias, RMSE and coverage of 95 % intervals for a and b of each model."""
    print(f"\nrecovery, 20 items, {data_sets} data sets")
    print(
        "model   people  missing    bias a   RMSE a    bias b   RMSE b  coverage a (95 % CI)     coverage b (95 % CI)"
    )
    for model, (persons, missing) in DESIGNS.items():
        items = true_items(model)
        pool = pool_of(items)
        errors_a, errors_b, covered_a, covered_b = [], [], [], []
        for seed in range(data_sets):
            table = answers(pool, persons, missing, np.random.default_rng(seed))
            found = calibrate(from_matrix(table, [item.name for item in items]), model).estimates
            a = np.array([one.item.a - item.a for one, item in zip(found, items, strict=True)])
            b = np.array([np.subtract(one.item.b, item.b) for one, item in zip(found, items, strict=True)])
            errors_a.append(a)
            errors_b.append(b.ravel())
            covered_a.append(np.mean(np.abs(a) < Z * np.array([one.se_a for one in found])))
            covered_b.append(np.mean(np.abs(b) < Z * np.array([one.se_b for one in found])))
        print(
            f"{model:<7} {persons:>6} {missing:>8.0%} {np.mean(errors_a):>9.4f} {_rms(errors_a):>8.4f} "
            f"{np.mean(errors_b):>9.4f} {_rms(errors_b):>8.4f}  {_interval(covered_a):<24} {_interval(covered_b)}",
            flush=True,
        )


def _rms(errors: list[np.ndarray]) -> float:
    return float(np.sqrt(np.mean(np.square(errors))))


def _interval(shares: list[np.floating]) -> str:
    mean, half = np.mean(shares), Z * np.std(shares, ddof=1) / np.sqrt(len(shares))
    return f"{mean:.3f} ({mean - half:.3f}–{mean + half:.3f})"


def _wilson(share: float, people: int) -> str:
    """Wilson's interval (Wilson 1927)."""
    middle = (share + Z * Z / (2 * people)) / (1 + Z * Z / people)
    half = Z * np.sqrt(share * (1 - share) / people + Z * Z / (4 * people**2)) / (1 + Z * Z / people)
    return f"{share:.4f} ({middle - half:.4f}–{middle + half:.4f})"


def decisions(people: int) -> None:
    """Error rates of adaptive decisions against those asked for."""
    rng = np.random.default_rng(120)
    a, b = rng.lognormal(0.05, 0.3, 120), rng.normal(size=120)
    items = [Item(str(j), "2pl", float(a[j]), (float(b[j]),), area=str(j % 5)) for j in range(120)]
    plain, parted = pool_of(items), pool_of(items, Blueprint({str(area): 0.2 for area in range(5)}))
    print(f"\ndecisions, 120 items, {people:,} people; rates among people more than 0.3 from the pass mark")
    print(
        "cut    asked  longest  design             items   false pass (95 % CI)       false fail (95 % CI)       "
        "near the cut  undecided  accuracy"
    )
    for cut, asked, longest, design in (
        (-0.3, 0.05, 40, "free"), (-0.3, 0.05, 66, "areas, 25 %"), (-0.3, 0.05, 40, "undecided"),
        (0.0, 0.05, 40, "free"), (0.8, 0.05, 40, "free"), (-1.5, 0.05, 40, "free"),
        (-1.5, 0.05, 40, "undecided"),
        (-0.3, 0.1, 40, "free"), (-0.3, 0.02, 40, "free"), (-0.3, 0.02, 80, "free"), (-0.3, 0.01, 80, "free"),
    ):  # fmt: skip
        areas = design.startswith("areas")
        rules = Rules(
            cut, asked, asked, max_items=longest, max_exposure=0.25 if areas else 1.0,
            curtail=1.2 if areas else 0.8, unsure="undecided" if design == "undecided" else "decide",
        )  # fmt: skip
        test = test_of(parted if areas else plain, rules)
        chance = np.random.default_rng(5)
        probabilities = tuned_exposure(test, chance)
        found = rates(test, simulate(test, chance.normal(size=people), chance, probabilities))
        print(
            f"{cut:>4}  {asked:>6} {longest:>8}  {design:<17} {found.mean_length:>6.1f}   "
            f"{_wilson(found.false_pass, found.below):<26} {_wilson(found.false_fail, found.above):<26} "
            f"{found.near_cut:>12.3f} {found.undecided:>10.3f} {found.accuracy:>9.3f}",
            flush=True,
        )


def main() -> int:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--data", type=int, default=200, help="data sets for recovery and coverage")
    parser.add_argument("--people", type=int, default=100_000, help="simulated people for error rates")
    parser.add_argument("--only", choices=["recovery", "decisions"])
    options = parser.parse_args()
    if options.only != "decisions":
        recovery(options.data)
    if options.only != "recovery":
        decisions(options.people)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
