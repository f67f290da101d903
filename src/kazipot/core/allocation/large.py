"""All levels by flows, for problems too large for the integer programme: exact where the bounds meet, else with a gap.

1. Purchase by Hall's conditions (`purchase`), unless the money buys everything. 2. The fairest numbers per unit
(`leximin`). 3. Need, waiting and price per head as flows of least cost (`mincost`). 4. Where more people of a unit
would be away on a day than may be, the surplus is kept away from that day and the flows are solved again. 5. Further
offers for needs that are left (`further`). Without days each step is optimal; whether days cost anything is seen by
comparing.
"""

from dataclasses import replace
from fractions import Fraction

import numpy as np

from kazipot.core.allocation.arrays import Arrays, Flags, Floats, Ints
from kazipot.core.allocation.chance import lots
from kazipot.core.allocation.exact import LEVELS, Levels
from kazipot.core.allocation.flow import Network, seat
from kazipot.core.allocation.further import add_further, none_helps
from kazipot.core.allocation.leximin import fair_numbers, fairest
from kazipot.core.allocation.mincost import Best, best_seating_by_levels
from kazipot.core.allocation.model import days_of_edges, shares, whole
from kazipot.core.allocation.purchase import Purchase, purchase, usable_sessions
from kazipot.core.allocation.quota import exchangeable

ROUNDS = 25
STEPS = 48
"""So many different values an edge may have in a flow of least cost; finer ones are rounded."""
MANY_EDGES = 3_000_000
PER_SEAT, PER_PERSON = 8, 2
"""When there are many edges: so many are kept for each seat, and for each person of all and of the heaviest."""


def solve_by_flows(a: Arrays, *, seed: int, given: Purchase | None = None) -> Levels:
    """The five levels for a large problem, for the purchase given or one of its own. `proven`: those without a gap."""
    return _Run(a, seed).solve(given)


def affords_everything(a: Arrays) -> bool:
    """Is there money for every session with all its seats?"""
    full = a.fixed + a.head * a.capacity
    of_provider = np.bincount(a.provider, weights=full, minlength=len(a.contracts))
    return bool(full.sum() <= a.budget and (of_provider <= a.contracts).all())


def steps(values: Floats) -> tuple[Ints, bool]:
    """Values as whole numbers, few enough for a flow of least cost; True if nothing was rounded."""
    scaled = np.round(values * whole(values)).astype(np.int64)
    divisor = np.gcd.reduce(scaled) or 1
    scaled //= divisor
    low = int(scaled.min(initial=0))
    if int(scaled.max(initial=0)) - low <= STEPS:
        return scaled, True
    span = float(values.max() - values.min())
    return np.round((values - values.min()) * (STEPS / span)).astype(np.int64), False


def _spread(group: Ints, edges: Ints, number: Ints, phase: Floats) -> Ints:
    """Of each group's edges (sorted by group) about `number` (G,), evenly spaced from a phase (G,) in [0, 1) by lot."""
    count = np.bincount(group, minlength=len(number))
    place = np.arange(len(group)) - (np.cumsum(count) - count)[group]
    step = np.minimum(1.0, number / np.maximum(count, 1))[group]
    kept: Ints = edges[np.floor((place + 1) * step + phase[group]) > np.floor(place * step + phase[group])]
    return kept


class _Run:
    def __init__(self, a: Arrays, seed: int) -> None:
        self.a, self.rng = a, lots(seed, 2)
        self.lots = self.rng.permutation(len(a.units))
        self.weight = np.bincount(a.pair_edge, weights=a.need_weight[a.pair_need], minlength=len(a.edge_person))
        self.free = affords_everything(a)
        usable = usable_sessions(a)
        self.kept = self._thinned(np.nonzero(usable[a.edge_session])[0])
        self.thinned = len(self.kept) < int(usable[a.edge_session].sum())
        self.network = Network(
            a.edge_person[self.kept], a.edge_session[self.kept], a.unit, len(a.units), len(a.sessions)
        )
        self.everybody = np.bincount(a.unit[np.unique(a.edge_person)], minlength=len(a.units))
        self.values, exact = [], []
        for value in (self.weight[self.kept], a.waited[a.edge_person[self.kept]], -a.head[a.edge_session[self.kept]]):
            whole_value, is_exact = steps(value)
            self.values.append(whole_value)
            exact.append(is_exact)
        self.exact = exact
        self.edge_days: tuple[Ints, Ints] | None = None
        self.banned = np.zeros(len(self.kept), dtype=bool)

    def _thinned(self, edges: Ints) -> Ints:
        """All edges, or when there are very many a part of them by lot: enough for each seat and each person."""
        if len(edges) <= MANY_EDGES:
            return edges
        a, phase = self.a, self.rng.random
        heaviest = np.zeros(len(a.people))
        np.maximum.at(heaviest, a.edge_person[edges], self.weight[edges])
        heavy = edges[self.weight[edges] >= heaviest[a.edge_person[edges]]]
        each = np.full(len(a.people), PER_PERSON)
        by_session = edges[np.argsort(a.edge_session[edges].astype(np.uint16 if len(a.sessions) < 2**16 else np.int64),
                                      kind="stable")]  # fmt: skip
        by_seat = _spread(a.edge_session[by_session], by_session, PER_SEAT * a.capacity, phase(len(a.sessions)))
        by_person = _spread(a.edge_person[edges], edges, each, phase(len(a.people)))
        by_weight = _spread(a.edge_person[heavy], heavy, each, phase(len(a.people)))
        return np.unique(np.concatenate([by_seat, by_person, by_weight]))

    def solve(self, given: Purchase | None) -> Levels:
        """Solve, close sessions that cannot get their minimum, and say what is proven."""
        a = self.a
        if given is not None:
            cap, bound = given.seats, given.bound
        elif self.free:
            cap = np.where(usable_sessions(a), a.capacity, 0)
            bound = self._bound(cap)
        else:
            bought = purchase(a, within=self.kept if self.thinned else None)
            cap, bound = bought.seats, bought.bound
        first = True
        for _ in range(ROUNDS):
            best, relaxed = self._within_days(cap)
            chosen = np.zeros(len(a.edge_person), dtype=bool)
            chosen[self.kept[best[-1].edges]] = True
            chosen, short = add_further(a, chosen)
            if not len(short):
                break
            if self.free and first and given is None:
                bought = purchase(a, within=self.kept if self.thinned else None)
                bound, first = min(bound, bought.bound), False
                cap = np.where(bought.bought, cap, 0)
            else:
                cap = np.where(np.isin(np.arange(len(cap)), short), 0, cap)
        return self._told(chosen, bound, cap, relaxed, best)

    def _bound(self, cap: Ints) -> int:
        """Seats of the sessions before the minimal cut, and people who can be offered one behind it, of all edges."""
        found = seat(self.network, self.everybody, cap)
        behind = ~found.cut_sessions & (cap > 0)
        people = len(np.unique(self.a.edge_person[behind[self.a.edge_session]]))
        return min(int(cap[found.cut_sessions].sum()) + people, int(self.everybody.sum()))

    def _levels(self, cap: Ints, banned: Flags, depth: int) -> list[Best]:
        """Fairest numbers, then so many of the three levels of values, without looking at days."""
        network, numbers = self.network.without(banned)
        found = fairest(network, self.a.needing, cap, self.lots)
        everybody = np.bincount(network.unit[np.unique(network.person)], minlength=network.units)
        quota = exchangeable(found, self.a.needing, everybody)
        best = best_seating_by_levels(network, quota, cap, [value[numbers] for value in self.values[:depth]])
        return [replace(b, edges=numbers[b.edges]) for b in best]

    def _within_days(self, cap: Ints) -> tuple[list[Best], list[Best]]:
        """The levels again and again, until on no day too many of a unit are away; and what they were at first.

        Edges that were banned for other seats stay so: what was first is without days only for the first seats.
        """
        banned = self.banned
        relaxed = best = self._levels(cap, banned, 1)
        for _ in range(ROUNDS):
            more = self._too_many(best[-1].edges)
            if more.any():
                banned = self.banned = banned | more
                best = self._levels(cap, banned, 1)
            elif len(best) == 1:
                best = self._levels(cap, banned, 3)
            else:
                return best, relaxed if banned.any() else best
        edges = best[-1].edges
        kept = edges[~self._too_many(edges)[edges]]
        return [replace(best[0], value=-1), replace(best[-1], edges=kept, value=-1)], relaxed

    def _too_many(self, edges: Ints) -> Flags:
        """Edges to ban: of units of which too many are away on a day, all but as many people as may be away."""
        a, banned = self.a, np.zeros(len(self.kept), dtype=bool)
        if (a.cap >= self.everybody).all():
            return banned
        edge, day = self._days()
        width = int(day.max(initial=0)) + 1
        place = a.unit[self.network.person[edge]] * width + day
        chosen = np.zeros(len(self.kept), dtype=bool)
        chosen[edges] = True
        away = chosen[edge]
        places, count = np.unique(place[away], return_counts=True)
        over = places[count > a.cap[places // width]]
        concerned = np.isin(place, over)
        for square in over:
            mine = concerned & (place == square)
            people = self.network.person[edge[mine & away]]
            stay = self.rng.permutation(np.unique(people))[: a.cap[square // width]]
            banned[edge[mine][~np.isin(self.network.person[edge[mine]], stay)]] = True
        return banned

    def _days(self) -> tuple[Ints, Ints]:
        if self.edge_days is None:
            self.edge_days = days_of_edges(self.a.days, self.network.session)
        return self.edge_days

    def _told(self, chosen: Flags, bound: int, cap: Ints, relaxed: list[Best], best: list[Best]) -> Levels:
        """The result with its bounds and the levels that are proven."""
        a = self.a
        got = shares(a, chosen)
        reached = len(np.unique(a.edge_person[chosen]))
        if self.free and not self.thinned:
            fair = fairest(self.network, a.needing, np.where(usable_sessions(a), a.capacity, 0), self.lots)
        else:
            fair = fair_numbers(bound, self.everybody, a.needing, a.needing > 0, self.lots)
        ideal = sorted(Fraction(int(r), int(n)) for r, n in zip(fair, a.needing, strict=True) if n)
        share_bound = ideal[0] if ideal else Fraction(1)
        proven = [LEVELS[0]] if reached == bound else []
        if proven and got == ideal:
            proven.append(LEVELS[1])
        if len(proven) == 2 and self.free and (cap[usable_sessions(a)] == a.capacity[usable_sessions(a)]).all():
            proven += self._proven_values(chosen, cap, relaxed, best)
        return Levels(chosen, bound, share_bound, proven)

    def _proven_values(self, chosen: Flags, cap: Ints, relaxed: list[Best], best: list[Best]) -> list[str]:
        """Which of need, waiting and cost are proven when all sessions can be had."""
        a = self.a
        found: list[str] = []
        step = self.values[0]
        scale = float(step.max(initial=0)) / float(self.weight[self.kept].max(initial=1.0)) if len(step) else 1.0
        price, worth = relaxed[0].seat_price / scale, relaxed[0].person_worth / scale
        inside = bool((self.weight - price[a.edge_session] <= worth[a.edge_person] + 1e-9).all())
        if not self.exact[0] or best[0].value != relaxed[0].value or not inside or chosen.sum() != len(best[-1].edges):
            return found
        if not none_helps(a, price, worth, self.weight, a.need_weight[a.pair_need]):
            return found
        found.append(LEVELS[2])
        if self.exact[1] and not self.thinned and self._same_waiting(cap, relaxed, best):
            found.append(LEVELS[3])
            full = np.bincount(a.edge_session[chosen], minlength=len(a.sessions)) == a.capacity
            if full.all():
                found.append(LEVELS[4])
        return found

    def _same_waiting(self, cap: Ints, relaxed: list[Best], best: list[Best]) -> bool:
        """Do days leave the fourth level as good as it is without them?"""
        if len(relaxed) == 1:
            relaxed = self._levels(cap, np.zeros(len(self.kept), dtype=bool), 2)
        return best[1].value == relaxed[1].value
