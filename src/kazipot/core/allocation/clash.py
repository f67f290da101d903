"""Why a demand can't be met: a smallest set of rules that clash with it.

A set of rules clashes if no plan keeps these rules and meets the demand, whatever happens to the other rules. Sets are
tried in the order of size, and whatever lies within a set that was found feasible is skipped (Liffiton & Sakallah,
J. Autom. Reasoning 40 (2008), on minimal unsatisfiable subsets).
"""

import math
from collections.abc import Callable
from dataclasses import replace
from itertools import combinations

import numpy as np

from kazipot.core.allocation.arrays import Arrays
from kazipot.core.allocation.highs import Infeasible, Unfinished
from kazipot.core.allocation.model import demand, model_of
from kazipot.core.allocation.purchase import purchase

NODES = 5_000
EXACT_EDGES = 2_500
RULES: dict[str, Callable[[Arrays], Arrays]] = {
    "budget": lambda a: replace(a, budget=math.inf),
    "contracts": lambda a: replace(a, contracts=np.full_like(a.contracts, math.inf)),
    "capacity": lambda a: replace(a, capacity=np.full_like(a.capacity, len(a.people))),
    "min_people": lambda a: replace(a, minimum=np.zeros_like(a.minimum)),
    "max_absent_share": lambda a: replace(a, cap=np.full_like(a.cap, len(a.people))),
    "max_offers_per_person": lambda a: replace(a, most_offers=len(a.sessions)),
    "overlaps": lambda a: replace(a, clashes=np.zeros_like(a.clashes)),
    "requires": lambda a: replace(a, before=tuple(None for _ in a.before)),
}
"""How to take each rule away."""
LARGE = ("budget", "contracts", "capacity", "min_people")
"""Rules that are looked at in a large problem; the others are left out, so that a clash that is found is one."""


def smallest_clash(a: Arrays) -> tuple[str, ...] | None:
    """Names of RULES that clash with the demand; () if it fails by who may attend what; None if none is found."""
    names = tuple(RULES) if len(a.edge_person) <= EXACT_EDGES else LARGE
    feasible: list[frozenset[str]] = []
    for size in range(len(names) + 1):
        for rules in combinations(names, size):
            kept = frozenset(rules)
            if any(kept <= other for other in feasible):
                continue
            if not _possible(a, kept, exactly=names is not LARGE):
                return rules
            feasible.append(kept)
    return None


def _possible(a: Arrays, kept: frozenset[str], *, exactly: bool) -> bool:
    """Can the demand be met under these rules alone? True also if that is not known."""
    for name, without in RULES.items():
        if name not in kept:
            a = without(a)
    if not len(a.edge_person):
        return not (a.min_reached or (a.min_unit_share > 0 and a.needing.any()))
    if not exactly:
        return purchase(a).bound >= a.min_reached
    try:
        model = model_of(a, nodes=NODES)
        demand(a, model)
        model.programme.maximise(model.z, 0.0)
    except Infeasible:
        return False
    except Unfinished:
        return True
    return True
