"""Dominance in tables of magnitudes (hours, euros): a cell in which one or few contributors prevail is sensitive.

In a table of people each contributes 1, so dominance says no more than a threshold does; that is why the protection
of counts has the threshold alone.
"""

from collections.abc import Sequence


def is_dominated(contributions: Sequence[float], *, n: int, percent: float) -> bool:
    """The (n, k) rule: the n largest contributions are more than `percent` of the total (Hundepool et al. 2024, 4.2).

    Contributions aren't negative; an empty or zero cell isn't dominated. Raises ValueError otherwise.
    """
    largest = _sorted(contributions)
    return sum(largest[:n]) > percent / 100 * sum(largest)


def is_estimable(contributions: Sequence[float], *, percent: float) -> bool:
    """The p % rule: the second largest contributor can estimate the largest to within `percent` (ibid.).

    That is, total − largest − second < percent/100 · largest. Raises ValueError if a contribution is negative.
    """
    largest = _sorted(contributions)
    return bool(largest) and sum(largest[2:]) < percent / 100 * largest[0]


def _sorted(contributions: Sequence[float]) -> list[float]:
    if any(value < 0 for value in contributions):
        raise ValueError("a contribution is negative")
    return sorted(contributions, reverse=True)
