"""Further offers to people who are reached: seats that are left, for needs that are left, within every rule.

Greedy: the largest gain first, then by lot. Used where the exact programme is too large; what it adds is not claimed to
be optimal, except where `none_helps` proves that no further offer can add anything.
"""

from collections import defaultdict

import numpy as np

from kazipot.core.allocation.arrays import Arrays, Flags, Floats, Ints


class Seats:
    """Offers made so far, with what each rule still allows. Grows by `give`; never breaks a rule."""

    def __init__(self, a: Arrays, chosen: Flags) -> None:
        self.a, self.chosen = a, chosen.copy()
        self.sessions_of: dict[int, list[int]] = defaultdict(list)
        self.away: dict[tuple[int, int], set[int]] = defaultdict(set)
        self.taken = np.zeros(len(a.sessions), dtype=np.int64)
        self.fitted = np.zeros(len(a.need_person), dtype=bool)
        self.fitted[a.pair_need[chosen[a.pair_edge]]] = True
        self.first_pair = np.searchsorted(a.pair_edge, np.arange(len(a.edge_person) + 1))
        for edge in np.nonzero(chosen)[0]:
            self._sit(int(edge))
        spent = a.fixed * (self.taken > 0) + a.head * self.taken
        self.left = a.budget - float(spent.sum())
        self.left_of = a.contracts - np.bincount(a.provider, weights=spent, minlength=len(a.contracts))

    def _sit(self, edge: int) -> None:
        person, session = int(self.a.edge_person[edge]), int(self.a.edge_session[edge])
        self.sessions_of[person].append(session)
        self.taken[session] += 1
        for day in self.a.days[session]:
            self.away[int(self.a.unit[person]), day].add(person)

    def gain(self, edge: int) -> float:
        """The weight of needs that the offer would newly fit."""
        needs = self.a.pair_need[self.first_pair[edge] : self.first_pair[edge + 1]]
        return float(self.a.need_weight[needs[~self.fitted[needs]]].sum())

    def allows(self, edge: int) -> bool:
        """Does the person's side allow the offer: number, overlaps, prerequisites, days?"""
        a, person, session = self.a, int(self.a.edge_person[edge]), int(self.a.edge_session[edge])
        attended, needed = self.sessions_of.get(person, []), self.a.before[session]
        if self.chosen[edge] or len(attended) >= a.most_offers or a.clashes[session, attended].any():
            return False
        if needed is not None and not set(needed) & set(attended):
            return False
        unit = int(a.unit[person])
        return all(person in self.away[unit, day] or len(self.away[unit, day]) < a.cap[unit] for day in a.days[session])

    def affords(self, session: int, seats: int) -> bool:
        """Is there money for so many more seats, and for the session if it is not bought yet?"""
        cost = self.a.head[session] * seats + (self.a.fixed[session] if self.taken[session] == 0 else 0.0)
        return bool(cost <= min(self.left, self.left_of[self.a.provider[session]]) - 1e-9) or cost == 0

    def give(self, edge: int) -> None:
        """Make the offer."""
        session = int(self.a.edge_session[edge])
        cost = float(self.a.head[session] + (self.a.fixed[session] if self.taken[session] == 0 else 0.0))
        self.left -= cost
        self.left_of[self.a.provider[session]] -= cost
        self.chosen[edge] = True
        self.fitted[self.a.pair_need[self.first_pair[edge] : self.first_pair[edge + 1]]] = True
        self._sit(edge)

    def fill(self, edges: Ints, session: int, seats: int, *, least_gain: float) -> int:
        """Give up to so many seats of a session to the edges whose gain is at least this, the largest gain first."""
        ordered = sorted(((self.gain(int(e)), -i, int(e)) for i, e in enumerate(edges)), reverse=True)
        given = 0
        for gain, _, edge in ordered:
            if given == seats or gain < least_gain or not self.affords(session, 1):
                break
            if self.allows(edge):
                self.give(edge)
                given += 1
        return given


def add_further(a: Arrays, chosen: Flags) -> tuple[Flags, Ints]:
    """Offers with further ones added, and the sessions that still have fewer people than their minimum."""
    seats = Seats(a, chosen)
    reached = np.zeros(len(a.people), dtype=bool)
    reached[a.edge_person[chosen]] = True
    open_pair = ~seats.fitted[a.pair_need] & reached[a.edge_person[a.pair_edge]]
    useful = np.zeros(len(a.edge_person), dtype=bool)
    useful[a.pair_edge[open_pair]] = True
    short = np.nonzero((seats.taken > 0) & (seats.taken < a.minimum))[0]
    for session in short:
        mine = np.nonzero((a.edge_session == session) & reached[a.edge_person])[0]
        seats.fill(mine, int(session), int(a.minimum[session] - seats.taken[session]), least_gain=0.0)
    spare = a.capacity - seats.taken
    bought = seats.taken > 0
    edges = np.nonzero(useful & (bought & (spare > 0))[a.edge_session])[0]
    for edge in sorted(edges.tolist(), key=lambda e: (-seats.gain(e), e)):
        into = int(a.edge_session[edge])
        room = seats.taken[into] < a.capacity[into] and seats.affords(into, 1)
        if room and seats.gain(edge) > 0 and seats.allows(edge):
            seats.give(edge)
    _buy_more(seats, np.nonzero(useful)[0])
    return seats.chosen, np.nonzero((seats.taken > 0) & (seats.taken < a.minimum))[0]


def _buy_more(seats: Seats, useful: Ints) -> None:
    """Buy further sessions from the money left, where enough people who are reached gain by them."""
    a = seats.a
    cost = a.fixed + a.head * np.maximum(a.minimum, 1)
    possible = (seats.taken == 0) & (cost <= seats.left)
    useful = useful[possible[a.edge_session[useful]]]
    order = np.argsort(a.edge_session[useful], kind="stable")
    sessions, first = np.unique(a.edge_session[useful][order], return_index=True)
    groups = dict(zip(sessions.tolist(), np.split(useful[order], first[1:]), strict=True)) if len(sessions) else {}
    price = {s: float(cost[s]) / max(1, min(len(groups[s]), int(a.capacity[s]))) for s in groups}
    for session in sorted(groups, key=lambda s: (price[s], s)):
        least = max(1, int(a.minimum[session]))
        willing = [int(e) for e in groups[session] if seats.gain(int(e)) > 0 and seats.allows(int(e))]
        if len(_together(seats, willing)) >= least and seats.affords(session, least):
            seats.fill(np.array(_together(seats, willing)), session, int(a.capacity[session]), least_gain=1e-9)


def _together(seats: Seats, edges: list[int]) -> list[int]:
    """Those of the edges of one session that can be given together: days bind within a unit."""
    a, used, found = seats.a, defaultdict[tuple[int, int], int](int), []
    for edge in edges:
        person, unit = int(a.edge_person[edge]), int(a.unit[a.edge_person[edge]])
        days = [d for d in a.days[int(a.edge_session[edge])] if person not in seats.away[unit, d]]
        if all(len(seats.away[unit, d]) + used[unit, d] < a.cap[unit] for d in days):
            found.append(edge)
            for day in days:
                used[unit, day] += 1
    return found


def none_helps(a: Arrays, price: Floats, worth: Floats, weight: Floats, pair_weight: Floats) -> bool:
    """Can further offers add nothing to the weight, at these prices of seats (S,)? Proposition 5.

    worth: (P,) the best a single offer is worth to each person after its price; weight: (E,) of an edge's needs;
    pair_weight: (F,) of each pair's need. True only if no set of two or more offers is worth more than the best one.
    """
    alone = weight - price[a.edge_session]
    hopeful = np.unique(a.edge_person[alone > 1e-9]) if a.most_offers > 1 else np.zeros(0, dtype=np.int64)
    for person in hopeful:
        mine = np.arange(a.first_edge[person], a.first_edge[person + 1])
        pairs = np.arange(np.searchsorted(a.pair_edge, mine[0]), np.searchsorted(a.pair_edge, mine[-1] + 1))
        needs: dict[int, dict[int, float]] = {int(e): {} for e in mine}
        for pair in pairs:
            needs[int(a.pair_edge[pair])][int(a.pair_need[pair])] = float(pair_weight[pair])
        helpful = [int(e) for e in mine if alone[e] > 1e-9]
        for first in mine:
            extra = 0.0
            for second in helpful:
                if second != first:
                    new = sum(w for n, w in needs[second].items() if n not in needs[int(first)])
                    extra += max(0.0, new - float(price[a.edge_session[second]]))
            if alone[first] + extra > worth[person] + 1e-9:
                return False
    return True
