"""How sharply the data fix the parameters: the observed information, or cross-products of the persons' scores.

Observed information by Louis (1982, eq. 3.2): complete-data information minus the variance of the complete-data score
that the posterior leaves. Its score is linear in indicators of columns, so that one weighted Gram matrix of the
answers for each node is all that the data have to give. Where that is too much work, cross-products of the persons'
marginal scores estimate the same matrix (Berndt, Hall, Hall and Hausman 1974), from a part of the people if need be.
"""

import numpy as np
from numpy.typing import NDArray

from kazipot.core.psychometrics.calibration.blocks import POPULATION, Block, own_places, pack, tying
from kazipot.core.psychometrics.calibration.expectation import Data, e_step, posteriors
from kazipot.core.psychometrics.calibration.maximisation import prior_terms
from kazipot.core.psychometrics.calibration.settings import Priors

Floats = NDArray[np.float64]
AFFORDABLE = 2.0e10
"""Multiplications that an information matrix may take: some tenths of a second."""
MOST_CELLS = 3e7
"""240 MB of Gram matrices."""
STEP = 1e-5
NOBODY = 1e-13
"""Nodes with a smaller share of the people are left out."""


def louis_work(data: Data, nodes: int) -> float:
    """Multiplications that the observed information would take; infinite where its Gram matrices would not fit."""
    if data.columns**2 * nodes > MOST_CELLS:
        return float("inf")
    return float(sum(chunk.shape[0] for chunk in data.chunks)) * data.columns**2 * nodes


def gradient(blocks: list[Block], counts: Floats, nodes: Floats, priors: Priors, names: tuple[str, ...]) -> Floats:
    """Gradient (P,) of the marginal log posterior, by Fisher's identity from the expected counts (columns, Q)."""
    parts = [np.empty(0)]
    for block in blocks:
        if block.free:
            found = block.curves(nodes)
            rise = np.einsum("jkq,jkpq->jp", counts[block.columns], found.by_parameter)
            parts.append((rise + prior_terms(block, block.values, priors, names)[1]).ravel())
    return np.bincount(own_places(blocks), np.concatenate(parts), len(pack(blocks)))


def observed_information(
    blocks: list[Block], data: Data, table: Floats, nodes: Floats, priors: Priors, names: tuple[str, ...]
) -> Floats:
    """Observed information (P, P) at the blocks' values, exactly; `table` (columns, Q) holds their log P."""
    scores = _Scores(blocks, data.columns, nodes)
    spread = np.zeros((scores.size, scores.size))
    counts, _likelihood = e_step(data, table)
    crowds = np.concatenate([counts[block.columns[:, 0]] for block in blocks if block.model == POPULATION]).sum(axis=0)
    used = [int(node) for node in np.flatnonzero(crowds > NOBODY * crowds.sum())]
    grams = np.zeros((nodes.size, data.columns, data.columns))
    for chunk, weight in zip(data.chunks, data.weights, strict=True):
        posterior, _logs = posteriors(chunk, table.astype(chunk.dtype))
        dense = chunk.toarray()
        mean = scores.of_persons(dense, posterior) * np.sqrt(weight)[:, None]
        spread += mean.T @ mean
        for node in used:
            grams[node] += dense.T @ (dense * (posterior[:, node] * weight)[:, None])
    for node in used:
        at = scores.at(node)
        spread -= at.T @ grams[node] @ at
    tie = tying(blocks)
    whole: Floats = tie.T @ (_complete(blocks, counts, nodes, priors, names) + spread) @ tie
    return (whole + whole.T) / 2


def cross_products(blocks: list[Block], data: Data, table: Floats, nodes: Floats) -> Floats:
    """Cross-products (P, P) of the persons' scores at the blocks' values, without priors."""
    scores = _Scores(blocks, data.columns, nodes)
    total = np.zeros((scores.size, scores.size))
    for chunk, weight in zip(data.chunks, data.weights, strict=True):
        posterior, _logs = posteriors(chunk, table.astype(chunk.dtype))
        mean = scores.of_persons(chunk.toarray(), posterior)
        mean *= np.sqrt(weight)[:, None]
        total += mean.T @ mean
    tie = tying(blocks)
    whole: Floats = tie.T @ total @ tie
    return whole


def prior_curvature(blocks: list[Block], priors: Priors, names: tuple[str, ...]) -> Floats:
    """What the priors add to the information (P, P)."""
    bends = [prior_terms(block, block.values, priors, names)[2] for block in blocks if block.free]
    tie = tying(blocks)
    whole: Floats = tie.T @ _block_diagonal(bends, tie.shape[0]) @ tie
    return whole


class _Scores:
    """∂ log P of each column by the values of its own item, and where these values stand in the full vector."""

    def __init__(self, blocks: list[Block], columns: int, nodes: Floats) -> None:
        most = max(block.values.shape[1] for block in blocks)
        self.compact = np.zeros((columns, most, nodes.size))
        self.slot = np.full((columns, most), -1)
        first = np.zeros(columns, bool)
        place = 0
        for block in blocks:
            size = block.values.shape[1]
            self.compact[block.columns, :size] = block.curves(nodes).by_parameter
            first[block.columns[:, 0]] = True
            if block.free:
                slots = place + np.arange(block.values.size).reshape(-1, size)
                self.slot[block.columns, :size] = slots[:, None]
                place += block.values.size
        self.starts = np.flatnonzero(first)
        self.size = place

    def at(self, node: int) -> Floats:
        """The scores at a node as a matrix (columns, full)."""
        table = np.zeros((len(self.slot), self.size))
        column, where = np.nonzero(self.slot >= 0)
        table[column, self.slot[column, where]] = self.compact[column, where, node]
        return table

    def of_persons(self, dense: NDArray[np.floating], posterior: NDArray[np.floating]) -> NDArray[np.floating]:
        """Marginal scores (n, full) from indicators (n, columns): posterior means of the complete-data scores."""
        out = np.zeros((len(dense), self.size), dense.dtype)
        for where in range(self.slot.shape[1]):
            expected = posterior @ self.compact[:, where].T.astype(posterior.dtype)
            expected *= dense
            slots = self.slot[self.starts, where]
            out[:, slots[slots >= 0]] = np.add.reduceat(expected, self.starts, axis=1)[:, slots >= 0]
        return out


def _complete(blocks: list[Block], counts: Floats, nodes: Floats, priors: Priors, names: tuple[str, ...]) -> Floats:
    """Complete-data information (full, full), by central differences of the gradient of each item; with the priors'."""
    bends = []
    for block in blocks:
        if not block.free:
            continue
        items, size = block.values.shape
        bend = np.empty((items, size, size))
        for place in range(size):
            shift = np.zeros(size)
            shift[place] = STEP
            after, before = (
                np.einsum("jkq,jkpq->jp", counts[block.columns], block.curves(nodes, values).by_parameter)
                + prior_terms(block, values, priors, names)[1]
                for values in (block.values + shift, block.values - shift)
            )
            bend[:, :, place] = (before - after) / (2 * STEP)
        bends.append(bend)
    return _block_diagonal(bends, sum(bend.shape[0] * bend.shape[1] for bend in bends))


def _block_diagonal(bends: list[Floats], size: int) -> Floats:
    whole = np.zeros((size, size))
    place = 0
    for bend in bends:
        for one in bend:
            span = slice(place, place + len(one))
            whole[span, span] = one
            place += len(one)
    return whole
