"""A table of the analysis together with the editions of it that are out: what was told then, and what came since.

Answers only come in, so every edition is the one before and what came since, which is a table of counts as well.
Stacked upon each other they are one more dimension (new → last edition and what came since → the one before it, and so
on). Counts of earlier editions are known or hidden for good; small counts of what came since are protected like any
other, in one program with the new edition. So whoever subtracts editions works out no more than who has one.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kazipot.core.survey.suppression import CountTable, Dimension

type Counts = NDArray[np.int64]
type Mask = NDArray[np.bool_]
type Cell = tuple[str, str]
type Shown = Mapping[Cell, Sequence[int | None]]


@dataclass(frozen=True, slots=True, eq=False)
class Edition:
    """An earlier edition: the counts of groups without children as they were then, and what was told."""

    leaves: Mapping[Cell, Counts]
    shown: Shown

    def column(self, names: Collection[str]) -> "Edition":
        """The same of some columns only."""
        return Edition(
            {cell: counts for cell, counts in self.leaves.items() if cell[1] in names},
            {cell: counts for cell, counts in self.shown.items() if cell[1] in names},
        )


@dataclass(frozen=True, slots=True, eq=False)
class Stack:
    """All editions as one table (the new one first); masks of what is known anyway, never told, and of secret bases."""

    table: CountTable
    known: Mask
    hidden: Mask
    secret: Mask


def stacked(
    table: CountTable, known: Mask, secret: Mask, earlier: Sequence[tuple[CountTable, Shown]], root: str
) -> Stack:
    """The new edition upon the `earlier` ones (oldest first); alone if a count fell or what was told isn't so.

    Tables have the axes group, competence, state (the first: all states, the base).
    """
    editions = [one for one, _ in earlier]
    following = [*editions, table][1:]
    told = [_told(one, shown, root) for one, shown in earlier]
    fell = any((after.counts < one.counts).any() for one, after in zip(editions, following, strict=True))
    if fell or any(mask is None for mask in told):
        return stacked(table, known, secret, (), root)
    names, parents, layers = ["*"], [-1], [(table.counts, known, secret, secret)]
    upper = 0
    for number in reversed(range(len(editions))):
        one, shown = editions[number].counts, told[number]
        assert shown is not None
        above, since = layers[upper], layers[upper][0] - one
        out = ~shown[:, :, :1] & (one[:, :, :1] > 0) | np.zeros_like(shown)
        names += [f"edition {number + 1}", f"since {number + 1}"]
        parents += [upper, upper]
        layers.append((one, shown, ~shown & (one[:, :, :1] > 0), out))
        unknown = (above[3] | out) & (since[:, :, :1] > 0)
        base = np.zeros_like(unknown)
        base[:, :, 0] = ~unknown[:, :, 0]
        layers.append((since, base, unknown, unknown))
        upper = len(layers) - 2
    dimension = Dimension("edition", tuple(names), tuple(parents))
    parts = [np.stack(part) for part in zip(*layers, strict=True)]
    return Stack(CountTable((dimension, *table.dimensions), parts[0]), parts[1], parts[2], parts[3])


def _told(table: CountTable, shown: Shown, root: str) -> Mask | None:
    """Which cells an edition told; None if its numbers aren't those of the table."""
    groups, competences, _ = table.dimensions
    lines = {root if code == "*" else code: line for line, code in enumerate(groups.codes)}
    columns = {code: column for column, code in enumerate(competences.codes)}
    found = np.zeros(table.counts.shape, dtype=bool)
    for (group, column), counts in shown.items():
        if group not in lines or column not in columns:
            return None
        line = table.counts[lines[group], columns[column], 1:].tolist()
        if len(line) != len(counts) or any(told not in (None, true) for told, true in zip(counts, line, strict=True)):
            return None
        found[lines[group], columns[column]] = [True, *(told is not None for told in counts)]
    return found
