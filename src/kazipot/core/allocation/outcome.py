"""From chosen offers to a plan with its objectives."""

import math
from collections.abc import Iterable
from fractions import Fraction

import numpy as np

from kazipot.core.allocation.arrays import Arrays, Flags
from kazipot.core.allocation.model import shares
from kazipot.core.allocation.problem import Bounds, Objectives, Offer, Plan


def objectives_of(a: Arrays, chosen: Flags) -> Objectives:
    """The five levels of the chosen edges (E,). Sums are exact before they are rounded."""
    people = np.unique(a.edge_person[chosen])
    fitted = np.unique(a.pair_need[chosen[a.pair_edge]])
    offers = np.bincount(a.edge_session[chosen], minlength=len(a.sessions))
    found = shares(a, chosen)
    return Objectives(
        reached=len(people),
        worst_unit_share=float(found[0]) if found else 1.0,
        need_weight=math.fsum(a.need_weight[fitted].tolist()),
        waited_years=math.fsum(a.waited[people].tolist()),
        cost=round(math.fsum((a.fixed * (offers > 0)).tolist() + (a.head * offers).tolist()), 6),
        unit_shares=tuple(float(share) for share in found),
    )


def plan_of(a: Arrays, chosen: Flags, *, reached_bound: int, share_bound: Fraction, proven: Iterable[str]) -> Plan:
    """The plan of the chosen edges (E,), in the order of ids, so that equal choices are equal byte for byte."""
    names = tuple(proven)
    offers = sorted(Offer(a.people[a.edge_person[e]], a.sessions[a.edge_session[e]]) for e in np.nonzero(chosen)[0])
    return Plan(
        sessions=tuple(sorted({offer.session for offer in offers})),
        offers=tuple(offers),
        objectives=objectives_of(a, chosen),
        bounds=Bounds(reached_bound, float(share_bound)),
        optimal=len(names) == 5,
        proven=names,
    )
