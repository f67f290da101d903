"""The fairest numbers of people per unit, without losing anybody: leximin over a polymatroid.

The sets of people that can be seated together, one seat each, are a transversal matroid, so the numbers per unit that
can be seated are the integer points of a polymatroid, and those of the largest seatings its bases. Over bases, leximin
is a separable concave maximum; Groenevelt's decomposition (European J. of Op. Res. 54 (1991), 227–236) finds it: solve
with nothing but the total, let a minimal cut show the set of units that asks for too much, split there.
"""

import numpy as np

from kazipot.core.allocation.arrays import Flags, Ints
from kazipot.core.allocation.flow import Network, seat


def fair_numbers(total: int, most: Ints, sizes: Ints, units: Flags, lots: Ints) -> Ints:
    """(U,) numbers that add up to `total`, at most `most`, as fair to `units` as those limits allow.

    Seat after seat goes to the unit with the smallest share so far; among equals to the one whose share grows most,
    then by lot.
    """
    asked = np.where(units, most, 0)
    unit = np.repeat(np.arange(len(most)), asked)
    seats = np.arange(len(unit)) - np.repeat(np.cumsum(asked) - asked, asked)
    order = np.lexsort((lots[unit], sizes[unit], seats / sizes[unit]))
    return np.bincount(unit[order[:total]], minlength=len(most))


def fairest(network: Network, sizes: Ints, session_cap: Ints, lots: Ints) -> Ints:
    """(U,) people to reach of each unit: leximin of reached / sizes among the largest seatings."""
    everybody = np.bincount(network.unit[np.unique(network.person)], minlength=network.units)
    result = np.zeros(network.units, dtype=np.int64)
    parts: list[tuple[Flags, Flags]] = [(everybody > 0, np.zeros(network.units, dtype=bool))]
    known: dict[bytes, int] = {np.zeros(network.units, dtype=bool).tobytes(): 0}

    def rank(units: Flags) -> int:
        key = units.tobytes()
        if key not in known:
            known[key] = seat(network, np.where(units, everybody, 0), session_cap).value
        return known[key]

    while parts:
        part, below = parts.pop()
        total = rank(below | part) - rank(below)
        wanted = fair_numbers(total, everybody, sizes, part, lots)
        tried = seat(network, np.where(below, everybody, wanted), session_cap)
        if tried.value == rank(below) + int(wanted.sum()):
            result[part] = wanted[part]
            continue
        asking = tried.cut_units & part
        parts += [(part & ~asking, below | asking), (asking, below)]
    return result
