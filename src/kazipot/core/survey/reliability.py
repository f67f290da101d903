"""How well coders agree beyond chance: Cohen's κ for two, Krippendorff's α for any number, with gaps.

Both take values on a nominal scale. 1 is perfect agreement, 0 what chance would give, below 0 less than that.
"""

from collections import Counter, defaultdict
from collections.abc import Hashable, Sequence


def cohens_kappa[V: Hashable](pairs: Sequence[tuple[V, V]]) -> float | None:
    """κ = (p_o − p_e) / (1 − p_e) of two coders' values (Cohen 1960, eq. 1); None when chance alone agrees or no pairs.

    p_e is the agreement that the coders' own marginal shares would give by chance.
    """
    total = len(pairs)
    if not total:
        return None
    first, second = Counter(one for one, _ in pairs), Counter(other for _, other in pairs)
    observed = sum(one == other for one, other in pairs) / total
    expected = sum(first[value] * second[value] for value in first) / total**2
    return None if expected == 1 else (observed - expected) / (1 - expected)


def krippendorffs_alpha[V: Hashable](units: Sequence[Sequence[V]]) -> float | None:
    """α = 1 − D_o / D_e for nominal data (Krippendorff 2011, "Computing Krippendorff's Alpha-Reliability", part C).

    `units`: for each thing that was coded, the values that it got, gaps left out. Things with fewer than two values
    say nothing. None when nothing can be compared or only one value was ever used.
    """
    pairs: dict[tuple[V, V], float] = defaultdict(float)
    for values in units:
        for i, one in enumerate(values):
            for j, other in enumerate(values):
                if i != j:
                    pairs[one, other] += 1 / (len(values) - 1)
    shares: dict[V, float] = defaultdict(float)
    for (one, _), weight in pairs.items():
        shares[one] += weight
    total = sum(shares.values())
    disagreed = sum(weight for (one, other), weight in pairs.items() if one != other)
    by_chance = total**2 - sum(share**2 for share in shares.values())
    if len(shares) < 2:
        return None
    return 1 - (total - 1) * disagreed / by_chance
