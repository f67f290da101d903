"""How long the year's analysis takes: estimates, all protected tables, audit, narrative, canonical form.

    PYTHONPATH=src .venv/bin/python benchmarks/needs_analysis.py [--people 14000 190000] [--records]

Invented people in 60 (or 300) units of 8 kinds answer about 21 competences of 5 areas; four of seven answer. The
arrays are made here: the time to read the database is not in it. With --records the same people are written into an
embedded database in a temporary folder, and the whole analysis is made from there as the product does it: reading the
records, everything the document holds (`queries.make`), the narrative, the canonical form. The goals that the project
sets itself: 14,000 people under 60 s, 190,000 under 600 s, both on two cores.
"""

import argparse
import importlib
import json
import os
import platform
import tempfile
import time

import numpy as np

from kazipot.core.survey.disclosure import protect
from kazipot.core.survey.linearisation import Grouping
from kazipot.core.survey.need_counts import shown_counts
from kazipot.core.survey.need_estimates import Asked, by_group, figures, weighted

COMPETENCES, AREAS, KINDS = 21, 5, 8
GOALS = {14_000: 60.0, 190_000: 600.0}


def run(people: int, seed: int = 1) -> None:
    """Make everything once and print a line."""
    rng = np.random.default_rng(seed)
    units = 60 if people < 100_000 else 300
    share = rng.lognormal(0, 1.0, units)
    unit = rng.choice(units, people, p=share / share.sum())
    family = rng.integers(0, 6, people)
    answered = np.flatnonzero(rng.random(people) < 4 / 7)
    ability = rng.normal(0, 1, people)[answered, None] + rng.normal(0, 1, (answered.size, COMPETENCES))
    own = np.clip(np.round(ability + 2), 0, 4).astype(np.int8)
    needed = np.clip(np.round(rng.normal(2.5, 0.8, own.shape)), 0, 4).astype(np.int8)
    wants = (rng.random(own.shape) < 0.15).astype(np.int8)
    kinds = unit % KINDS
    asked = Asked(
        np.ones(people), kinds, kinds, family, tuple(f"k{n}" for n in range(KINDS)),
        tuple(f"f{n}" for n in range(6)), answered,
    )  # fmt: skip
    began = time.perf_counter()
    raked = weighted(asked)
    places = unit[answered]
    for size, codes in ((1, np.zeros_like(places)), (KINDS, places % KINDS)):
        figures(raked.respondents, Grouping(codes, size), own, needed, wants, with_levels=True)
    of_units = by_group(places, units, np.bincount(unit, minlength=units).astype(float))
    figures(of_units, Grouping(places, units), own, needed, wants, with_levels=False)
    estimated = time.perf_counter()
    hidden, cells = protected(places, own, needed, wants, units)
    done = time.perf_counter()
    told = {"people": people, "estimates_s": round(estimated - began, 1), "protection_s": round(done - estimated, 1)}
    goal = GOALS.get(people)
    print(f"{people:>8} {units:>6} {answered.size:>9} {told['estimates_s']:>12} {told['protection_s']:>13}", end="")
    print(f" {done - began:>8.1f} {goal or '–':>6} {hidden:>8} of {cells}", flush=True)


def protected(
    places: np.ndarray, own: np.ndarray, needed: np.ndarray, wants: np.ndarray, units: int
) -> tuple[int, int]:
    """All tables of counts, as the product makes them; how many cells are hidden of how many."""
    parents: dict[str, str | None] = {"whole": None} | {f"k{n}": "whole" for n in range(KINDS)}
    by_kind = dict(parents)
    parents |= {f"u{n}": f"k{n % KINDS}" for n in range(units)}
    counts = {f"u{n}": int(count) for n, count in enumerate(np.bincount(places, minlength=units))}
    counts |= {f"k{k}": sum(counts[f"u{n}"] for n in range(k, units, KINDS)) for k in range(KINDS)}
    counts["whole"] = len(places)
    shown = protect(parents, counts)
    areas = {str(column): f"area:{column % AREAS}" for column in range(COMPETENCES)}
    hidden = cells = 0
    for is_below, tree, codes, states in (
        (False, parents, places, 1 - wants),
        (True, parents, places, 1 - (own < needed)),
        (True, by_kind, places % KINDS, own),
    ):
        prefix = "u" if tree is parents else "k"
        size = int(states.max()) + 1
        leaves = {
            (f"{prefix}{group}", str(column)): count
            for column in range(COMPETENCES)
            for group, count in enumerate(
                np.bincount(codes * size + states[:, column], minlength=(codes.max() + 1) * size).reshape(-1, size)
            )
        }
        for part in [{column: "*"} for column in areas] if is_below else [areas]:
            some = {cell: count for cell, count in leaves.items() if cell[1] in part}
            bases = [(group, column) for group in shown if group in tree for column in part]
            found = shown_counts(tree, part, some, bases, rng=np.random.default_rng(1))
            told = [counts for (_group, column), counts in found.counts.items() if column != "*" or not is_below]
            hidden += sum(one.count(None) for one in told)
            cells += sum(len(one) for one in told)
    return hidden, cells


def from_records(people: int, seed: int = 1) -> None:
    """The whole way from the records to the canonical document, and a line of it."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "kazipot.project.settings.test"
    with tempfile.TemporaryDirectory() as folder:
        os.environ["KAZIPOT_DATA"] = folder
        importlib.import_module("django").setup()
        importlib.import_module("django.core.management").call_command("migrate", verbosity=0)
        records = importlib.import_module("needs_records")
        on = records.write(people, units=60 if people < 100_000 else 300, kinds=KINDS, seed=seed)
        queries = importlib.import_module("kazipot.needs.queries")
        began = time.perf_counter()
        records.read(on)
        read = time.perf_counter()
        made = queries.make(on.year, on)
        ready = time.perf_counter()
        narrative = queries.drafted(made.content)
        said = time.perf_counter()
        document = queries.canonical({**made.content, "version": 1}, narrative, "", "benchmark")
        digest = queries.digest_of(document)
        done = time.perf_counter()
    print(f"{people:>8} {made.answered:>9} {read - began:>11.1f} {ready - read:>20.1f} {said - ready:>13.2f}", end="")
    print(f" {done - said:>13.2f} {len(document) / 1e6:>8.2f}  {digest[:12]}", flush=True)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, nargs="+", default=[14_000])
    parser.add_argument("--records", action="store_true")
    options = parser.parse_args()
    print(json.dumps({"python": platform.python_version(), "cores": os.cpu_count(), "numpy": np.__version__}))
    if options.records:
        print("  people  answered  reading, s  all of the content, s  narrative, s  canonical, s    MB")
        for people in options.people:
            from_records(people)
        return
    print("  people  units  answered  estimates, s  protection, s   all, s   goal   hidden")
    for people in options.people:
        run(people)


if __name__ == "__main__":
    main()
