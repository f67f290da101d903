"""One scale for items that came at different times: new items join the old scale, or two scales are moved together.

The way to prefer is concurrent calibration (`calibrate` with groups) or fixed parameters (`join_scale`), which use all
answers at once. Where only two sets of estimates are left, `stocking_lord` finds the linear change of scale.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy.optimize import minimize

from kazipot.core.psychometrics.calibration import Calibration, Priors, Settings, calibrate
from kazipot.core.psychometrics.irt import Item, expected_scores
from kazipot.core.psychometrics.quadrature import normal_grid
from kazipot.core.psychometrics.responses import Responses


def join_scale(
    responses: Responses,
    known: Sequence[Item],
    model: str,
    *,
    priors: Priors | None = None,
    settings: Settings | None = None,
) -> Calibration:
    """Calibrates the items that are not known on the scale of those that are, which stay as they are.

    This is the online calibration of pilot items that were seeded into live adaptive tests: whom the known items were
    shown to depends on earlier answers only, so that marginal maximum likelihood stays right (Mislevy and Chang 2000),
    and the population of the new people is estimated with the new items (Kim 2006).
    """
    present = set(responses.items)
    fixed = {item.name: item for item in known if item.name in present}
    if not fixed:
        raise ValueError("none of the known items was answered: there is nothing to join the scales by")
    return calibrate(responses, model, fixed=fixed, priors=priors, settings=settings)


@dataclass(frozen=True, slots=True)
class Change:
    """θ on the old scale is `slope` · θ on the new scale + `intercept`."""

    slope: float
    intercept: float

    def of(self, item: Item) -> Item:
        """The item of the new scale as it reads on the old one: a / slope, slope · b + intercept."""
        return replace(item, a=item.a / self.slope, b=tuple(self.slope * b + self.intercept for b in item.b))


def mean_sigma(old: Sequence[Item], new: Sequence[Item]) -> Change:
    """The change that gives the difficulties of common items the same mean and standard deviation (Marco 1977)."""
    before, after = (np.array([b for item in items for b in item.b]) for items in (old, new))
    slope = float(before.std() / after.std())
    return Change(slope, float(before.mean() - slope * after.mean()))


def stocking_lord(old: Sequence[Item], new: Sequence[Item]) -> Change:
    """The change that brings the test characteristic curves of common items together (Stocking and Lord 1983, eq. 9).

    `old` and `new` are the same items in the same order. Raises ValueError when they are not.
    """
    if [item.name for item in old] != [item.name for item in new]:
        raise ValueError("the common items must be the same, in the same order")
    grid = normal_grid()
    target = expected_scores(old, grid.nodes).sum(axis=0)

    def loss(values: "np.ndarray[tuple[int], np.dtype[np.float64]]") -> float:
        change = Change(float(np.exp(values[0])), float(values[1]))
        moved = expected_scores([change.of(item) for item in new], grid.nodes).sum(axis=0)
        return float(grid.weights @ (moved - target) ** 2)

    first = mean_sigma(old, new)
    found = minimize(
        loss, [np.log(first.slope), first.intercept], method="Nelder-Mead", options={"xatol": 1e-9, "fatol": 1e-14}
    )
    return Change(float(np.exp(found.x[0])), float(found.x[1]))
