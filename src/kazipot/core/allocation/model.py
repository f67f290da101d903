"""The whole question as one integer programme: every hard rule is a row. Notation as in docs/methods/allocation.md.

Variables: x (E,) an offer; y (S,) a session is bought; z (P',) a person with
edges is reached; w (N',) a need is fitted.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

import numpy as np

from kazipot.core.allocation.arrays import Arrays, Flags, Floats, Ints, ceil_share
from kazipot.core.allocation.highs import Programme


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """A programme with its variables. `reached` are the people of z, `fitted` the needs of w."""

    programme: Programme
    x: Ints
    y: Ints
    z: Ints
    w: Ints
    reached: Ints
    fitted: Ints
    unit_of_z: Ints


def model_of(a: Arrays, *, nodes: int) -> Model:
    """The integer programme of all rules."""
    programme = Programme(nodes=nodes)
    edges, sessions = len(a.edge_person), len(a.sessions)
    x, y = programme.columns(edges), programme.columns(sessions)
    reached, person = np.unique(a.edge_person, return_inverse=True)
    fitted, need = np.unique(a.pair_need, return_inverse=True)
    z, w = programme.columns(len(reached)), programme.columns(len(fitted))
    model = Model(programme, x, y, z, w, reached, fitted, a.unit[reached])
    count_z, count_w = np.arange(len(reached)), np.arange(len(fitted))
    _rows(programme, [(count_z, z, 1.0), (person, x, -1.0)], high=0.0)
    _rows(programme, [(count_w, w, 1.0), (need, x[a.pair_edge], -1.0)], high=0.0)
    _sessions(a, model)
    _grouped(programme, person, x, np.bincount(person, minlength=len(reached)) > a.most_offers, float(a.most_offers))
    _overlaps(a, model)
    _prerequisites(a, model)
    _days(a, model)
    _money(a, model)
    return model


def _rows(
    programme: Programme,
    parts: Sequence[tuple[Ints, Ints, float | Floats]],
    *,
    low: float = -np.inf,
    high: float = np.inf,
) -> None:
    row = np.concatenate([part[0] for part in parts])
    if not len(row):
        return
    column = np.concatenate([part[1] for part in parts])
    value = np.concatenate([np.broadcast_to(np.asarray(part[2], dtype=float), len(part[0])) for part in parts])
    programme.rows(row, column, value, low, high)


def _grouped(programme: Programme, group: Ints, column: Ints, binding: Flags, high: float) -> None:
    """Σ of the columns of each binding group ≤ high."""
    keep = binding[group]
    _, row = np.unique(group[keep], return_inverse=True)
    _rows(programme, [(row, column[keep], 1.0)], high=high)


def _sessions(a: Arrays, model: Model) -> None:
    """Nobody sits in a session that isn't bought; in one that is sit at least `minimum`, at most `capacity`."""
    edges, every = np.arange(len(a.edge_session)), np.arange(len(a.sessions))
    p, x, y = model.programme, model.x, model.y
    _rows(p, [(edges, x, 1.0), (edges, y[a.edge_session], -1.0)], high=0.0)
    _rows(p, [(a.edge_session, x, 1.0), (every, y, -a.capacity.astype(float))], high=0.0)
    least = np.maximum(a.minimum, 1)
    _rows(p, [(a.edge_session, x, 1.0), (every, y, -least.astype(float))], low=0.0)


def moments(a: Arrays) -> list[Ints]:
    """Largest sets of sessions that overlap in pairs: whoever attends one of a set attends no other of it."""
    found: dict[tuple[int, ...], None] = {}
    for s in range(len(a.sessions)):
        rivals = np.nonzero(a.clashes[s])[0]
        left = list(rivals)
        while left:
            clique = [s]
            for t in left:
                if a.clashes[t, clique].all():
                    clique.append(int(t))
            left = [t for t in left if t not in set(clique)]
            found[tuple(sorted(clique))] = None
    return [np.array(clique, dtype=np.int64) for clique in found]


def _overlaps(a: Arrays, model: Model) -> None:
    for clique in moments(a):
        edges = np.nonzero(np.isin(a.edge_session, clique))[0]
        person = a.edge_person[edges]
        people, group = np.unique(person, return_inverse=True)
        _grouped(model.programme, group, model.x[edges], np.bincount(group, minlength=len(people)) > 1, 1.0)


def _prerequisites(a: Arrays, model: Model) -> None:
    for s, needed in enumerate(a.before):
        if needed is None:
            continue
        for edge in np.nonzero(a.edge_session == s)[0]:
            of_person = slice(a.first_edge[a.edge_person[edge]], a.first_edge[a.edge_person[edge] + 1])
            earlier = model.x[of_person][np.isin(a.edge_session[of_person], needed)]
            columns = np.concatenate([[model.x[edge]], earlier])
            model.programme.row(columns, np.concatenate([[1.0], -np.ones(len(earlier))]), -np.inf, 0.0)


def days_of_edges(days: tuple[tuple[int, ...], ...], session: Ints) -> tuple[Ints, Ints]:
    """(edge, day) of every day on which the session (E,) of an edge meets."""
    sizes = np.array([len(row) for row in days], dtype=np.int64)
    flat = np.array([day for row in days for day in row], dtype=np.int64)
    first = np.cumsum(sizes) - sizes
    own = sizes[session]
    edge = np.repeat(np.arange(len(session)), own)
    within = np.arange(len(edge)) - np.repeat(np.cumsum(own) - own, own)
    return edge, flat[first[session[edge]] + within]


def _days(a: Arrays, model: Model) -> None:
    """On a day at most `cap` people of a unit: a person with two sessions on the day counts once."""
    edge, day = days_of_edges(a.days, a.edge_session)
    if not len(edge):
        return
    person, width = a.edge_person[edge], int(day.max()) + 1
    away, group = np.unique(person * width + day, return_inverse=True)
    place = a.unit[away // width] * width + away % width
    squares, square = np.unique(place, return_inverse=True)
    binding = np.bincount(square) > a.cap[squares // width]
    kept = np.nonzero(binding[square])[0]
    if not len(kept):
        return
    number = np.full(len(away), -1, dtype=np.int64)
    number[kept] = np.arange(len(kept))
    absent = model.programme.columns(len(kept), integer=False)
    mine = np.nonzero(number[group] >= 0)[0]
    rows = np.arange(len(mine))
    _rows(model.programme, [(rows, model.x[edge[mine]], 1.0), (rows, absent[number[group[mine]]], -1.0)], high=0.0)
    used, row = np.unique(square[kept], return_inverse=True)
    model.programme.rows(row, absent, 1.0, -np.inf, a.cap[squares[used] // width].astype(float))


def whole(*amounts: Floats) -> float:
    """A power of ten by which all the amounts become whole numbers (at most six decimals count)."""
    finite = np.concatenate(amounts)
    distinct = np.unique(finite[np.isfinite(finite)])
    decimals = [-int(Decimal(repr(float(x))).normalize().as_tuple().exponent) for x in distinct]
    return float(10 ** min(6, max([0, *decimals])))


def _money(a: Arrays, model: Model) -> None:
    """What is bought costs at most the budgets. In whole numbers half a unit of slack changes nothing."""
    scale = whole(a.fixed, a.head, np.array([a.budget]), a.contracts)
    columns = np.concatenate([model.y, model.x])
    costs = np.round(np.concatenate([a.fixed, a.head[a.edge_session]]) * scale)
    if np.isfinite(a.budget):
        model.programme.row(columns, costs, -np.inf, round(a.budget * scale) + 0.5)
    provider = np.concatenate([a.provider, a.provider[a.edge_session]])
    for number, amount in enumerate(a.contracts):
        if np.isfinite(amount):
            mine = provider == number
            model.programme.row(columns[mine], costs[mine], -np.inf, round(amount * scale) + 0.5)


def demand(a: Arrays, model: Model) -> None:
    """Rows for what the planner demands: so many people in all, such a share in every unit."""
    if a.min_reached:
        model.programme.row(model.z, 1.0, float(a.min_reached), np.inf)
    for unit, size in enumerate(a.needing):
        if size and a.min_unit_share > 0:
            mine = model.z[model.unit_of_z == unit]
            model.programme.row(mine, 1.0, float(ceil_share(a.min_unit_share, int(size))), np.inf)


def shares(a: Arrays, chosen: Flags) -> list[Fraction]:
    """Sorted shares reached of the units in which somebody has a need; `chosen`: (E,) offers."""
    people = np.unique(a.edge_person[chosen])
    got = np.bincount(a.unit[people], minlength=len(a.units))
    return sorted(Fraction(int(r), int(n)) for r, n in zip(got, a.needing, strict=True) if n)
