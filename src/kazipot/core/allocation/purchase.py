"""Which sessions to buy so that the most people can be reached: a small integer programme with Hall's conditions.

Only the sessions are variables: y, whether one is bought, and n, how many people it reaches. By Hall's theorem (1935;
for capacities: Rado 1942) numbers n can be seated exactly if for every set T of sessions the sum of n over T is at most
the number of people who can be offered a session of T. The conditions that bind are found by minimal cuts and added one
by one (Benders' decomposition; Padberg & Rinaldi 1991 for the loop). Days and overlaps are left out, so that the value
is a bound for every plan; docs/methods/allocation.md, proposition 4, proves it.
"""

import math
from dataclasses import dataclass, replace

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import breadth_first_order, connected_components, maximum_flow

from kazipot.core.allocation.arrays import Arrays, Flags, Floats, Ints
from kazipot.core.allocation.flow import Network, seat
from kazipot.core.allocation.highs import Programme
from kazipot.core.allocation.model import whole

GRAIN = 1_000
"""Fractions of a seat are looked at in thousandths."""
ROUNDS = 60
WHOLE_ROUNDS = 12
COMPACT_EDGES, COMPACT_ROUNDS = 8_000, 3
NODES = 3_000


@dataclass(frozen=True, slots=True, eq=False)
class Purchase:
    """(S,) sessions bought, (S,) people reached by each, and what no purchase can exceed."""

    bought: Flags
    seats: Ints
    bound: int


class _Master:
    """The programme of y, n and o (offers, at least the minimum), growing by Hall's conditions."""

    def __init__(self, a: Arrays, usable: Flags, nodes: int) -> None:
        sessions = len(a.sessions)
        self.programme = Programme(nodes=nodes)
        self.y = self.programme.columns(sessions, usable.astype(float))
        self.n = self.programme.columns(sessions, a.capacity.astype(float), integer=False)
        self.o = self.programme.columns(sessions, a.capacity.astype(float), integer=False)
        every = np.arange(sessions)
        for columns, values, low, high in (
            ((self.n, self.y), (1.0, -a.capacity.astype(float)), -np.inf, 0.0),
            ((self.o, self.n), (1.0, -1.0), 0.0, np.inf),
            ((self.o, self.y), (1.0, -a.minimum.astype(float)), 0.0, np.inf),
        ):
            spread = [np.broadcast_to(np.asarray(v, dtype=float), sessions) for v in values]
            self.programme.rows(np.tile(every, 2), np.concatenate(columns), np.concatenate(spread), low, high)
        self._money(a)

    def _money(self, a: Arrays) -> None:
        scale = whole(a.fixed, a.head, np.array([a.budget]), a.contracts)
        columns, costs = np.concatenate([self.y, self.o]), np.concatenate([a.fixed, a.head]) * scale
        self.costs, self.scale = (columns, costs), scale
        if np.isfinite(a.budget):
            self.programme.row(columns, costs, -np.inf, a.budget * scale)
        for provider, amount in enumerate(a.contracts):
            if np.isfinite(amount):
                mine = np.tile(a.provider == provider, 2)
                self.programme.row(columns[mine], costs[mine], -np.inf, float(amount * scale))

    def condition(self, sessions: Ints, people: int) -> None:
        """The sessions together reach at most so many people."""
        self.programme.row(self.n[sessions], 1.0, -np.inf, float(people))

    def seat_each(self, network: Network) -> None:
        """Seats person by person instead of Hall's conditions: one programme, larger, for where these are many."""
        x = self.programme.columns(len(network.person), integer=False)
        edges, ones = np.arange(len(x)), np.ones(len(x))
        self.programme.rows(np.unique(network.person, return_inverse=True)[1], x, ones, -np.inf, 1.0)
        row, column = np.tile(edges, 2), np.concatenate([x, self.y[network.session]])
        self.programme.rows(row, column, np.concatenate([ones, -ones]), -np.inf, 0.0)
        used, session = np.unique(network.session, return_inverse=True)
        row = np.concatenate([np.arange(len(used)), session])
        column = np.concatenate([self.n[used], x])
        self.programme.rows(row, column, np.concatenate([np.ones(len(used)), -ones]), -np.inf, 0.0)

    def best(self, *, relaxed: bool) -> tuple[Floats, Floats, float]:
        """y, n and the bound of the programme as it stands."""
        gap = 0.0 if relaxed else 1e-4
        found = self.programme.maximise(self.n, 1.0, relaxed=relaxed, gap=gap)
        return found.values[self.y], found.values[self.n], found.bound


def usable_sessions(a: Arrays) -> Flags:
    """Sessions without prerequisites: with them nobody more is reached (proposition 1)."""
    return np.array([needed is None for needed in a.before], dtype=bool)


def _master_of(a: Arrays, nodes: int) -> tuple["_Master", Network]:
    """The programme with the conditions of single sessions, and the network of sessions without prerequisites."""
    usable = usable_sessions(a)
    kept = usable[a.edge_session]
    network = Network(a.edge_person[kept], a.edge_session[kept], a.unit, len(a.units), len(a.sessions))
    master = _Master(a, usable, nodes)
    every = np.bincount(network.session, minlength=network.sessions)
    for s in np.nonzero(every < a.capacity)[0]:
        master.condition(np.array([s]), int(every[s]))
    return master, network


def purchase(a: Arrays, *, within: Ints | None = None, nodes: int = NODES) -> Purchase:
    """The purchase that reaches the most people for the money, days and overlaps left out, with its bound.

    within: edges (numbers) among which flows look for conditions and seats; the conditions hold for all edges.
    """
    master, full = _master_of(a, nodes)
    network = full
    if within is not None:
        network = Network(a.edge_person[within], a.edge_session[within], a.unit, len(a.units), len(a.sessions))
    for _ in range(ROUNDS):
        _, n, bound = master.best(relaxed=True)
        if not _separate(master, network, full, n):
            break
    least = math.floor(bound + 1e-6)
    for _ in range(WHOLE_ROUNDS if len(network.person) > COMPACT_EDGES else COMPACT_ROUNDS):
        y, n, bound = master.best(relaxed=False)
        least = min(least, math.floor(bound + 1e-6))
        if not _separate(master, network, full, n):
            break
    else:
        if len(network.person) <= COMPACT_EDGES:
            master.seat_each(network)
            y, n, bound = master.best(relaxed=False)
            least = min(least, math.floor(bound + 1e-6))
    seats = np.floor(n + 1e-6).astype(np.int64)
    people = np.bincount(network.unit[np.unique(network.person)], minlength=network.units)
    seated = seat(network, people, seats).edges
    return Purchase(y > 0.5, np.bincount(network.session[seated], minlength=network.sessions), least)


def least_cost(a: Arrays, people: int, *, nodes: int = NODES) -> float:
    """Euros that reaching so many people costs at least, whatever the budget. Raises Infeasible."""
    master, network = _master_of(replace(a, budget=math.inf), nodes)
    master.programme.row(master.n, 1.0, float(people), np.inf)
    columns, costs = master.costs
    for relaxed, rounds in ((True, ROUNDS), (False, WHOLE_ROUNDS)):
        for _ in range(rounds):
            found = master.programme.maximise(columns, -costs, relaxed=relaxed, gap=0.0 if relaxed else 1e-4)
            if not _separate(master, network, network, found.values[master.n]):
                break
    return -found.bound / master.scale


def _separate(master: _Master, network: Network, full: Network, n: Floats) -> bool:
    """Add the conditions that n breaks; False if it breaks none."""
    broken = broken_conditions(network, full, n)
    for sessions, people in broken:
        master.condition(sessions, people)
    return bool(broken)


def broken_conditions(network: Network, full: Network, n: Floats) -> list[tuple[Ints, int]]:
    """Sets of sessions to which `n` (S,) gives more people than can be offered them, with the number that can.

    The sets are looked for in `network`; people are counted in `full`, which may have more edges.
    """
    people, sessions = network.people, network.sessions
    grains = np.floor(n * GRAIN + 0.5).astype(np.int64)
    live = grains[network.session] > 0
    person, session = network.person[live], network.session[live]
    concerned, used = np.unique(person), np.nonzero(grains)[0]
    sink = 1 + people + sessions
    row = np.concatenate([np.zeros(len(concerned)), 1 + person, 1 + people + used]).astype(np.int32)
    column = np.concatenate([1 + concerned, 1 + people + session, np.full(len(used), sink)]).astype(np.int32)
    value = np.concatenate([np.full(len(concerned), GRAIN), np.full(len(person), GRAIN), grains[used]])
    graph = csr_array((value.astype(np.int32), (row, column)), shape=(sink + 1, sink + 1))
    found = maximum_flow(graph, 0, sink)
    if found.flow_value >= grains.sum() - len(used):
        return []
    left = csr_array(graph - found.flow)
    left.eliminate_zeros()
    reached = np.zeros(sink + 1, dtype=bool)
    reached[breadth_first_order(left, 0, return_predecessors=False)] = True
    tight = ~reached[1 + people : sink] & (grains > 0)
    inside = tight[session]
    links = csr_array(
        (np.ones(int(inside.sum())), (person[inside], people + session[inside])), shape=(people + sessions,) * 2
    )
    _, part = connected_components(links, directed=False)
    groups = part[people:]
    found_sets = []
    for group in np.unique(groups[tight]):
        of_members = tight & (groups == group)
        members = np.nonzero(of_members)[0]
        reach = len(np.unique(full.person[of_members[full.session]]))
        if n[members].sum() > reach + 1e-6:
            found_sets.append((members, reach))
    return found_sets
