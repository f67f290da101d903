"""The best seating with a value on every edge: a flow of least cost by the primal-dual method.

Potentials keep every reduced cost ≥ 0; each round finds the shortest distances in the residual network and then sends
as much as possible over the arcs without reduced cost (Ahuja, Magnanti & Orlin, "Network Flows", 1993, section 9.8).
Values are whole numbers, and the number of rounds is at most the number of different path lengths. The potentials that
remain are prices: they prove the value (proposition 5 in docs/methods/allocation.md).
"""

from dataclasses import dataclass, replace

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra, maximum_flow

from kazipot.core.allocation.arrays import Flags, Floats, Ints
from kazipot.core.allocation.flow import Network
from kazipot.core.allocation.quota import Quota


@dataclass(frozen=True, slots=True, eq=False)
class Best:
    """A best seating: edges (numbers) and their value, and what every best seating has in common.

    seat_price: (S,) value of one seat more. tight: (E,) edges that a best seating may use. forced: (P,) people whom all
    reach. full: (S,) sessions that all fill. quota: the numbers per unit that best seatings have.
    """

    edges: Ints
    value: int
    seat_price: Ints
    person_worth: Ints
    tight: Flags
    forced: Flags
    full: Flags
    quota: Quota


def best_seating(network: Network, quota: Quota, session_cap: Ints, value: Ints) -> Best:
    """Seat quota.total people (it must be possible), session_cap (S,) per session, so that Σ value (E,) is greatest."""
    arcs = _arcs(network, quota, session_cap, value)
    sink = arcs.nodes - 1
    flow = np.zeros(len(arcs.tail), dtype=np.int64)
    potential = np.zeros(arcs.nodes)
    while True:
        distance = _distances(arcs, flow, potential)
        if not np.isfinite(distance[sink]):
            break
        potential += np.minimum(distance, distance[sink])
        sent = _send(arcs, flow, arcs.cost + potential[arcs.tail] - potential[arcs.head])
        if not sent.any():
            break
        flow += sent
    return _read(network, quota, value, arcs, flow, potential)


@dataclass(frozen=True, slots=True, eq=False)
class _Arcs:
    """Arcs with capacities and costs ≥ 0. Nodes: source, units, classes, people, sessions, sink."""

    tail: Ints
    head: Ints
    capacity: Ints
    cost: Floats
    nodes: int
    first_edge: int
    first_exchange: int
    first_person: int


def _arcs(network: Network, quota: Quota, session_cap: Ints, value: Ints) -> _Arcs:
    units, people, sessions, classes = network.units, network.people, network.sessions, len(quota.class_cap)
    concerned = np.unique(network.person)
    first_class, first_person = 1 + units, 1 + units + classes
    first_session = first_person + people
    sink = first_session + sessions
    parts = [
        (np.zeros(units, dtype=np.int64), 1 + np.arange(units), quota.base),
        (np.zeros(classes, dtype=np.int64), first_class + np.arange(classes), quota.class_cap),
        (first_class + quota.arc_class, 1 + quota.arc_unit, np.ones(len(quota.arc_unit), dtype=np.int64)),
        (1 + network.unit[concerned], first_person + concerned, np.ones(len(concerned), dtype=np.int64)),
        (first_person + network.person, first_session + network.session, np.ones(len(network.person), dtype=np.int64)),
        (first_session + np.arange(sessions), np.full(sessions, sink), session_cap),
    ]
    tail, head, capacity = (np.concatenate(column).astype(np.int64) for column in zip(*parts, strict=True))
    first_edge = units + classes + len(quota.arc_unit) + len(concerned)
    cost = np.zeros(len(tail))
    cost[first_edge : first_edge + len(value)] = value.max(initial=0) - value
    return _Arcs(tail, head, capacity, cost, sink + 1, first_edge, units + classes, first_person)


def _read(network: Network, quota: Quota, value: Ints, arcs: _Arcs, flow: Ints, potential: Floats) -> Best:
    """What the potentials say: complementary slackness tells what all best seatings have in common."""
    units, sessions, sink = network.units, network.sessions, arcs.nodes - 1
    edges = slice(arcs.first_edge, arcs.first_edge + len(network.person))
    chosen = np.nonzero(flow[edges] > 0)[0]
    at_unit = potential[1 : 1 + units][network.unit]
    seat_price = potential[sink] - potential[sink - sessions : sink]
    worth = np.full(network.people, -np.inf)
    offered = value - seat_price[network.session]
    np.maximum.at(worth, network.person, offered)
    floor = value.max(initial=0) - (potential[sink] - at_unit)
    tight = (offered == worth[network.person]) & (worth >= floor)[network.person]
    exchange = slice(arcs.first_exchange, arcs.first_exchange + len(quota.arc_unit))
    gain = potential[arcs.head[exchange]] - potential[arcs.tail[exchange]]
    return Best(
        edges=chosen,
        value=int(value[chosen].sum()),
        seat_price=np.maximum(seat_price, 0).astype(np.int64),
        person_worth=np.where(np.isfinite(worth), worth, 0).astype(np.int64),
        tight=tight,
        forced=worth > floor,
        full=seat_price > 0,
        quota=_narrowed(quota, gain),
    )


def _narrowed(quota: Quota, gain: Floats) -> Quota:
    """The quota that best seatings keep: an exchange that gains is made by all, one that loses by none."""
    made, open_ = gain > 0, gain == 0
    base = quota.base + np.bincount(quota.arc_unit[made], minlength=len(quota.base))
    caps = quota.class_cap - np.bincount(quota.arc_class[made], minlength=len(quota.class_cap))
    return Quota(base.astype(np.int64), caps.astype(np.int64), quota.arc_class[open_], quota.arc_unit[open_])


def best_seating_by_levels(network: Network, quota: Quota, session_cap: Ints, values: list[Ints]) -> list[Best]:
    """One best seating after the other, each among the best of all levels before; edges are the network's numbers."""
    found: list[Best] = []
    kept, face = np.arange(len(network.person)), network
    must, full = np.zeros(network.people, dtype=bool), np.zeros(network.sessions, dtype=bool)
    for value in values:
        own = value[kept] - value[kept].min(initial=0)
        heavy = (int(own.max(initial=0)) + 1) * (quota.total + 1)
        keeping = must[face.person].astype(np.int64) + full[face.session]
        best = best_seating(face, quota, session_cap, own + heavy * keeping)
        found.append(replace(best, edges=kept[best.edges], value=int(value[kept[best.edges]].sum())))
        must, full, quota = must | best.forced, full | best.full, best.quota
        kept = kept[best.tight]
        face = Network(network.person[kept], network.session[kept], network.unit, network.units, network.sessions)
    return found


def _distances(arcs: _Arcs, flow: Ints, potential: Floats) -> Floats:
    """Shortest distances from the source in the residual network, by reduced costs."""
    forward, backward = flow < arcs.capacity, flow > 0
    reduced = arcs.cost + potential[arcs.tail] - potential[arcs.head]
    row = np.concatenate([arcs.tail[forward], arcs.head[backward]])
    column = np.concatenate([arcs.head[forward], arcs.tail[backward]])
    weights = np.maximum(0.0, np.concatenate([reduced[forward], -reduced[backward]]))
    graph = csr_array((weights, (row, column)), shape=(arcs.nodes, arcs.nodes))
    found: Floats = dijkstra(graph, directed=True, indices=0)
    return found


def _send(arcs: _Arcs, flow: Ints, reduced: Floats) -> Ints:
    """The change of flow of a maximum flow over residual arcs without reduced cost."""
    forward = np.nonzero((reduced == 0) & (flow < arcs.capacity))[0]
    backward = np.nonzero((reduced == 0) & (flow > 0))[0]
    row = np.concatenate([arcs.tail[forward], arcs.head[backward]]).astype(np.int32)
    column = np.concatenate([arcs.head[forward], arcs.tail[backward]]).astype(np.int32)
    room = np.concatenate([(arcs.capacity - flow)[forward], flow[backward]]).astype(np.int32)
    graph = csr_array((room, (row, column)), shape=(arcs.nodes, arcs.nodes))
    found = maximum_flow(graph, 0, arcs.nodes - 1).flow.tocoo()
    used = np.concatenate([forward, backward])
    keys = arcs.tail[used] * arcs.nodes + arcs.head[used]
    order = np.argsort(keys, kind="stable")
    keys, numbers = keys[order], used[order]
    change = np.zeros(len(arcs.tail), dtype=np.int64)
    sent = found.data > 0
    for start, end, sign in ((found.row[sent], found.col[sent], 1), (found.col[sent], found.row[sent], -1)):
        wanted = start.astype(np.int64) * arcs.nodes + end
        at = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
        hit = keys[at] == wanted
        change[numbers[at[hit]]] = sign * found.data[sent][hit]
    return change
