"""Parameters in blocks of items of one kind, and the population of each group as one more kind of "item".

Every answer points to a column (item, category); the group of a person points to a column too, whose "probabilities"
at the nodes are the group's weights. Then log-likelihoods of persons are sums over their columns, and the expected
counts of a column say everything that an M step needs, for items and populations alike.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from kazipot.core.psychometrics.irt import Curves, curves
from kazipot.core.psychometrics.quadrature import normal_log_weights

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
POPULATION = "population"


@dataclass(frozen=True, slots=True)
class Block:
    """J items of one model with K categories: `members` (J,) their numbers, `columns` (J, K), `values` (J, p).

    `free`: whether the values are estimated. Of a rasch block the slope is one for all. Of a population block the
    values are (mean, log standard deviation) and K is 1.
    """

    model: str
    members: Ints
    columns: Ints
    values: Floats
    free: bool

    @property
    def tied(self) -> bool:
        """Whether all items share their slope."""
        return self.model == "rasch"

    def with_values(self, values: Floats) -> "Block":
        """The same block with other values (J, p)."""
        return replace(self, values=values)

    def curves(self, nodes: Floats, values: Floats | None = None) -> Curves:
        """Log-probabilities and scores at the nodes."""
        at = self.values if values is None else values
        return _populations(at, nodes) if self.model == POPULATION else curves(self.model, at, nodes)

    def allowed(self, values: Floats) -> bool:
        """Whether the values are inside what the model can take."""
        if not np.isfinite(values).all() or np.abs(values).max() > 200:
            return False
        return self.model != "grm" or bool((np.diff(values[:, 1:], axis=1) < 0).all())


def _populations(values: Floats, nodes: Floats) -> Curves:
    mean, sd = values[:, 0, None], np.exp(values[:, 1, None])
    log_w = np.stack([normal_log_weights(nodes, float(m), float(s)) for m, s in zip(mean[:, 0], sd[:, 0], strict=True)])
    w = np.exp(log_w)
    z = (nodes - mean) / sd
    by_mean, by_log_sd = z / sd, z * z
    by_parameter = np.stack(
        [by - (w * by).sum(axis=1, keepdims=True) for by in (by_mean, by_log_sd)],
        axis=1,
    )
    return Curves(log_w[:, None], w[:, None], by_parameter[:, None], np.zeros_like(log_w)[:, None])


def pack(blocks: list[Block]) -> Floats:
    """All free values as one vector (P,); a shared slope once."""
    return np.concatenate([_packed(block) for block in blocks if block.free] or [np.empty(0)])


def _packed(block: Block) -> Floats:
    return np.concatenate([block.values[:1, 0], block.values[:, 1]]) if block.tied else block.values.ravel()


def unpack(blocks: list[Block], vector: Floats) -> list[Block] | None:
    """The blocks with the values of a vector (P,), or None where they would be outside of what a model can take."""
    found: list[Block] = []
    place = 0
    for block in blocks:
        if not block.free:
            found.append(block)
            continue
        size = len(_packed(block))
        part = vector[place : place + size]
        place += size
        if block.tied:
            values = np.column_stack([np.full(len(block.members), part[0]), part[1:]])
        else:
            values = part.reshape(block.values.shape)
        if not block.allowed(values):
            return None
        found.append(block.with_values(values))
    return found


def own_places(blocks: list[Block]) -> Ints:
    """Where each free block's own values (full,) stand in the vector of free values, a shared slope repeated."""
    parts: list[Ints] = [np.empty(0, np.int64)]
    place = 0
    for block in blocks:
        if not block.free:
            continue
        if block.tied:
            items = len(block.members)
            parts.append(np.column_stack([np.full(items, place), place + 1 + np.arange(items)]).ravel())
            place += 1 + items
        else:
            parts.append(place + np.arange(block.values.size))
            place += block.values.size
    return np.concatenate(parts)


def tying(blocks: list[Block]) -> Floats:
    """The matrix (full, P) that spreads the vector of free values over every item's own values, shared ones too."""
    places = own_places(blocks)
    whole = np.zeros((places.size, len(pack(blocks))))
    whole[np.arange(places.size), places] = 1.0
    return whole
