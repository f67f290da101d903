"""A table of counts over several hierarchies, with all its margins and the linear relations between its cells.

Each dimension is a tree of codes; a cell is one code of each dimension, of any level. The margins follow from the
leaves: x(…, parent, …) = Σ over children x(…, child, …), for each dimension and each parent. These relations are
all that an intruder can calculate with (Hundepool et al., *Handbook on Statistical Disclosure Control*, 2nd ed.
2024, ch. 4).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

ROOT = "*"

type Integers = NDArray[np.int64]
type Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Dimension:
    """A tree of codes in an order in which every parent precedes its children.

    `codes[0]` is the root `*`; `parents[i]` is the position of the parent of `codes[i]`, −1 for the root.
    """

    name: str
    codes: tuple[str, ...]
    parents: tuple[int, ...]

    def __post_init__(self) -> None:
        if len(self.codes) != len(self.parents) or self.codes[:1] != (ROOT,) or self.parents[0] != -1:
            raise ValueError(f"{self.name}: the first code is the root {ROOT} and has no parent")
        if len(set(self.codes)) != len(self.codes):
            raise ValueError(f"{self.name}: a code stands twice")
        if any(not 0 <= parent < place for place, parent in enumerate(self.parents) if place):
            raise ValueError(f"{self.name}: a parent has to stand before its children")

    def children(self) -> dict[int, list[int]]:
        """The places of the children of each parent."""
        inside: dict[int, list[int]] = {}
        for place, parent in enumerate(self.parents):
            if parent >= 0:
                inside.setdefault(parent, []).append(place)
        return inside

    def leaves(self) -> list[int]:
        """The places of the codes without children, in order."""
        inner = set(self.parents)
        return [place for place in range(len(self.codes)) if place not in inner]

    def ancestry(self) -> Integers:
        """Shape (codes, leaves): 1 where the code is the leaf or stands above it."""
        leaves = self.leaves()
        found = np.zeros((len(self.codes), len(leaves)), dtype=np.int64)
        for column, leaf in enumerate(leaves):
            place = leaf
            while place >= 0:
                found[place, column] = 1
                place = self.parents[place]
        return found


def dimension_from_pairs(name: str, pairs: Sequence[tuple[str, str]]) -> Dimension:
    """The tree of (child, parent) pairs whose root is `*`; children keep their order, depth first.

    Raises ValueError if a child stands twice, is the root, or doesn't hang on the root.
    """
    inside: dict[str, list[str]] = {}
    for child, parent in pairs:
        inside.setdefault(parent, []).append(child)
    codes: list[str] = []
    parents: list[int] = []
    waiting = [(ROOT, -1)]
    while waiting:
        code, parent_place = waiting.pop()
        codes.append(code)
        parents.append(parent_place)
        waiting.extend((child, len(codes) - 1) for child in reversed(inside.get(code, [])))
        if len(codes) > len(pairs) + 1:
            raise ValueError(f"{name}: a code stands twice or in a circle")
    if len(codes) != len(pairs) + 1:
        raise ValueError(f"{name}: {len(pairs) + 1 - len(codes)} codes don't hang on the root {ROOT}")
    return Dimension(name, tuple(codes), tuple(parents))


@dataclass(frozen=True, slots=True)
class CountTable:
    """All cells of a table: `counts` has one axis per dimension, as long as its codes."""

    dimensions: tuple[Dimension, ...]
    counts: Integers

    def cell(self, place: int) -> tuple[str, ...]:
        """The codes of the cell at a flat place (row-major)."""
        spots = np.unravel_index(place, self.counts.shape)
        return tuple(dimension.codes[int(spot)] for dimension, spot in zip(self.dimensions, spots, strict=True))


def table_from_leaves(dimensions: Sequence[Dimension], leaves: Integers) -> CountTable:
    """The whole table of counts of the leaf cells (one axis per dimension, leaves in their order).

    Raises ValueError when a count is negative or the shape isn't that of the leaves.
    """
    if leaves.shape != tuple(len(dimension.leaves()) for dimension in dimensions):
        raise ValueError("the shape is not that of the leaves of the dimensions")
    if (leaves < 0).any():
        raise ValueError("a count is negative")
    counts = leaves.astype(np.int64)
    for axis, dimension in enumerate(dimensions):
        counts = np.moveaxis(np.tensordot(dimension.ancestry(), counts, axes=(1, axis)), 0, axis)
    return CountTable(tuple(dimensions), np.ascontiguousarray(counts))


def relations(dimensions: Sequence[Dimension]) -> sparse.csr_array:
    """Shape (relations, cells), with +1 at children and −1 at the parent: each row times the counts is 0."""
    shape = tuple(len(dimension.codes) for dimension in dimensions)
    places = np.arange(int(np.prod(shape)), dtype=np.int64).reshape(shape)
    rows, columns, signs = [], [], []
    made = 0
    for axis, dimension in enumerate(dimensions):
        along = np.moveaxis(places, axis, 0).reshape(len(dimension.codes), -1)
        for parent, inside in dimension.children().items():
            numbers = np.arange(made, made + along.shape[1])
            made += along.shape[1]
            members = along[[parent, *inside]]
            rows.append(np.broadcast_to(numbers, members.shape).ravel())
            columns.append(members.ravel())
            signs.append(np.repeat([-1.0] + [1.0] * len(inside), along.shape[1]))
    if not rows:
        return sparse.csr_array((0, places.size))
    entries = (np.concatenate(signs), (np.concatenate(rows), np.concatenate(columns)))
    return sparse.coo_array(entries, shape=(made, places.size)).tocsr()
