"""What others do with the same data: first come, first served; greedy by priority; purchases by chance or by price.

They keep the same hard rules, so that they can be checked and compared; sessions that stay below their minimum are not
held, and their seats are lost.
"""

import numpy as np

from kazipot.core.allocation.arrays import Arrays, Flags, Ints
from kazipot.core.allocation.further import Seats


def buy_by_chance(a: Arrays, rng: np.random.Generator) -> Flags:
    """(S,) sessions bought in random order, each that the money still allows with all its seats."""
    return _buy(a, rng.permutation(len(a.sessions)))


def buy_cheapest(a: Arrays) -> Flags:
    """(S,) sessions bought by price per seat, the cheapest first: a strong and honest rule of thumb."""
    return _buy(a, np.argsort((a.fixed + a.head * a.capacity) / a.capacity, kind="stable"))


def _buy(a: Arrays, order: Ints) -> Flags:
    bought = np.zeros(len(a.sessions), dtype=bool)
    left, left_of = a.budget, a.contracts.copy()
    for session in order:
        cost, provider = a.fixed[session] + a.head[session] * a.capacity[session], a.provider[session]
        if cost <= left and cost <= left_of[provider]:
            bought[session] = True
            left -= cost
            left_of[provider] -= cost
    return bought


def first_come(a: Arrays, bought: Flags, rng: np.random.Generator, *, seats_each: int) -> Flags:
    """(E,) offers: people come in random order; each takes up to so many seats of those that are free, at random."""
    return _seat_in_order(a, bought, rng.permutation(len(a.people)), seats_each=seats_each, rng=rng)


def by_priority(a: Arrays, bought: Flags) -> Flags:
    """(E,) offers: the greatest need comes first, then the longest wait; each gets the seat that fits most."""
    weight = np.bincount(a.need_person, weights=a.need_weight, minlength=len(a.people))
    return _seat_in_order(a, bought, np.lexsort((-a.waited, -weight)), seats_each=1, rng=None)


def _seat_in_order(
    a: Arrays, bought: Flags, people: Ints, *, seats_each: int, rng: np.random.Generator | None
) -> Flags:
    nobody = np.zeros(len(a.edge_person), dtype=bool)
    seats, full = Seats(a, nobody), ~bought
    weight = np.bincount(a.pair_edge, weights=a.need_weight[a.pair_need], minlength=len(a.edge_person))
    for person in people:
        mine = np.arange(a.first_edge[person], a.first_edge[person + 1])
        mine = mine[~full[a.edge_session[mine]]]
        if not len(mine):
            continue
        order = np.argsort(-weight[mine], kind="stable") if rng is None else rng.permutation(len(mine))
        for edge in mine[order][: 5 * seats_each]:
            session = int(a.edge_session[edge])
            if seats.affords(session, 1) and seats.allows(int(edge)):
                seats.give(int(edge))
                full[session] = seats.taken[session] >= a.capacity[session]
                if len(seats.sessions_of[int(person)]) >= seats_each:
                    break
    return _held(a, seats.chosen)


def _held(a: Arrays, chosen: Flags) -> Flags:
    """Without sessions below their minimum, and without offers that lose their prerequisite by that."""
    while True:
        offers = np.bincount(a.edge_session[chosen], minlength=len(a.sessions))
        lost = chosen & (offers < a.minimum)[a.edge_session]
        if not lost.any():
            lost = _without_prerequisite(a, chosen)
        if not lost.any():
            return chosen
        chosen = chosen & ~lost


def _without_prerequisite(a: Arrays, chosen: Flags) -> Flags:
    lost = np.zeros(len(chosen), dtype=bool)
    for session, needed in enumerate(a.before):
        if needed is not None:
            mine = chosen & (a.edge_session == session)
            ready = a.edge_person[chosen & np.isin(a.edge_session, needed)]
            lost |= mine & ~np.isin(a.edge_person, ready)
    return lost
