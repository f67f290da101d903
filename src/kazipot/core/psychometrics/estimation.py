"""A person's ability from answers to calibrated items: EAP, MAP and WLE, each with its standard error."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sparse
from numpy.typing import NDArray

from kazipot.core.psychometrics.irt import Item, ability_scores, log_probabilities
from kazipot.core.psychometrics.quadrature import Grid, normal_grid
from kazipot.core.psychometrics.responses import Responses

Floats = NDArray[np.float64]
FINE = 481
ROWS_AT_ONCE = 4000


@dataclass(frozen=True, slots=True)
class Ability:
    """θ (N,) and its standard error (N,)."""

    theta: Floats
    se: Floats


def posterior(responses: Responses, items: Sequence[Item], grid: Grid | None = None) -> Floats:
    """Posterior weights (N, Q) of each row of answers over the grid's nodes; rows sum to 1."""
    on = grid or normal_grid()
    logs = _picked(responses, items, log_probabilities(items, on.nodes)) + np.log(on.weights)
    logs -= logs.max(axis=1, keepdims=True)
    weights = np.exp(logs)
    weights /= weights.sum(axis=1, keepdims=True)
    return weights


def expected_a_posteriori(responses: Responses, items: Sequence[Item], grid: Grid | None = None) -> Ability:
    """EAP: mean and standard deviation of the posterior (Bock and Mislevy 1982, eq. 6 and 7)."""
    on = grid or normal_grid()
    weights = posterior(responses, items, on)
    mean = weights @ on.nodes
    return Ability(mean, np.sqrt(np.maximum(weights @ on.nodes**2 - mean**2, 0.0)))


def maximum_a_posteriori(responses: Responses, items: Sequence[Item], *, mean: float = 0.0, sd: float = 1.0) -> Ability:
    """MAP under a normal population: where the score of the posterior is 0, with (information + 1/sd²)^(-1/2)."""
    nodes = normal_grid(FINE).nodes
    slopes, information, _bend = _tables(items, nodes)
    return _roots(responses, items, nodes, slopes, information, (mean - nodes) / sd**2, 1 / sd**2)


def weighted_likelihood(responses: Responses, items: Sequence[Item]) -> Ability:
    """WLE (Warm 1989, eq. 15; for more categories Samejima 1998): the likelihood's score plus J / 2I is 0.

    Finite for all-right and all-wrong patterns of slope models; held within the grid from −6 to 6.
    """
    nodes = normal_grid(FINE).nodes
    slopes, information, bend = _tables(items, nodes)
    return _roots(responses, items, nodes, slopes, information, bend, 0.0)


def _tables(items: Sequence[Item], nodes: Floats) -> tuple[Floats, Floats, Floats]:
    """∂ log P / ∂θ (J, K, Q), information (J, Q), and J = Σ_k P' P'' / P (J, Q), P'' by differences on a fine grid."""
    slopes = ability_scores(items, nodes)
    first = np.exp(log_probabilities(items, nodes)) * slopes
    second = np.gradient(first, nodes, axis=2)
    return slopes, (first * slopes).sum(axis=1), (slopes * second).sum(axis=1)


def _roots(
    responses: Responses, items: Sequence[Item], nodes: Floats, slopes: Floats, information: Floats, extra: Floats,
    precision: float,
) -> Ability:  # fmt: skip
    """Where the score crosses 0 from above, by a parabola through the nodes around it."""
    theta, se = np.empty(responses.rows), np.empty(responses.rows)
    given = _given(responses, len(items))
    for first in range(0, responses.rows, ROWS_AT_ONCE):
        rows = np.arange(first, min(first + ROWS_AT_ONCE, responses.rows))
        part = responses.chosen(rows)
        whole = given[rows] @ information
        added = extra if extra.ndim == 1 else (given[rows] @ extra) / (2 * np.maximum(whole, 1e-12))
        score = _picked(part, items, slopes) + added
        theta[rows] = _crossing(nodes, score)
        place = np.clip((theta[rows] - nodes[0]) / (nodes[1] - nodes[0]), 0, nodes.size - 1.001)
        low, share = place.astype(np.int64), place - place.astype(np.int64)
        at = np.arange(rows.size)
        se[rows] = 1 / np.sqrt((1 - share) * whole[at, low] + share * whole[at, low + 1] + precision)
    return Ability(theta, se)


def _crossing(nodes: Floats, score: Floats) -> Floats:
    """The last place (n,) where each row of scores (n, Q) falls through 0; the end of the grid where it never does."""
    falls = (score[:, :-1] > 0) & (score[:, 1:] <= 0)
    place = np.clip(nodes.size - 2 - np.argmax(falls[:, ::-1], axis=1), 1, nodes.size - 2)
    step, at = nodes[1] - nodes[0], np.arange(len(score))
    before, here, after = score[at, place - 1], score[at, place], score[at, place + 1]
    slope, bend = (after - before) / 2, after - 2 * here + before
    root = np.sqrt(np.maximum(slope**2 - 2 * bend * here, 0.0))
    move = -2 * here / np.where(slope - root == 0, -1e-12, slope - root)
    inside = nodes[place] + step * np.clip(move, -1, 2)
    ends = np.where(score[:, -1] > 0, nodes[-1], nodes[0])
    found: Floats = np.where(falls.any(axis=1), inside, ends)
    return found


def _picked(responses: Responses, items: Sequence[Item], table: Floats) -> Floats:
    """Σ over a row's answers of `table` (J, K, Q): (N, Q)."""
    k = table.shape[1]
    flat = np.where(np.isfinite(table), table, -745.0).reshape(-1, table.shape[2])
    columns = responses.item.astype(np.int64) * k + responses.category
    picked: Floats = (
        sparse.csr_matrix((np.ones(columns.size), columns, responses.start), shape=(responses.rows, len(items) * k))
        @ flat
    )
    return picked


def _given(responses: Responses, items: int) -> sparse.csr_matrix:
    return sparse.csr_matrix(
        (np.ones(responses.item.size), responses.item, responses.start), shape=(responses.rows, items)
    )
