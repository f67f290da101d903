"""Integrals over ability, as sums over evenly spaced nodes.

For a smooth integrand that has died away at both ends, the trapezoid rule converges faster than any power of the
distance of the nodes (Trefethen and Weideman 2014, "The exponentially convergent trapezoidal rule", sec. 5). A
posterior with standard deviation s needs nodes no farther apart than about 1.5 s: long tests need more of them.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
LEAST_NODES = 41
USUAL_NODES = 61
LIMIT = 6.0
"""The nodes reach from -6 to 6 standard deviations of the reference population."""


@dataclass(frozen=True, slots=True)
class Grid:
    """Nodes (Q,) and their weights (Q,) under a normal population; the weights sum to 1."""

    nodes: Floats
    weights: Floats


def nodes_between(limit: float = LIMIT, number: int = USUAL_NODES) -> Floats:
    """Evenly spaced nodes (number,) from -limit to limit. Raises ValueError for fewer than 41."""
    if number < LEAST_NODES:
        raise ValueError(f"at least {LEAST_NODES} nodes, not {number}: fewer shift discriminations on long tests")
    return np.linspace(-limit, limit, number)


def normal_log_weights(nodes: Floats, mean: float = 0.0, sd: float = 1.0) -> Floats:
    """log of the weights (Q,) of a normal population on the nodes, which sum to 1."""
    z = (nodes - mean) / sd
    density = -0.5 * z * z
    total: float = density.max() + np.log(np.exp(density - density.max()).sum())
    return np.asarray(density - total, dtype=np.float64)


def normal_grid(number: int = USUAL_NODES, mean: float = 0.0, sd: float = 1.0) -> Grid:
    """The usual nodes with the weights of a normal population."""
    nodes = nodes_between(number=number)
    return Grid(nodes, np.exp(normal_log_weights(nodes, mean, sd)))
