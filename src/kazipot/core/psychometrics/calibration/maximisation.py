"""The M step: each item's parameters by Fisher scoring on its expected counts, all items of a block at once."""

import numpy as np
from numpy.typing import NDArray

from kazipot.core.psychometrics.calibration.blocks import POPULATION, Block
from kazipot.core.psychometrics.calibration.settings import Priors
from kazipot.core.psychometrics.irt import Curves

Floats = NDArray[np.float64]
ROUNDS = 2
HALVINGS = 12


def gradient_and_information(block: Block, found: Curves, counts: Floats) -> tuple[Floats, Floats]:
    """Gradient (J, p) and expected complete-data information (J, p, p) from expected counts (J, K, Q)."""
    gradient = np.einsum("jkq,jkpq->jp", counts, found.by_parameter)
    people = counts.sum(axis=1)
    if block.model == POPULATION:
        people = found.p[:, 0] * people.sum(axis=1, keepdims=True)
        weighted = found.by_parameter * people[:, None, None]
    else:
        weighted = found.by_parameter * (found.p * people[:, None])[:, :, None]
    items, k, p, q = weighted.shape
    left = weighted.transpose(0, 2, 1, 3).reshape(items, p, k * q)
    right = found.by_parameter.transpose(0, 2, 1, 3).reshape(items, p, k * q)
    return gradient, left @ right.transpose(0, 2, 1)


def prior_terms(block: Block, values: Floats, priors: Priors, names: tuple[str, ...]) -> tuple[Floats, Floats, Floats]:
    """Log density (J,), gradient (J, p) and curvature (J, p, p) of the priors at values (J, p)."""
    items, size = values.shape
    density, gradient, curvature = np.zeros(items), np.zeros((items, size)), np.zeros((items, size, size))
    if block.model == POPULATION:
        return density, gradient, curvature
    a = values[:, 0]
    if priors.log_a is not None:
        mean, sd = priors.log_a
        z = (np.log(np.maximum(a, 1e-12)) - mean) / sd
        density += np.where(a > 0, -0.5 * z * z, -1e12)
        gradient[:, 0] += -z / (sd * a)
        curvature[:, 0, 0] += 1 / (sd * a) ** 2
    if priors.logit_c is not None and block.model == "3pl":
        mean, sd = priors.logit_c
        z = (values[:, 2] - mean) / sd
        density += -0.5 * z * z
        gradient[:, 2] += -z / sd
        curvature[:, 2, 2] += 1 / sd**2
    if priors.difficulty and block.columns.shape[1] == 2:
        for row, member in enumerate(block.members):
            if (told := priors.difficulty.get(names[member])) is not None:
                slope = np.array([values[row, 1] / a[row] ** 2, -1 / a[row]])
                z = (-values[row, 1] / a[row] - told[0]) / told[1]
                density[row] += -0.5 * z * z
                gradient[row, :2] += -z / told[1] * slope
                curvature[row, :2, :2] += np.outer(slope, slope) / told[1] ** 2
    return density, gradient, curvature


def m_step(block: Block, counts: Floats, nodes: Floats, priors: Priors, names: tuple[str, ...]) -> Block:
    """The block with better values for expected counts (J, K, Q): a few scoring steps, halved where they don't help."""
    if block.model == POPULATION:
        return block.with_values(_moments(counts[:, 0], nodes))
    values = block.values
    for _round in range(ROUNDS):
        found = block.curves(nodes, values)
        gradient, information = gradient_and_information(block, found, counts)
        density, slope, bend = prior_terms(block, values, priors, names)
        worth = np.einsum("jkq,jkq->j", counts, found.log_p) + density
        step = _solved(block, gradient + slope, information + bend)
        for _halving in range(HALVINGS):
            bad = ~_inside(block, values + step) | ~(
                _worth(block, values + step, counts, nodes, priors, names) >= worth - 1e-9 * np.abs(worth)
            )
            if block.tied:
                better = _worth(block, values + step, counts, nodes, priors, names).sum()
                bad[:] = not better >= worth.sum() - 1e-9 * abs(worth.sum())
            if not bad.any():
                break
            step[bad] /= 2
        else:
            step[bad] = 0.0
        values = values + step
        if np.abs(step).max() < 1e-3:
            break
    return block.with_values(values)


def contracted(blocks: list[Block], counts: Floats, nodes: Floats) -> list[Block]:
    """The blocks after an M step that let the reference population move too, put back on N(0, 1).

    Expanding the model by a mean and a standard deviation that are not identified, and reducing it again, takes away
    the two directions in which EM crawls on long tests (parameter-expanded EM: Liu, Rubin and Wu 1998). It asks that
    no item is held fixed and no prior pulls.
    """
    reference = next(block.columns[0] for block in blocks if block.model == POPULATION and 0 in block.members)
    mean, log_sd = _moments(counts[reference], nodes)[0]
    sd = np.exp(log_sd)
    found = []
    for block in blocks:
        values = block.values.copy()
        if block.model == POPULATION:
            if block.free:
                values[:, 0] = (values[:, 0] - mean) / sd
                values[:, 1] -= log_sd
        else:
            values[:, 1:] += values[:, :1] * mean
            values[:, 0] *= sd
        found.append(block.with_values(values))
    return found


def _moments(counts: Floats, nodes: Floats) -> Floats:
    people = counts.sum(axis=1)
    mean = counts @ nodes / people
    variance = (counts * (nodes - mean[:, None]) ** 2).sum(axis=1) / people
    return np.column_stack([mean, 0.5 * np.log(np.maximum(variance, 1e-8))])


def _worth(
    block: Block, values: Floats, counts: Floats, nodes: Floats, priors: Priors, names: tuple[str, ...]
) -> Floats:
    inside = np.where(_inside(block, values)[:, None], values, block.values)
    found = block.curves(nodes, inside)
    worth: Floats = np.einsum("jkq,jkq->j", counts, found.log_p) + prior_terms(block, inside, priors, names)[0]
    return worth


def _inside(block: Block, values: Floats) -> NDArray[np.bool_]:
    fine = np.isfinite(values).all(axis=1) & (np.abs(values) < 1e3).all(axis=1)
    return fine & (np.diff(values[:, 1:], axis=1) < 0).all(axis=1) if block.model == "grm" else fine


def _solved(block: Block, gradient: Floats, information: Floats) -> Floats:
    """The scoring step (J, p); with a shared slope the arrow-shaped system is solved through its Schur complement."""
    size = gradient.shape[1]
    if not block.tied:
        ridge = 1e-9 * np.trace(information, axis1=1, axis2=2)[:, None, None] * np.eye(size)
        solved: Floats = np.linalg.solve(information + ridge, gradient[:, :, None])[:, :, 0]
        return solved
    aa, ad, dd = information[:, 0, 0], information[:, 0, 1], information[:, 1, 1]
    slope = (gradient[:, 0] - ad / dd * gradient[:, 1]).sum() / (aa - ad * ad / dd).sum()
    return np.column_stack([np.full(len(aa), slope), (gradient[:, 1] - ad * slope) / dd])
