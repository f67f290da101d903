"""Counts by job family beside those by unit and kind: people of one family work in many units, so both overlap.

*Sets of people.* What is shown of places (units, kinds) gives their *rests* r (`disclosure`), what is shown of families
gives the families f; all families that aren't shown are one more. What adding and subtracting can give of people is
Σ p(r) 1_r − Σ q(f) 1_f. That is a set of people only if p(r) − q(f) is 0 or 1 wherever anybody is in both r and f, and
such a set is made up of sets D(F) = {people of any rest with somebody of F, who aren't of F themselves}, F any
families: cut p and q level by level. So it is enough to look at every F: none of D(F) may have 1 to k − 1 people, nor
1 to k − 1 of a state. With n families these are 2ⁿ sets.

*Bounds.* Hidden counts may also be narrowed, as nothing is negative. The audits of both tables leave *worlds*: tables
that agree with what is published, in which every hidden count is seen as far away as the rule asks. Families are
shown in a competence only if each such world of places fits the published families, and each of families the places as
they are: if there are X(r, f, state) ≥ 0 with these sums, and with the true people of each r and f. (With the people
true, tables of other questions may stay as they are; so all published tables together tell no more.)
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from kazipot.core.survey.disclosure import THRESHOLD
from kazipot.core.survey.need_counts import Cell, Counts, CountsShown, DerivableError, Worlds, shown_counts
from kazipot.core.survey.suppression import ROOT
from kazipot.core.survey.suppression.programs import INFINITY, Reals, linear_program
from kazipot.core.survey.suppression.quiet import Status

MOST_FAMILIES = 12
"""Of more families the smaller ones aren't told."""
OTHERS = "others"
NEAR = 1e-6


@dataclass(frozen=True, slots=True, eq=False)
class Crossed:
    """People by place × family × competence × state: `cells` has shape (P, F, C, S).

    `parents` is the tree of groups, whose leaves `places` are; a family named "" is none and never shown.
    """

    parents: Mapping[str, str | None]
    places: tuple[str, ...]
    families: tuple[str, ...]
    columns: tuple[str, ...]
    cells: Counts


def rests(parents: Mapping[str, str | None], places: Sequence[str], shown: Collection[str]) -> tuple[str | None, ...]:
    """The group in whose rest each place is: itself or the nearest above that is shown; None if there is none."""
    found = []
    for place in places:
        group: str | None = place
        while group is not None and group not in shown:
            group = parents[group]
        found.append(group)
    return tuple(found)


def told_sets(people: Counts, weights: Counts) -> list[tuple[int, tuple[int, ...]]]:
    """Of every choice F of columns the weight of D(F), and F. Both have shape (rests, families)."""
    number = people.shape[1]
    choices = (np.arange(1, 2**number)[:, None] >> np.arange(number)) & 1
    touched = (choices @ (people > 0).T.astype(np.int64)) > 0
    found = ((touched.astype(np.int64) @ weights) * (1 - choices)).sum(axis=1)
    return [(int(w), tuple(np.flatnonzero(c).tolist())) for w, c in zip(found, choices, strict=True)]


def family_bases(crossed: Crossed, bases: Collection[Cell], *, k: int = THRESHOLD) -> frozenset[Cell]:
    """The (family, competence) whose number of people may be told, beside the (group, competence) that are."""
    people, known = crossed.cells.sum(axis=3), set(bases)
    shown: set[Cell] = set()
    for column, name in enumerate(crossed.columns):
        groups = rests(crossed.parents, crossed.places, {group for group, line in known if line == name})
        if None not in groups and len(groups):
            here = _largest(crossed.families, people[:, :, column], k)
            while here and (bad := _telling(groups, people[:, :, column], people[:, :, column], here, k)):
                here = here - {min(bad, key=lambda f: (people[:, f, column].sum(), f))}
            shown |= {(crossed.families[family], name) for family in here}
    return frozenset(shown)


def _largest(families: Sequence[str], people: Counts, k: int) -> frozenset[int]:
    totals = people.sum(axis=0)
    named = [f for f, name in enumerate(families) if name and totals[f] >= k]
    return frozenset(sorted(named, key=lambda f: (-totals[f], f))[: MOST_FAMILIES - 1])


def _telling(
    groups: Sequence[str | None], people: Counts, weights: Counts, shown: Collection[int], k: int
) -> frozenset[int]:
    """Shown families of which something of 1 to k − 1 could be worked out; empty if there are none.

    `people` and `weights` have shape (places, families).
    """
    into, order = _into(groups), sorted(shown)
    others = [f for f in range(people.shape[1]) if f not in shown]
    both = [
        np.column_stack([(into @ part)[:, order], (into @ part)[:, others].sum(axis=1)]) for part in (people, weights)
    ]
    for weight, chosen in told_sets(both[0], both[1]):
        if 0 < weight < k:
            inside = {order[spot] for spot in chosen if spot < len(order)}
            return frozenset(inside or shown)
    return frozenset()


def shown_by_family(
    crossed: Crossed,
    bases: Collection[Cell],
    families: Collection[Cell],
    places: Sequence[tuple[CountsShown, Worlds]],
    *,
    rng: np.random.Generator,
    k: int = THRESHOLD,
) -> dict[Cell, tuple[int | None, ...]]:
    """The counts of each family's states that may be told beside those of places.

    `bases` are the (group, competence) and `families` the (family, competence) whose people are told; `places` the same
    question's protected tables by place, each with the worlds of its audit. In a competence in which not
    everything holds all families' counts are None.
    """
    found: dict[Cell, tuple[int | None, ...]] = {}
    for shown, worlds in places:
        for column in worlds.columns:
            told = [family for family in crossed.families if (family, column) in families]
            if told:
                found |= _column(crossed, bases, told, (shown, worlds), column, rng, k)
    return found


@dataclass(frozen=True, slots=True, eq=False)
class _Line:
    """One competence: people by place × family told (the last: all others) × state."""

    families: tuple[str, ...]
    cells: Counts
    root: str


def _line(crossed: Crossed, told: Sequence[str], column: str) -> _Line:
    cells = crossed.cells[:, :, crossed.columns.index(column)]
    spots = [crossed.families.index(name) for name in told]
    others = np.delete(cells, spots, axis=1).sum(axis=1, keepdims=True)
    root = next(group for group, parent in crossed.parents.items() if parent is None)
    return _Line((*told, OTHERS), np.concatenate([cells[:, spots], others], axis=1), root)


def _column(
    crossed: Crossed,
    bases: Collection[Cell],
    told: Sequence[str],
    place: tuple[CountsShown, Worlds],
    column: str,
    rng: np.random.Generator,
    k: int,
) -> dict[Cell, tuple[int | None, ...]]:
    """The families' counts in one competence."""
    line, (shown, worlds) = _line(crossed, told, column), place
    nothing: dict[Cell, tuple[int | None, ...]] = {(family, column): (None,) * line.cells.shape[2] for family in told}
    leaves = {(name, column): line.cells[:, f].sum(axis=0) for f, name in enumerate(line.families)}
    parents: dict[str, str | None] = {line.root: None} | dict.fromkeys(line.families, line.root)
    mine = Worlds()
    try:
        inner = [(group, column) for group in parents]
        found = shown_counts(parents, {column: ROOT}, leaves, inner, rng=rng, k=k, worlds=mine).counts
    except DerivableError:
        return nothing
    if None in (*shown.counts.get((line.root, column), (None,)), *found[line.root, column]):
        return nothing
    counts = {(family, column): found[family, column] for family in told}
    free = np.array(
        [[count is None for count in counts[family, column]] for family in told] + [[True] * line.cells.shape[2]]
    )
    if _subtracts(crossed, line, free, shown, column, k) or not (
        worlds.complete and mine.complete and _fit(crossed, bases, line, free, worlds, mine, column)
    ):
        return nothing
    return counts


def _subtracts(crossed: Crossed, line: _Line, free: NDArray[np.bool_], shown: CountsShown, column: str, k: int) -> bool:
    """Whether adding and subtracting counts of a state tells one of 1 to k − 1."""
    people = line.cells.sum(axis=2)
    for state in range(line.cells.shape[2]):
        told = {g for (g, name), counts in shown.counts.items() if name == column and counts[state] is not None}
        here = frozenset(np.flatnonzero(~free[:, state]).tolist())
        groups = rests(crossed.parents, crossed.places, told)
        if here and (None in groups or _telling(groups, people, line.cells[:, :, state], here, k)):
            return True
    return False


def _fit(
    crossed: Crossed,
    bases: Collection[Cell],
    line: _Line,
    free: NDArray[np.bool_],
    worlds: Worlds,
    mine: Worlds,
    column: str,
) -> bool:
    """Whether every world of places fits the families told, and every world of families the places as they are."""
    groups = rests(crossed.parents, crossed.places, {group for group, name in bases if name == column})
    into = _into(groups)
    true = np.tensordot(into, line.cells, axes=1)
    fits = _Fits(true)
    spot, order = worlds.columns.index(column), [worlds.groups.index(place) for place in crossed.places]
    by_place, by_family = true.sum(axis=1).astype(float), true.sum(axis=0).astype(float)
    told = [mine.groups.index(name) for name in line.families]
    return all(fits.sums(into @ table[order, spot], by_family, free) for table in worlds.tables) and all(
        fits.sums(by_place, table[told, 0], np.zeros_like(free)) for table in mine.tables
    )


def _into(groups: Sequence[str | None]) -> Counts:
    """Shape (rests, places): 1 where the place is in the rest."""
    names = sorted({group for group in groups if group is not None})
    return np.array([[group == name for group in groups] for name in names], dtype=np.int64)


class _Fits:
    """Whether there is X ≥ 0 of shape (R, F, S) with the people of `true` in each (r, f) and the sums asked for."""

    def __init__(self, true: Counts) -> None:
        numbers = np.arange(true.size).reshape(true.shape)
        lines = [
            *numbers.reshape(-1, true.shape[2]),
            *np.moveaxis(numbers, 1, 2).reshape(-1, true.shape[1]),
            *np.moveaxis(numbers, 0, 2).reshape(-1, true.shape[0]),
        ]
        where = np.repeat(np.arange(len(lines)), [line.size for line in lines])
        entries = (np.ones(where.size), (where, np.concatenate(lines)))
        matrix = sparse.csc_array(sparse.coo_array(entries, shape=(len(lines), true.size)))
        self._people = true.sum(axis=2).ravel().astype(float)
        self._true = (true.sum(axis=1).ravel(), true.sum(axis=0).ravel())
        upper, nothing = np.repeat(self._people, true.shape[2]), np.zeros(len(lines))
        self._model = linear_program(matrix, np.zeros(true.size), np.zeros(true.size), upper, (nothing, nothing))

    def sums(self, rows: Reals, columns: Reals, free: NDArray[np.bool_]) -> bool:
        """`rows` of shape (R, S), `columns` of shape (F, S), of which those that are `free` may be anything."""
        if (
            np.abs(rows.ravel() - self._true[0]).max(initial=0) + np.abs(columns.ravel() - self._true[1]).max(initial=0)
            < NEAR
        ):
            return True
        slack = np.concatenate([np.zeros(self._people.size + rows.size), np.where(free.ravel(), INFINITY, 0.0)])
        totals = np.concatenate([self._people, rows.ravel(), columns.ravel()])
        places = np.arange(totals.size, dtype=np.int32)
        least, most = totals - slack - NEAR, totals + slack + NEAR
        self._model.changeRowsBounds(totals.size, places, least, most)  # type: ignore[attr-defined]
        return self._model.answer((Status.kOptimal, Status.kInfeasible)) == Status.kOptimal
