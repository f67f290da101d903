"""All five levels proven, one after the other, by integer programmes: for small problems.

Each level's value becomes a row for the next ones (lexicographic optimisation: Ehrgott, "Multicriteria Optimization",
2005, ch. 5). Leximin is maximised by thresholds: a sorted vector of shares is leximin-larger than another exactly if at
the lowest threshold v where they differ more units have a share ≥ v (docs/methods/allocation.md, lemma 2).
"""

import math
from dataclasses import dataclass, field
from fractions import Fraction

import numpy as np

from kazipot.core.allocation.arrays import Arrays, Flags, Floats, Ints
from kazipot.core.allocation.chance import lots
from kazipot.core.allocation.highs import Infeasible, Solution
from kazipot.core.allocation.model import Model, demand, model_of, whole

NODES = 20_000
LOTS = 1_000


@dataclass(slots=True, eq=False)
class Levels:
    """What was found: (E,) offers, the bounds of the first two levels and which levels were proven."""

    chosen: Flags
    reached_bound: int
    share_bound: Fraction
    proven: list[str] = field(default_factory=list)


def solve_exactly(a: Arrays, *, seed: int, nodes: int = NODES) -> Levels:
    """Maximise the five levels in their order, then draw among equals by the seed's lots. Raises Infeasible."""
    if not len(a.edge_person):
        if a.min_reached or (a.min_unit_share > 0 and a.needing.any()):
            raise Infeasible
        share = Fraction(0) if a.needing.any() else Fraction(1)
        return Levels(np.zeros(0, dtype=bool), 0, share, list(LEVELS))
    model = model_of(a, nodes=nodes)
    demand(a, model)
    run = _Run(a, model)
    run.level("reached", model.z, 1.0)
    bound = math.floor(run.last.bound + 1e-6)
    share_bound = run.leximin()
    run.level("need_weight", model.w, a.need_weight[model.fitted])
    run.level("waited_years", model.z, a.waited[model.reached])
    costs = -np.concatenate([a.fixed, a.head[a.edge_session]])
    run.level("cost", np.concatenate([model.y, model.x]), costs)
    drawn = lots(seed, 1).integers(1, LOTS, len(model.x)).astype(float)
    run.level("lot", model.x, drawn)
    proven = [name for name in run.proven if name != "lot"]
    return Levels(run.values[model.x] > 0.5, bound, share_bound, proven)


LEVELS = ("reached", "worst_unit_share", "need_weight", "waited_years", "cost")


class _Run:
    """The state between levels: the values found so far and the levels proven without a gap."""

    def __init__(self, a: Arrays, model: Model) -> None:
        self.a, self.model = a, model
        self.proven: list[str] = []
        self.values = np.zeros(0)
        self.last: Solution
        self.exact = True

    def best(self, column: Ints, value: Floats | float) -> Solution:
        """Maximise and keep what is found."""
        self.last = self.model.programme.maximise(column, value)
        self.values = self.last.values
        return self.last

    def level(self, name: str, column: Ints, value: Floats | float) -> None:
        """Maximise one level, in whole numbers, and hold its value for those that follow."""
        values = np.broadcast_to(np.asarray(value, dtype=float), len(column))
        scaled = np.round(values * whole(values))
        found = self.best(column, scaled)
        self.exact = self.exact and found.proven
        if self.exact:
            self.proven.append(name)
        self.model.programme.row(column, scaled, round(found.objective) - 0.5, np.inf)

    def reached_by_unit(self) -> Ints:
        """(U,) people reached of each unit by the values found so far."""
        got = self.values[self.model.z] > 0.5
        return np.bincount(self.model.unit_of_z[got], minlength=len(self.a.units))

    def leximin(self) -> Fraction:
        """Raise the sorted shares; returns what the smallest can be at most."""
        reachable = np.bincount(self.model.unit_of_z, minlength=len(self.a.units))
        sizes = self.a.needing
        units = np.nonzero(sizes)[0]
        thresholds = sorted({Fraction(k, n) for n in set(sizes[units].tolist()) for k in range(1, n + 1)})
        worst, count, proven, pending = Fraction(0), len(units), True, None
        for v in thresholds:
            least = np.array([math.ceil(v * int(n)) for n in sizes])
            can = units[reachable[units] >= least[units]]
            have = int((self.reached_by_unit()[can] >= least[can]).sum())
            if have < count and pending is not None:
                self._hold(*pending)
                pending = None
            if have < min(count, len(can)):
                found = self.best(self._marks(can, least), 1.0)
                proven, have = proven and found.proven, round(found.objective)
            if have == 0:
                break
            if have == len(units):
                worst = v
            pending, count = (can, least, have), have
        if pending is not None:
            self._hold(*pending)
        self.exact = self.exact and proven
        if self.exact:
            self.proven.append("worst_unit_share")
            return worst
        ahead = [Fraction(int(reachable[u]), int(sizes[u])) for u in units]
        return min(ahead, default=Fraction(1))

    def _marks(self, can: Ints, least: Ints) -> Ints:
        """Binary variables: 1 only if the unit reaches `least` people."""
        marks = self.model.programme.columns(len(can))
        reached = self.reached_by_unit()[can] >= least[can]
        self.values = np.concatenate([self.values, reached.astype(float)])
        for mark, unit in zip(marks, can, strict=True):
            mine = self.model.z[self.model.unit_of_z == unit]
            columns = np.concatenate([mine, [mark]])
            values = np.concatenate([np.ones(len(mine)), [-float(least[unit])]])
            self.model.programme.row(columns, values, 0.0, np.inf)
        return marks

    def _hold(self, can: Ints, least: Ints, count: int) -> None:
        """From now on at least `count` units reach `least` people."""
        if count < len(can):
            self.model.programme.row(self._marks(can, least), 1.0, float(count), np.inf)
            return
        for unit in can:
            self.model.programme.row(self.model.z[self.model.unit_of_z == unit], 1.0, float(least[unit]), np.inf)
