"""How many people of each unit are to be reached, where equally fair numbers may be exchanged between units.

Two units of the same size that competed for a last seat can exchange it without making anything less fair: such a seat
belongs to a class (size, number), and one of the class's units gets it (proposition 3 in docs/methods/allocation.md).
"""

from dataclasses import dataclass

import numpy as np

from kazipot.core.allocation.arrays import Ints


@dataclass(frozen=True, slots=True, eq=False)
class Quota:
    """base: (U,) people of each unit. class_cap: (C,) further seats of each class; arcs (A,) from classes to units."""

    base: Ints
    class_cap: Ints
    arc_class: Ints
    arc_unit: Ints

    @property
    def total(self) -> int:
        """All people to be reached."""
        return int(self.base.sum() + self.class_cap.sum())


def fixed(numbers: Ints) -> Quota:
    """Exactly these numbers."""
    nothing = np.zeros(0, dtype=np.int64)
    return Quota(numbers, nothing, nothing, nothing)


def exchangeable(numbers: Ints, sizes: Ints, everybody: Ints) -> Quota:
    """These numbers, or any that are equally fair: (U,) numbers found fairest, sizes, and people who can be seated."""
    base = numbers.copy()
    caps: list[int] = []
    classes: list[Ints] = []
    units: list[Ints] = []
    for size in np.unique(sizes[numbers > 0]):
        same = np.nonzero(sizes == size)[0]
        for number in np.unique(numbers[same]):
            if number == 0:
                continue
            has = same[numbers[same] == number]
            lacks = same[(numbers[same] == number - 1) & (everybody[same] >= number)]
            if not len(lacks):
                continue
            base[has] -= 1
            members = np.concatenate([has, lacks])
            classes.append(np.full(len(members), len(caps)))
            units.append(members)
            caps.append(len(has))
    if not caps:
        return fixed(numbers)
    return Quota(base, np.array(caps), np.concatenate(classes), np.concatenate(units))
