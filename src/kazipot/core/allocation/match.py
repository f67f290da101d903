"""For how many needs there is a fitting seat: needs and seats matched as a maximum flow.

source → cell (people with a need in a competence at an own level) → session → sink. A cell and a session are joined
when the session teaches the competence from the cell's level or below to a level above it. A seat is counted once:
where two courses fit the same people and none the others, those others stay without, however many seats there are.
The flow is integral (Dantzig & Fulkerson 1956); Dinic's algorithm (1970), by SciPy.

Whoever sits in a session learns each of its competences. Two things a published table doesn't tell, so that there are
two figures, and the truth lies between them:

- how needs in several competences come together in a person: *at least*, a seat serves a need in one of the competences
  that are taught; *at most*, a need in each (the competences are matched one by one);
- the levels of needs that are hidden to protect small groups: *at least*, no seat fits them; *at most*, any seat of a
  session that teaches the competence does.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_flow


@dataclass(frozen=True, slots=True)
class Cell:
    """People with a need in a competence who are at this level (0 to 3; None: hidden)."""

    competence: int
    level: int | None
    people: int


@dataclass(frozen=True, slots=True)
class Supply:
    """A session's seats, and what it teaches: {competence: (from, to)}."""

    seats: int
    spans: dict[int, tuple[int, int]]

    def fits(self, cell: Cell) -> bool:
        """Whether it teaches the cell's competence from its level or below to a level above; if hidden, at all."""
        if cell.competence not in self.spans:
            return False
        low, high = self.spans[cell.competence]
        return cell.level is None or low <= cell.level < high


@dataclass(frozen=True, slots=True)
class Match:
    """How many needs there are, and for how many at least and at most there is a fitting seat.

    `by_competence`: the same two numbers for each competence by itself.
    """

    needs: int
    at_least: int
    at_most: int
    by_competence: dict[int, tuple[int, int]]

    @property
    def least_share(self) -> float | None:
        """At least so large a part of the needs has a fitting seat; None without needs."""
        return self.at_least / self.needs if self.needs else None

    @property
    def most_share(self) -> float | None:
        """No larger part of the needs can have a fitting seat; None without needs."""
        return self.at_most / self.needs if self.needs else None


def match(cells: Sequence[Cell], supplies: Sequence[Supply]) -> Match:
    """Match needs and seats."""
    told = [cell for cell in cells if cell.level is not None]
    by_competence = {
        competence: (_alone(told, supplies, competence), _alone(cells, supplies, competence))
        for competence in sorted({cell.competence for cell in cells})
    }
    return Match(
        needs=sum(cell.people for cell in cells),
        at_least=flow_value(told, supplies),
        at_most=sum(most for _least, most in by_competence.values()),
        by_competence=by_competence,
    )


def _alone(cells: Sequence[Cell], supplies: Sequence[Supply], competence: int) -> int:
    """The most needs in one competence that the seats serve."""
    return flow_value(
        [cell for cell in cells if cell.competence == competence],
        [supply for supply in supplies if competence in supply.spans],
    )


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
