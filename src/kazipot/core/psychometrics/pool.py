"""The items of an adaptive test as arrays, and the blueprint that every sitting is to follow."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from kazipot.core.psychometrics.errors import Fault, Unusable
from kazipot.core.psychometrics.irt import Item, information, log_probabilities
from kazipot.core.psychometrics.quadrature import Grid, normal_grid

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Blueprint:
    """Which share of a sitting's items each area gets; the shares sum to 1. Empty: areas don't matter."""

    shares: Mapping[str, float] = field(default_factory=dict)

    def least(self, area: str, length: int) -> int:
        """The fewest items of an area among `length`: its share, rounded down."""
        return int(np.floor(self.shares[area] * length + 1e-9))

    def most(self, area: str, length: int) -> int:
        """The most items of an area among `length`: its share, rounded up."""
        return ceil(self.shares[area] * length - 1e-9)


@dataclass(frozen=True, slots=True)
class Pool:
    """J items, K categories at most, Q nodes.

    `log_p` (J, K, Q); `information` (J, Q); `area` (J,) index into `shares` (A,); `foes` (J, J) or None: which items
    a given item shuts out, itself included; `slope`, `guessing` (J,) and `intercepts` (J, K − 1) to draw answers with,
    −inf where an item has fewer categories; `partial` (J,): drawn as partial credit; `categories` (J,).
    """

    items: tuple[Item, ...]
    grid: Grid
    log_p: Floats
    information: Floats
    area: Ints
    shares: Floats
    areas: tuple[str, ...]
    foes: Bools | None
    slope: Floats
    intercepts: Floats
    guessing: Floats
    partial: Bools
    categories: Ints

    @property
    def size(self) -> int:
        """How many items."""
        return len(self.items)

    def information_at(self, ability: float) -> Floats:
        """Information (J,) of each item at an ability."""
        return information(self.items, np.array([ability]))[:, 0]

    def draw(self, item: Ints, ability: Floats, chance: Floats) -> Ints:
        """Answers (n,) of people of some ability (n,) to an item each (n,), by uniform numbers `chance` (n,)."""
        at_least = expit(self.slope[item, None] * ability[:, None] + self.intercepts[item])
        at_least[:, 0] = self.guessing[item] + (1 - self.guessing[item]) * at_least[:, 0]
        answers: Ints = (chance[:, None] < at_least).sum(axis=1)
        if self.partial.any() and (credit := np.flatnonzero(self.partial[item])).size:
            steps = self.slope[item[credit], None] * ability[credit, None] + self.intercepts[item[credit]]
            sums = np.concatenate([np.zeros((credit.size, 1)), np.cumsum(steps, axis=1)], axis=1)
            p = np.exp(sums - sums.max(axis=1, keepdims=True))
            tail = np.cumsum(p[:, :0:-1], axis=1)[:, ::-1] / p.sum(axis=1, keepdims=True)
            answers[credit] = (chance[credit, None] < tail).sum(axis=1)
        return answers


def pool_of(items: Sequence[Item], blueprint: Blueprint | None = None, *, nodes: int = 61) -> Pool:
    """The pool of some items. Raises Unusable for items twice, slopes that aren't positive, and areas without items."""
    shares = dict(blueprint.shares) if blueprint else {}
    _refuse(items, shares)
    grid = normal_grid(nodes)
    steps = max(item.categories for item in items) - 1
    intercepts = np.full((len(items), steps), -np.inf)
    for j, item in enumerate(items):
        intercepts[j, : len(item.b)] = [-item.a * b for b in item.b]
    areas = tuple(shares) or ("",)
    number = {area: place for place, area in enumerate(areas)}
    foes = None
    if any(item.enemies for item in items):
        words = [set(item.enemies.split()) for item in items]
        foes = np.array([[bool(one & other) or i == j for j, other in enumerate(words)] for i, one in enumerate(words)])
    return Pool(
        items=tuple(items), grid=grid, log_p=log_probabilities(items, grid.nodes),
        information=information(items, grid.nodes),
        area=np.array([number[item.area] if shares else 0 for item in items]),
        shares=np.array(list(shares.values()) or [1.0]), areas=areas, foes=foes,
        slope=np.array([item.a for item in items]), intercepts=intercepts,
        guessing=np.array([item.c for item in items]), partial=np.array([item.model == "gpcm" for item in items]),
        categories=np.array([item.categories for item in items]),
    )  # fmt: skip


def _refuse(items: Sequence[Item], shares: Mapping[str, float]) -> None:
    if not items:
        raise Unusable([Fault("empty_bank")])
    faults = []
    seen: set[str] = set()
    for item in items:
        if item.name in seen:
            faults.append(Fault("item_twice", item.name))
        seen.add(item.name)
        if not item.a > 0:
            faults.append(Fault("slope_not_positive", item.name, f"{item.a:g}"))
        if shares and item.area not in shares:
            faults.append(Fault("area_not_in_blueprint", item.name, item.area))
    if shares and abs(sum(shares.values()) - 1) > 0.005:
        faults.append(Fault("shares_not_one", found=f"{sum(shares.values()):g}"))
    faults.extend(Fault("share_not_positive", area, f"{share:g}") for area, share in shares.items() if not share > 0)
    if faults:
        raise Unusable(faults)


def refuse_unfillable(pool: Pool, *, min_items: int, max_items: int, max_exposure: float) -> None:
    """Raises Unusable where the bank can't fill the blueprint: too few items of an area for the longest sitting, or
    for the shortest when no item may be shown to more than `max_exposure` of the people."""
    faults = []
    for place, area in enumerate(pool.areas):
        own = np.flatnonzero(pool.area == place)
        held = own.size if pool.foes is None else _friends(pool.foes[np.ix_(own, own)])
        longest = ceil(pool.shares[place] * max_items - 1e-9)
        if held < longest:
            faults.append(Fault("area_too_small" if area else "bank_too_small", area, str(held), needed=str(longest)))
        shortest = pool.shares[place] * min_items
        if own.size * max_exposure < shortest:
            faults.append(
                Fault("exposure_too_low", area, str(own.size), needed=str(ceil(shortest / max_exposure - 1e-9)))
            )
    if faults:
        raise Unusable(faults)


def _friends(foes: Bools) -> int:
    """How many items can surely be taken together, by taking those with the fewest foes first."""
    barred = np.zeros(len(foes), bool)
    taken = 0
    for item in np.argsort(foes.sum(axis=1), kind="stable"):
        if not barred[item]:
            taken += 1
            barred |= foes[item]
    return taken
