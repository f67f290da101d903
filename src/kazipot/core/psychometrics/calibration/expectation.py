"""The E step: how often each answer is expected at each node, given the data (Bock and Aitkin 1981, eq. 12 and 13)."""

from dataclasses import dataclass

import numpy as np
import scipy.sparse as sparse
from numpy.typing import NDArray

from kazipot.core.psychometrics.calibration.blocks import Block
from kazipot.core.psychometrics.responses import Responses

Floats = NDArray[np.float64]
Real = NDArray[np.floating]
PERSONS_AT_ONCE = 4096
LEAST_FOR_SINGLE = 400_000
"""With so many answers the sums go in single precision: the error stays below a thousandth of a standard error."""
NEVER = -60.0
"""Log of a posterior that is as good as 0. Smaller ones would be subnormal numbers, with which processors are slow."""


@dataclass(frozen=True, slots=True)
class Data:
    """Answers as rows of ones in a sparse matrix (persons, columns), in chunks that fit a processor's cache."""

    chunks: tuple[sparse.csr_matrix, ...]
    weights: tuple[Real, ...]
    columns: int
    weighted: bool


def prepared(responses: Responses, offsets: NDArray[np.int64], columns: int, *, double: bool = False) -> Data:
    """The data for E steps: column `offsets[item] + category` of each answer, and `offsets[-groups:]` of the group.

    `offsets` (J + 1,): where the columns of each item start, and last where those of the groups start.
    """
    kind = np.float64 if double or len(responses.item) < LEAST_FOR_SINGLE else np.float32
    lengths = np.diff(responses.start)
    start = responses.start + np.arange(len(responses.start))
    indices = np.empty(int(start[-1]), np.int32)
    own = np.zeros(len(indices), bool)
    own[start[1:] - 1] = True
    indices[own] = offsets[-1] + responses.group
    indices[~own] = offsets[responses.item] + responses.category
    ones = np.ones(int(lengths.max() + 1) * min(PERSONS_AT_ONCE, len(lengths)), kind)
    chunks: list[sparse.csr_matrix] = []
    weights: list[Real] = []
    for first in range(0, len(lengths), PERSONS_AT_ONCE):
        last = min(first + PERSONS_AT_ONCE, len(lengths))
        begin, end = start[first], start[last]
        pointers = (start[first : last + 1] - begin).astype(np.int32)
        chunks.append(
            sparse.csr_matrix((ones[: end - begin], indices[begin:end], pointers), shape=(last - first, columns))
        )
        weights.append(responses.weight[first:last].astype(kind))
    return Data(tuple(chunks), tuple(weights), columns, bool((responses.weight != 1).any()))


def column_table(blocks: list[Block], columns: int, nodes: Floats) -> Floats:
    """log P (columns, Q) of every column at the nodes."""
    table = np.zeros((columns, nodes.size))
    for block in blocks:
        table[block.columns] = block.curves(nodes).log_p
    return table


def posteriors(chunk: sparse.csr_matrix, table: Real) -> tuple[Real, Real]:
    """Posterior (n, Q) over the nodes and log-likelihood (n,) of the persons of a chunk."""
    posterior = chunk @ table
    highest = posterior.max(axis=1, keepdims=True)
    posterior -= highest
    np.maximum(posterior, NEVER, out=posterior)
    np.exp(posterior, out=posterior)
    total = posterior.sum(axis=1, keepdims=True)
    posterior /= total
    return posterior, np.log(total[:, 0]) + highest[:, 0]


def e_step(data: Data, table: Floats) -> tuple[Floats, float]:
    """Expected counts (columns, Q) and the log-likelihood of all persons."""
    kind = data.chunks[0].dtype
    used = table.astype(kind)
    counts = np.zeros(table.shape)
    likelihood = 0.0
    for chunk, weight in zip(data.chunks, data.weights, strict=True):
        posterior, logs = posteriors(chunk, used)
        if data.weighted:
            posterior *= weight[:, None]
            logs = logs * weight
        likelihood += float(logs.sum(dtype=np.float64))
        counts += chunk.T @ posterior
    return counts, likelihood
