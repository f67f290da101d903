"""Who is asked when not everyone is: a stratified simple random sample without replacement, drawn anew from its seed.

Notation of Cochran (1977, *Sampling Techniques*, 3rd ed., ch. 5): stratum h has N_h people, of whom n_h are drawn, and
each of them stands for N_h / n_h people.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor
from random import Random
from typing import Literal, get_args

type Allocation = Literal["proportional", "equal", "power"]


class SamplingError(ValueError):
    """The sample that was asked for can't be drawn."""


class NobodyToDrawError(SamplingError):
    """The population is empty."""


class SampleTooLargeError(SamplingError):
    """More people are to be drawn than there are."""


class SampleTooSmallError(SamplingError):
    """So few are to be drawn that some stratum would get fewer than its minimum."""


@dataclass(frozen=True, slots=True)
class Design:
    """What fixes a sample together with its population: keep it, and the sample can be drawn again.

    `size` is n, at least 1. `minimum` is the least n_h (or N_h where the stratum is smaller): 1 keeps the sample a
    probability sample of everyone, and from 2 on the variance within a stratum can be estimated. n_h goes with N_h
    ("proportional"), is the same everywhere ("equal"), or goes with N_h to `power`, between 0 and 1 ("power": Bankier
    1988, with the same coefficient of variation in every stratum). Raises SamplingError.
    """

    size: int
    seed: int
    allocation: Allocation = "proportional"
    minimum: int = 2
    power: float = 0.5

    def __post_init__(self) -> None:
        if self.size < 1:
            raise SampleTooSmallError("a sample has at least 1 person")
        if self.minimum < 1:
            raise SamplingError("the minimum in a stratum is at least 1")
        if self.allocation not in get_args(Allocation.__value__):
            raise SamplingError(f"no such allocation: {self.allocation}")
        if not 0 <= self.power <= 1:
            raise SamplingError("the power is between 0 and 1")

    @property
    def exponent(self) -> float:
        """The power of N_h that n_h goes with: 1 proportional, 0 equal."""
        return {"proportional": 1.0, "equal": 0.0, "power": self.power}[self.allocation]


@dataclass(frozen=True, slots=True)
class Stratum:
    """One stratum of a sample: its name h, N_h and n_h (1 ≤ n_h ≤ N_h)."""

    name: str
    population: int
    sample: int

    @property
    def weight(self) -> float:
        """The design weight N_h / n_h: for how many people one of the sample stands; 1 where all are asked."""
        return self.population / self.sample

    @property
    def takes_all(self) -> bool:
        """Whether everyone of the stratum is asked."""
        return self.sample == self.population


@dataclass(frozen=True, slots=True)
class Sample[K: (int, str)]:
    """A drawn sample: the design, the ids in ascending order, and the strata in order of their names."""

    design: Design
    chosen: tuple[K, ...]
    strata: tuple[Stratum, ...]


def size_of_share(population: int, share: float) -> int:
    """How many people a share (above 0, at most 1) of a population is, rounded up. Raises SamplingError."""
    if not 0 < share <= 1:
        raise SamplingError("a share is above 0 and at most 1")
    return ceil(population * Fraction(share).limit_denominator(1_000_000))


def allocate(populations: Mapping[str, int], design: Design) -> tuple[Stratum, ...]:
    """How many are drawn from each stratum, given {stratum: N_h}; strata come in order of their names.

    n_h = λ·N_h^q between the minimum and N_h, with the λ that makes their sum n (q: the design's exponent); fractions
    are rounded by largest remainders (Hamilton), equal remainders to the larger stratum and then by name. Strata of
    nobody are left out. Raises NobodyToDrawError, SampleTooLargeError or SampleTooSmallError.
    """
    names = sorted(name for name, people in populations.items() if people)
    whole = [populations[name] for name in names]
    least = [min(design.minimum, people) for people in whole]
    if not whole:
        raise NobodyToDrawError("there is nobody to draw from")
    if design.size > sum(whole):
        raise SampleTooLargeError(f"{design.size} can't be drawn from {sum(whole)}")
    if design.size < sum(least):
        raise SampleTooSmallError(f"{len(whole)} strata need a sample of at least {sum(least)}, not {design.size}")
    pulls = [Fraction(people**design.exponent) for people in whole]
    exact = _between(pulls, least, whole, design.size)
    sizes = [floor(size) for size in exact]
    by_remainder = sorted(range(len(names)), key=lambda h: (sizes[h] - exact[h], -whole[h], names[h]))
    for h in by_remainder[: design.size - sum(sizes)]:
        sizes[h] += 1
    return tuple(Stratum(*line) for line in zip(names, whole, sizes, strict=True))


def draw[K: (int, str)](members: Mapping[K, str], design: Design) -> Sample[K]:
    """The sample of {id: stratum} that the design fixes; the order of the members makes no difference.

    Every member gets a random number, and the n_h lowest of a stratum are drawn: a simple random sample (Fan, Muller
    and Rezucha 1962; Ohlsson 1995). The numbers come from `Random(seed).random()`, whose sequence Python promises
    not to change. Raises what `allocate` raises.
    """
    numbers = Random(design.seed)  # noqa: S311
    urns: dict[str, list[tuple[float, K]]] = defaultdict(list)
    for member in sorted(members):
        urns[members[member]].append((numbers.random(), member))
    strata = allocate({name: len(urn) for name, urn in urns.items()}, design)
    chosen = [member for stratum in strata for _, member in sorted(urns[stratum.name])[: stratum.sample]]
    return Sample(design, tuple(sorted(chosen)), strata)


def _between(pulls: list[Fraction], least: list[int], most: list[int], total: int) -> list[Fraction]:
    """λ·pull_h cut to [least_h, most_h] for every h, with the λ for which they add up to the total.

    The sum grows with λ in straight pieces that meet where one of them reaches a bound: the piece is found by
    bisection, and λ on it exactly.
    """

    def cut(factor: Fraction) -> list[Fraction]:
        return [
            min(max(factor * pull, Fraction(low)), Fraction(high))
            for pull, low, high in zip(pulls, least, most, strict=True)
        ]

    knots = sorted({bound / pull for pull, *bounds in zip(pulls, least, most, strict=True) for bound in bounds})
    place = bisect_left(knots, Fraction(total), key=lambda knot: sum(cut(knot), Fraction()))
    upper = knots[place]
    if place == 0 or sum(cut(upper)) == total:
        return cut(upper)
    lower = knots[place - 1]
    below, above = sum(cut(lower)), sum(cut(upper))
    return cut(lower + (upper - lower) * (total - below) / (above - below))
