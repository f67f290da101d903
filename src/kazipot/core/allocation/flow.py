"""One seat each: the most people that units and sessions can take, as a maximum flow, and the cut that proves it.

source → unit (at most so many people) → person (1) → session (seats) → sink. Dinic 1970, by SciPy. The cut is minimal
(Ford & Fulkerson 1956): its value equals the flow, so that no other seating can reach more.
"""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import breadth_first_order, maximum_flow

from kazipot.core.allocation.arrays import Flags, Ints


@dataclass(frozen=True, slots=True, eq=False)
class Network:
    """Edges (E,) between persons and sessions, and the unit (P,) of each person."""

    person: Ints
    session: Ints
    unit: Ints
    units: int
    sessions: int

    @property
    def people(self) -> int:
        """How many people there are."""
        return len(self.unit)

    def without(self, banned: Flags) -> tuple["Network", Ints]:
        """The network without the banned edges, and the numbers of the edges that stay."""
        kept = np.nonzero(~banned)[0]
        return Network(self.person[kept], self.session[kept], self.unit, self.units, self.sessions), kept


@dataclass(frozen=True, slots=True, eq=False)
class Seating:
    """The flow's value, its edges (numbers), and the units (U,) and sessions (S,) on the source's side of the cut."""

    value: int
    edges: Ints
    cut_units: Flags
    cut_sessions: Flags


def seat(network: Network, unit_cap: Ints, session_cap: Ints) -> Seating:
    """A seating of the most people: at most unit_cap (U,) of each unit, session_cap (S,) in each session."""
    units, people, sessions = network.units, network.people, network.sessions
    source, first_person, first_session = 0, 1 + units, 1 + units + people
    sink = first_session + sessions
    open_edges = (session_cap[network.session] > 0) & (unit_cap[network.unit[network.person]] > 0)
    person, session = network.person[open_edges], network.session[open_edges]
    concerned = np.unique(person)
    rows = [
        np.full(units, source),
        1 + network.unit[concerned],
        first_person + person,
        first_session + np.arange(sessions),
    ]
    columns = [1 + np.arange(units), first_person + concerned, first_session + session, np.full(sessions, sink)]
    values = [unit_cap, np.ones(len(concerned)), np.ones(len(person)), session_cap]
    row, column = np.concatenate(rows), np.concatenate(columns)
    value = np.concatenate(values).astype(np.int32)
    graph = csr_array((value, (row.astype(np.int32), column.astype(np.int32))), shape=(sink + 1, sink + 1))
    found = maximum_flow(graph, source, sink)
    flow = found.flow.tocoo()
    used = (flow.data > 0) & (flow.row >= first_person) & (flow.row < first_session) & (flow.col >= first_session)
    taken_person, taken_session = flow.row[used] - first_person, flow.col[used] - first_session
    keys = network.person.astype(np.int64) * sessions + network.session
    edges = np.searchsorted(keys, taken_person.astype(np.int64) * sessions + taken_session)
    left = csr_array(graph - found.flow)
    left.eliminate_zeros()
    reached = breadth_first_order(left, source, return_predecessors=False)
    cut_units = np.zeros(units, dtype=bool)
    inside = reached[(reached >= 1) & (reached < first_person)]
    cut_units[inside - 1] = True
    cut_sessions = np.zeros(sessions, dtype=bool)
    cut_sessions[reached[(reached >= first_session) & (reached < sink)] - first_session] = True
    return Seating(int(found.flow_value), np.sort(edges), cut_units, cut_sessions)
