"""How many cells protection costs, how long it takes, and what a published method loses on the same tables.

    PYTHONPATH=src .venv/bin/python benchmarks/disclosure.py [--tables small city city-300 country]

Tables:

- small: 200 random hierarchical tables of one to three dimensions, added up (most are solved to the optimum);
- city: 14,000 people, 60 units in 8 kinds × 21 competences in 5 areas × 4 levels (9,315 cells);
- city-300: the same people in 300 units (41,715 cells);
- country: 190,000 people in 300 units.

Columns: cells that are small (they are lost with any method), lost by us, the lower bound (no safe pattern loses
fewer), lost by the hypercube method, how many cells it leaves open (by our audit), the ratio of lost cells (ours to
the hypercube's), the ratio of cells lost besides the small ones, processor seconds for protecting and for the audit
(all on one thread, so that on an idle machine the clock shows the same).

The hypercube method is written here anew after R. D. Repsilber (1994, "Preservation of confidentiality in aggregated
data") and S. Giessing and D. Repsilber (2002, "Tools and strategies to protect multiple tables with the GHQUAR cell
suppression engine", in *Inference Control in Statistical Databases*, LNCS 2316): every subtable of a parent and its
children in each dimension in turn, from the top; for each small or hidden cell the hypercube of cells that costs
fewest new cells (of equals, the smallest counts) among those that protect it; until nothing changes. Its original
weighs counts instead of cells; here it minimises what we measure. It knows no hypercube with a zero in it.

Limits that the project sets itself: 60 s for the city, 600 s for the country, protection and audit together.
"""

import argparse
import itertools
import os
import platform
import time
from collections.abc import Iterator
from dataclasses import dataclass

import highspy
import numpy as np
from numpy.typing import NDArray

from kazipot.core.survey.suppression import (
    CountTable,
    Dimension,
    Rule,
    audit,
    dimension_from_pairs,
    protect_table,
    small_cells,
    table_from_leaves,
)

K = 5
LIMITS = {"city": 60.0, "city-300": 60.0, "country": 600.0}
AREAS = (3, 6, 4, 4, 4)
KINDS = 8


def city(units: int, people: int, seed: int = 1) -> CountTable:
    """Invented people with one level of each competence: ability by unit, person and competence."""
    rng = np.random.default_rng(seed)
    kinds = [(f"k{number}", "*") for number in range(KINDS)]
    tree = dimension_from_pairs("unit", kinds + [(f"u{number}", f"k{number % KINDS}") for number in range(units)])
    areas = [(f"{area}", "*") for area in range(1, 6)]
    competences = [(f"{area}.{number}", f"{area}") for area, size in enumerate(AREAS, 1) for number in range(size)]
    levels = dimension_from_pairs("level", [(str(level), "*") for level in range(1, 5)])
    share = rng.lognormal(0, 1.0, units)
    leaves = np.zeros((units, 21, 4), dtype=np.int64)
    for unit, size in enumerate(rng.multinomial(people, share / share.sum())):
        ability = rng.normal(rng.normal(0, 0.3), 1, size)
        for number in range(21):
            seen = ability + rng.normal(0, 1, size) + (number % 3 - 1) * 0.8
            leaves[unit, number] = np.bincount(np.clip(np.floor(seen + 2), 0, 3).astype(int), minlength=4)
    return table_from_leaves([tree, dimension_from_pairs("competence", areas + competences), levels], leaves)


def random_table(seed: int) -> CountTable:
    """A small table of one to three dimensions, trees of any shape."""
    rng = np.random.default_rng(seed)
    number = int(rng.integers(1, 4))
    trees = []
    for name in "abc"[:number]:
        codes, pairs = ["*"], []
        for code in range(int(rng.integers(2, (14, 9, 6)[number - 1]))):
            pairs.append((f"{name}{code}", codes[int(rng.integers(0, min(len(codes), 3)))]))
            codes.append(f"{name}{code}")
        trees.append(dimension_from_pairs(name, pairs))
    shape = tuple(len(tree.leaves()) for tree in trees)
    leaves = rng.poisson(rng.choice([2, 5, 10, 30]), shape) * (rng.random(shape) > 0.1)
    return table_from_leaves(trees, leaves)


def subtables(dimensions: tuple[Dimension, ...]) -> Iterator[tuple[NDArray[np.int64], ...]]:
    """The places of a parent and its children in each dimension, for each choice of parents, from the top."""
    families = [[np.array([parent, *inside]) for parent, inside in d.children().items()] for d in dimensions]
    yield from itertools.product(*families)


def hypercubes(table: CountTable) -> NDArray[np.bool_]:
    """Which cells the hypercube method hides."""
    hidden = small_cells(table.counts, Rule(K))
    need = np.where(hidden, K, 1)
    parts = [np.ix_(*axes) for axes in subtables(table.dimensions)]
    done = [-1] * len(parts)
    while True:
        before = int(hidden.sum())
        for number, part in enumerate(parts):
            if done[number] == int(hidden[part].sum()):
                continue
            inside = hidden[part]
            for spot in np.argwhere(inside):
                cube(table.counts[part], inside, need[part], tuple(spot))
            hidden[part] = inside
            done[number] = int(inside.sum())
        if int(hidden.sum()) == before:
            return hidden


def cube(counts: NDArray[np.int64], hidden: NDArray[np.bool_], need: NDArray[np.int64], spot: tuple[int, ...]) -> None:
    """Hide the best hypercube with a corner at `spot`; if none protects it, the one that protects most."""
    others = [
        np.array([place for place in range(size) if place != at]) for size, at in zip(counts.shape, spot, strict=True)
    ]
    ends = (np.full(1, counts[spot]), np.full(1, np.iinfo(np.int64).max))
    least = [end.reshape((1,) * counts.ndim) for end in ends]
    fresh: NDArray[np.int64] = np.zeros((1,) * counts.ndim, dtype=np.int64)
    weight, whole = fresh, fresh == 0
    for corner in itertools.product((False, True), repeat=counts.ndim):
        if not any(corner):
            continue
        places = np.ix_(
            *(other if far else np.array([at]) for far, other, at in zip(corner, others, spot, strict=True))
        )
        values = counts[places]
        least[sum(corner) % 2] = np.minimum(least[sum(corner) % 2], values)
        fresh = fresh + ~hidden[places]
        weight = weight + np.where(hidden[places], 0, values)
        whole = whole & (values > 0)
    if not whole.any():
        return
    width = np.where(whole, least[0] + least[1], -1)
    enough = np.minimum(need[spot], width.max())
    candidates = np.argwhere(width >= enough)
    keys = [(int(fresh[tuple(c)]), int(weight[tuple(c)])) for c in candidates]
    best = candidates[min(range(len(keys)), key=keys.__getitem__)]
    for corner in itertools.product((False, True), repeat=counts.ndim):
        hidden[tuple(int(o[b]) if far else at for far, o, b, at in zip(corner, others, best, spot, strict=True))] = True


@dataclass(slots=True)
class Line:
    """One line of the report, to which tables are added."""

    cells: int = 0
    small: int = 0
    ours: int = 0
    bound: int = 0
    cubes: int = 0
    open: int = 0
    protecting: float = 0.0
    auditing: float = 0.0

    def add(self, table: CountTable) -> None:
        """Protect a table both ways and count."""
        start = time.process_time()
        found = protect_table(table, Rule(K))
        middle = time.process_time()
        leaks = [i for i in audit(table, found.published, k=K, rng=np.random.default_rng(1)) if i.leaks]
        self.auditing += time.process_time() - middle
        self.protecting += middle - start
        if leaks:
            raise SystemExit(f"our own pattern leaks {len(leaks)} cells")
        hidden = hypercubes(table)
        self.cells += table.counts.size
        self.small += found.small
        self.ours += found.lost
        self.bound += found.bound
        self.cubes += int(hidden.sum())
        self.open += sum(i.leaks for i in audit(table, ~hidden, k=K, rng=np.random.default_rng(1)))


def tables_of(name: str) -> list[CountTable]:
    """The tables of a line."""
    if name == "small":
        return [random_table(seed) for seed in range(200)]
    units, people = {"city": (60, 14_000), "city-300": (300, 14_000), "country": (300, 190_000)}[name]
    return [city(units, people)]


def main() -> int:
    """Print a table; exit code 1 if a limit is not kept."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    names = ["small", "city", "city-300", "country"]
    parser.add_argument("--tables", nargs="+", choices=names, default=names)
    options = parser.parse_args()
    kept = True
    print("table        cells   small    ours   bound   cubes  open  ratio  besides  protect s  audit s", flush=True)
    for name in options.tables:
        line = Line()
        for table in tables_of(name):
            line.add(table)
        kept = kept and line.protecting + line.auditing <= LIMITS.get(name, float("inf"))
        besides = (line.ours - line.small) / max(line.cubes - line.small, 1)
        print(
            f"{name:<10} {line.cells:>7} {line.small:>7} {line.ours:>7} {line.bound:>7} {line.cubes:>7} {line.open:>5}"
            f" {line.ours / line.cubes:>6.3f} {besides:>8.3f} {line.protecting:>10.1f} {line.auditing:>8.1f}",
            flush=True,
        )
    print(f"Python {platform.python_version()}, HiGHS {highspy.Highs().version()}, {os.cpu_count()} cores")
    return 0 if kept else 1


if __name__ == "__main__":
    raise SystemExit(main())
