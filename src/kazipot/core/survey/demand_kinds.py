"""Stated needs by kind of unit and level wanted, of one competence: told beside everything else that is told of it.

What others publish of the competence is a table of three dimensions, kind × own level × state, seen from its sides:
kind × own level (`levels`), kind × need or none (`need`), and own level × level wanted for the whole (`demand_counts`).
Kind × level wanted is one more side. So a pattern for it is looked for first by itself, and then an audit by linear
programming over the whole three-dimensional table says whether all sides together narrow a small count, shown or not
meant to be shown at all. Kinds whose counts they narrow aren't told; if nothing helps, no kind is.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import linprog

from kazipot.core.survey.demand_counts import FROM_PAIRS, LEVELS, STATE_PAIRS, TO, Counts, Row, possible
from kazipot.core.survey.disclosure import THRESHOLD
from kazipot.core.survey.suppression import (
    ROOT,
    CountTable,
    Rule,
    audit,
    dimension_from_pairs,
    problem_of,
    table_from_leaves,
)
from kazipot.core.survey.suppression.solve import suppress

STATES = dimension_from_pairs("to", STATE_PAIRS)
OWN = dimension_from_pairs("from", FROM_PAIRS)
TO_PLACES = [STATES.codes.index(str(to)) for to in TO]
NEED_PLACES = [STATES.codes.index(code) for code in ("none", "need")]
NEAR = 1e-6

type Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class KindTold:
    """What other tables tell of a kind of units: how many were asked, needs (and none), each own level."""

    asked: bool
    need: bool
    levels: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class WholeTold:
    """What is told of the whole: needs by level wanted, which own levels, and needs by own level and level wanted."""

    to: Row
    levels: tuple[bool, ...]
    cells: tuple[Row, ...] | None


def demand_by_kind(
    people: Counts,
    kinds: Sequence[KindTold],
    whole: WholeTold,
    *,
    rng: np.random.Generator,
    before: Sequence[Row | None] | None = None,
    k: int = THRESHOLD,
) -> list[Row | None]:
    """For each kind its needs by level wanted (1 to 4; None where hidden), or None where nothing of it is told.

    `people` has shape (kinds, 5, 5): own level × (no need, to 1, …, to 4). A kind is told only if its needs and its own
    levels are. What the version `before` hid, and what 1 to k − 1 people more or fewer are in now, stays hidden.
    """
    wanted = people[:, :, 1:].sum(axis=1)
    told = np.array([kind.asked and kind.need and all(kind.levels) for kind in kinds])
    bare = _full(people, kinds, whole, np.zeros((len(kinds), len(TO)), dtype=bool))
    already, spans = _narrow(bare, k, rng), _need_spans(bare)
    while told.any() and not _tells_small_rest(people[~told], k):
        shown = _pattern(people, whole, told, _stays(wanted, before, k), k)
        full = _full(people, kinds, whole, shown)
        bad = {place[0] - 1 for place in _narrow(full, k, rng) - already}
        if not bad and _need_spans(full) == spans:
            return _rows(wanted, shown, told)
        guilty = [number for number in np.flatnonzero(told).tolist() if number in bad]
        told[guilty or [min(np.flatnonzero(told).tolist(), key=lambda number: (wanted[number].sum(), number))]] = False
    return [None] * len(kinds)


def _tells_small_rest(rest: Counts, k: int) -> bool:
    """Whether the kinds that aren't told have so few with a need, or without, that nothing can hide them."""
    sums = rest.sum(axis=(0, 1))
    return any(0 < count < k for count in (int(sums[0]), int(sums[1:].sum())))


def _rows(wanted: Counts, shown: Mask, told: Mask) -> list[Row | None]:
    return [
        tuple(int(count) if open_ else None for count, open_ in zip(counts, line, strict=True))
        if kind and line.any()
        else None
        for counts, line, kind in zip(wanted, shown, told, strict=True)
    ]


def _stays(wanted: Counts, before: Sequence[Row | None] | None, k: int) -> Mask:
    found = np.zeros(wanted.shape, dtype=bool)
    for number, row in enumerate(before or ()):
        for column, then in enumerate(row or (None,) * len(TO)):
            found[number, column] = then is None or 0 < abs(int(wanted[number, column]) - then) < k
    return found & (wanted > 0)


def _tree(number: int) -> list[tuple[str, str]]:
    return [(str(kind), ROOT) for kind in range(number)]


def _pattern(people: Counts, whole: WholeTold, told: Mask, stays: Mask, k: int) -> Mask:
    """Which levels wanted of which kinds may be shown, shape (kinds, 4), looking at kind × state alone.

    Kinds of which nothing is told are one line, for only their sum is a number that can be calculated with.
    """
    inside = np.flatnonzero(told)
    rest = people[~told].sum(axis=(0, 1))
    leaves = np.vstack([people[inside].sum(axis=1), rest])
    table = table_from_leaves([dimension_from_pairs("kind", _tree(len(leaves))), STATES], leaves)
    known, hidden = np.zeros(table.counts.shape, dtype=bool), np.zeros(table.counts.shape, dtype=bool)
    known[:, [0, *NEED_PLACES]] = True
    known[0, TO_PLACES] = [count is not None for count in whole.to]
    hidden[0, TO_PLACES] = ~known[0, TO_PLACES]
    hidden[1:-1, TO_PLACES] = stays[inside]
    problem = problem_of(table, Rule(k), known=known, hidden=hidden & (table.counts > 0))
    published = ~np.append(suppress(problem).hidden, False)[problem.classes]
    shown = np.zeros(stays.shape, dtype=bool)
    shown[inside] = published[1:-1, TO_PLACES] & ~stays[inside]
    return shown


@dataclass(frozen=True, slots=True)
class _Full:
    """Kind × own level × state with its margins, and which cells are told or follow from the rule."""

    table: CountTable
    published: Mask


def _full(people: Counts, kinds: Sequence[KindTold], whole: WholeTold, shown: Mask) -> _Full:
    table = table_from_leaves([dimension_from_pairs("kind", _tree(len(kinds))), OWN, STATES], people)
    published = np.zeros(table.counts.shape, dtype=bool)
    for own, to in product(range(LEVELS), TO):
        published[:, own + 1, TO_PLACES[to - 1]] = not possible(own, to)
        if whole.cells is not None:
            published[0, own + 1, TO_PLACES[to - 1]] |= whole.cells[own][to - 1] is not None
    published[0, 0, [0, *NEED_PLACES]] = True
    published[0, 0, TO_PLACES] = [count is not None for count in whole.to]
    published[0, 1:, 0] = whole.levels
    for number, kind in enumerate(kinds, start=1):
        published[number, 0, 0] = kind.asked
        published[number, 0, NEED_PLACES] = kind.need
        published[number, 1:, 0] = kind.levels
        published[number, 0, TO_PLACES] = shown[number - 1]
    return _Full(table, published)


def _narrow(full: _Full, k: int, rng: np.random.Generator) -> set[tuple[int, ...]]:
    """The small counts that can be worked out more narrowly than the rule allows."""
    intervals = audit(full.table, full.published, k=k, rng=rng, exact_cells=0)
    shape = full.table.counts.shape
    return {
        tuple(int(spot) for spot in np.unravel_index(one.place, shape)) for one in intervals if one.leaks and one.needed
    }


def _need_spans(full: _Full) -> list[tuple[float, float]]:
    """What can be worked out of each hidden number of needs of a kind, in this table alone.

    Needs hang together with those of units and of other competences too. So the new side may not narrow them at all:
    then what is hidden there stays as wide as the audit of that table found it.
    """
    places = [
        (number, 0, state)
        for number in range(1, full.table.counts.shape[0])
        for state in NEED_PLACES
        if not full.published[number, 0, state]
    ]
    if not places:
        return []
    ancestry = [dimension.ancestry() for dimension in full.table.dimensions]
    rows = np.array([_leaves(ancestry, spot) for spot in np.argwhere(full.published)])
    right = full.table.counts[full.published]
    found = []
    for place in places:
        cost = _leaves(ancestry, np.array(place)).astype(float)
        ends = [linprog(sign * cost, A_eq=sparse.csr_array(rows), b_eq=right, method="highs") for sign in (1, -1)]
        low, high = (round(float(end.fun) * sign, 4) if end.status == 0 else np.inf * sign
                     for end, sign in zip(ends, (1, -1), strict=True))  # fmt: skip
        found.append((low, abs(high)))
    return found


def _leaves(ancestry: Sequence[NDArray[np.int64]], spot: NDArray[np.int64]) -> NDArray[np.int64]:
    """1 for the leaves that a cell is the sum of, in one row."""
    first, second, third = (one[int(at)] for one, at in zip(ancestry, spot, strict=True))
    return np.asarray(np.einsum("i,j,k->ijk", first, second, third).ravel(), dtype=np.int64)
