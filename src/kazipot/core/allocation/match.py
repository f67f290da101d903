"""For how many needs there is a fitting seat: needs and seats matched as a maximum flow.

source → cell (people with a need in a competence at an own level) → session → sink. A cell and a session are joined
when the session teaches the competence from the cell's level or below to a level above it. A seat is counted once:
where two courses fit the same people and none the others, those others stay without, however many seats there are.
The flow is integral (Dantzig & Fulkerson 1956); Dinic's algorithm (1970), by SciPy.

Whoever sits in a session learns each of its competences. How needs in several competences come together in a person a
published table doesn't tell, so there are two figures:

- *each competence by itself*: a seat serves a need in each competence that is taught (as if those who need the one need
  the others too): an upper bound;
- *one need for a seat*: a seat serves a need in one of them: a lower bound.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_flow


@dataclass(frozen=True, slots=True)
class Cell:
    """People with a need in a competence who are at this level (0 to 3)."""

    competence: int
    level: int
    people: int


@dataclass(frozen=True, slots=True)
class Supply:
    """A session's seats, and what it teaches: {competence: (from, to)}."""

    seats: int
    spans: dict[int, tuple[int, int]]

    def fits(self, cell: Cell) -> bool:
        """Whether it teaches the cell's competence from its level or below to a level above."""
        low, high = self.spans.get(cell.competence, (0, 0))
        return low <= cell.level < high


@dataclass(frozen=True, slots=True)
class Match:
    """How many needs there are, for how many a seat fits, and the same when a seat serves one need only.

    `by_competence` are the needs with a fitting seat in each competence.
    """

    needs: int
    matched: int
    matched_once: int
    by_competence: dict[int, int]

    @property
    def share(self) -> float | None:
        """Needs with a fitting seat among all needs; None without needs."""
        return self.matched / self.needs if self.needs else None

    @property
    def share_once(self) -> float | None:
        """The same when a seat serves one need only."""
        return self.matched_once / self.needs if self.needs else None


def match(cells: Sequence[Cell], supplies: Sequence[Supply]) -> Match:
    """Match needs and seats."""
    by_competence = {
        competence: flow_value(
            [cell for cell in cells if cell.competence == competence],
            [supply for supply in supplies if competence in supply.spans],
        )
        for competence in sorted({cell.competence for cell in cells})
    }
    needs = sum(cell.people for cell in cells)
    return Match(needs, sum(by_competence.values()), flow_value(cells, supplies), by_competence)


def flow_value(cells: Sequence[Cell], supplies: Sequence[Supply]) -> int:
    """The most needs that the seats serve, each seat one need."""
    if not cells or not supplies:
        return 0
    source, sink = 0, 1
    first_cell, first_supply = 2, 2 + len(cells)
    edges = [(source, first_cell + i, cell.people) for i, cell in enumerate(cells)]
    edges += [(first_supply + j, sink, supply.seats) for j, supply in enumerate(supplies)]
    edges += [
        (first_cell + i, first_supply + j, min(cell.people, supply.seats))
        for i, cell in enumerate(cells)
        for j, supply in enumerate(supplies)
        if supply.fits(cell)
    ]
    rows, columns, capacities = (np.array(part, dtype=np.int32) for part in zip(*edges, strict=True))
    size = first_supply + len(supplies)
    graph = csr_array((capacities, (rows, columns)), shape=(size, size), dtype=np.int32)
    return int(maximum_flow(graph, source, sink).flow_value)
