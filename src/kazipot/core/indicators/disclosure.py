"""Which cells of a table must be hidden, so that no small group can be told apart.

Primary suppression by a threshold, secondary suppression so that no hidden cell follows from the total and
the cells that are shown. Source: Hundepool et al., Handbook on Statistical Disclosure Control (2010), ch. 4.
"""

from collections.abc import Mapping


def hidden[Key: (int, str)](sizes: Mapping[Key, int], *, smallest: int) -> frozenset[Key]:
    """The cells to hide in a one-way table whose total is known; `sizes` are people per cell.

    Hidden is every cell with 1 to `smallest` − 1 people; and if the hidden cells together have fewer than
    `smallest` people, or there is only one of them, the next smallest cells too. Empty cells are shown: nobody is
    in them.
    """
    small = {key for key, size in sizes.items() if 0 < size < smallest}
    if not small:
        return frozenset()
    together = sum(sizes[key] for key in small)
    for key in sorted(sizes, key=lambda key: (sizes[key], key)):
        if len(small) > 1 and together >= smallest:
            break
        if sizes[key] and key not in small:
            small.add(key)
            together += sizes[key]
    return frozenset(small)
