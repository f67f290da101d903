"""When enough is known: sequential decisions of pass or fail with error rates that are asked for.

- `ratio`, the default: Wald's sequential probability ratio test with weight functions (Wald 1947, sec. 4.1.3; Eggen
  and Straetmans 2000 for adaptive tests): the weights are the population below and above the pass mark. Under the
  population's own distribution the chance of a false pass before truncation is at most about `false_pass` among people
  below, whatever share of the population that is.
- `sprt`: two points, the pass mark ± `half_width` (Reckase 1983).
- `glr`: generalised likelihood ratio beyond the pass mark ± `half_width` (Bartroff, Finkelman and Lai 2008).
- `interval`: the pass mark is outside the credible interval of θ.

A sitting also ends when more items are unlikely to turn the decision (stochastic curtailment: Finkelman 2008): if the
remaining items carry information I and the posterior is N(m, s²), the final mean is about N(m, s² − 1 / (1/s² + I)).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, ndtr, ndtri

from kazipot.core.psychometrics.errors import Fault, Unusable
from kazipot.core.psychometrics.quadrature import Grid

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
PASS, FAIL, OPEN = 1, -1, 0
HALF_WAY = 0.5
"""An unfinished sitting is decided half-way between what the answers alone say and what the population's odds add. By
the answers alone the larger side errs more often beyond the zone around the pass mark, by the full odds the smaller
side; half-way both err about alike (table in docs/methods/psychometrics.md)."""
FUTILE = 0.1
"""Who may stay undecided is sent home when the chance of certainty by the last item falls below this."""
STOPPING = ("ratio", "sprt", "glr", "interval")


@dataclass(frozen=True, slots=True)
class Rules:
    """How a sitting goes.

    - `cut`: the pass mark on θ; `false_pass`, `false_fail`: error rates asked for, in (0, 0.5);
    - `half_width` of the zone around the pass mark in which nobody can tell quickly;
    - `curtail`: a sitting ends early when the chance that the remaining items turn the decision is below this share of
      the smaller error rate (0: never);
    - `target`: items are chosen for what they tell at the "cut" or at the "ability";
    - `max_exposure`: no item is shown to a larger share of people;
    - `unsure`: who reaches the last item, or is cut short, without the certainty asked for, is decided by the likelier
      side ("decide") or stays "undecided", to be asked again later.
    """

    cut: float
    false_pass: float = 0.05
    false_fail: float = 0.05
    min_items: int = 5
    max_items: int = 40
    stopping: str = "ratio"
    half_width: float = 0.3
    curtail: float = 0.8
    target: str = "cut"
    max_exposure: float = 1.0
    unsure: str = "decide"

    def refuse(self) -> None:
        """Raises Unusable for what can't be asked for."""
        faults = [
            Fault("error_rate", name, f"{rate:g}")
            for name, rate in (("false_pass", self.false_pass), ("false_fail", self.false_fail))
            if not 0 < rate < 0.5
        ]
        if not 0 < self.min_items <= self.max_items:
            faults.append(Fault("lengths", found=str(self.min_items), needed=str(self.max_items)))
        if not 0 < self.max_exposure <= 1:
            faults.append(Fault("exposure_range", found=f"{self.max_exposure:g}"))
        if not abs(self.cut) <= 4:
            faults.append(Fault("cut_range", found=f"{self.cut:g}"))
        if faults:
            raise Unusable(faults)


@dataclass(frozen=True, slots=True)
class Gauge:
    """What turns log-likelihoods on the grid into decisions, made once for rules and a grid.

    `basis` (Q, 5): the population below and above the pass mark (each side normalised), θ, θ² and 1; `log_prior` (Q,);
    `odds_pass`, `odds_fail`: bounds of the log ratio above / below; `lean`: the log ratio from which an unfinished
    sitting is a pass; `places`: where these three bounds (pass, fail, lean) lie in (mean − pass mark) / sd of a normal
    posterior, which counts the population's share above the pass mark too.
    """

    rules: Rules
    nodes: Floats
    log_prior: Floats
    basis: Floats
    odds_pass: float
    odds_fail: float
    lean: float
    places: tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Standing:
    """Of n sittings: log ratio above / below the pass mark, mean and standard deviation of the posterior, all (n,)."""

    log_ratio: Floats
    mean: Floats
    sd: Floats


def gauge(rules: Rules, grid: Grid) -> Gauge:
    """The gauge of rules on a grid. Raises Unusable for rules that can't be asked for."""
    rules.refuse()
    step = grid.nodes[1] - grid.nodes[0]
    below = np.clip((rules.cut - grid.nodes) / step + 0.5, 0.0, 1.0)
    shares = grid.weights @ np.column_stack([below, 1 - below])
    basis = np.column_stack(
        [below / shares[0], (1 - below) / shares[1], grid.nodes, grid.nodes**2, np.ones_like(below)]
    )
    odds_pass = float(np.log((1 - rules.false_fail) / rules.false_pass))
    odds_fail = float(np.log(rules.false_fail / (1 - rules.false_pass)))
    share = float(np.log(shares[1] / shares[0]))
    lean = float(np.log(rules.false_fail / rules.false_pass)) - HALF_WAY * share
    places = ndtri(expit(np.array([odds_pass, odds_fail, lean]) + share))
    found = (float(places[0]), float(places[1]), float(places[2]))
    return Gauge(rules, grid.nodes, np.log(grid.weights), basis, odds_pass, odds_fail, lean, found)


def standing(of: Gauge, log_likelihood: Floats) -> Standing:
    """Where sittings stand, from log-likelihoods (n, Q)."""
    posterior = log_likelihood + of.log_prior
    posterior -= posterior.max(axis=1, keepdims=True)
    np.exp(posterior, out=posterior)
    sums = posterior @ of.basis
    mean = sums[:, 2] / sums[:, 4]
    variance = np.maximum(sums[:, 3] / sums[:, 4] - mean * mean, 1e-12)
    ratio = np.log(np.maximum(sums[:, 1], 1e-300) / np.maximum(sums[:, 0], 1e-300))
    return Standing(ratio, mean, np.sqrt(variance))


def decide(of: Gauge, log_likelihood: Floats, at: Standing, remaining: Floats) -> tuple[Ints, NDArray[np.bool_]]:
    """PASS, FAIL or OPEN (n,), and whether the sitting ends (n,).

    `remaining` (n,): information that the items to come may carry; 0 ends the sitting. Who ends without certainty
    passes or fails by the likelier side, or stays OPEN where the rules leave the unsure undecided.
    """
    rules = of.rules
    evidence = _evidence(of, log_likelihood, at)
    decision = np.where(evidence >= of.odds_pass, PASS, np.where(evidence <= of.odds_fail, FAIL, OPEN))
    unsure = at.sd**2
    moves = np.sqrt(np.maximum(unsure - 1 / (1 / unsure + remaining), 1e-12))
    if rules.unsure == "undecided":
        return decision, (decision != OPEN) | (remaining <= 0) | (_reach(of, at, moves) < FUTILE)
    left = np.sqrt(np.maximum(unsure - moves**2, 1e-12))
    turning = ndtr(-np.abs(at.mean - rules.cut - of.places[2] * left) / moves)
    over = (remaining <= 0) | (turning < rules.curtail * min(rules.false_pass, rules.false_fail))
    decision = np.where((decision == OPEN) & over, np.where(at.log_ratio >= of.lean, PASS, FAIL), decision)
    return decision, over | (decision != OPEN)


def _reach(of: Gauge, at: Standing, moves: Floats) -> Floats:
    """The chance (n,) that the final posterior is as certain as asked for, on either side of the pass mark."""
    left = np.sqrt(np.maximum(at.sd**2 - moves**2, 1e-12))
    ahead = at.mean - of.rules.cut
    passed = ndtr((ahead - of.places[0] * left) / moves)
    failed = ndtr((of.places[1] * left - ahead) / moves)
    return np.asarray(passed + failed)


def _evidence(of: Gauge, log_likelihood: Floats, at: Standing) -> Floats:
    rules = of.rules
    if rules.stopping == "ratio":
        return at.log_ratio
    if rules.stopping == "interval":
        z = (at.mean - rules.cut) / at.sd
        passed, failed = z >= -ndtri(rules.false_pass), z <= ndtri(rules.false_fail)
        return np.where(passed, np.inf, np.where(failed, -np.inf, 0.0))
    high, low = rules.cut + rules.half_width, rules.cut - rules.half_width
    if rules.stopping == "sprt":
        return _at(of.nodes, log_likelihood, high) - _at(of.nodes, log_likelihood, low)
    above = np.maximum(_at(of.nodes, log_likelihood, high), _highest(log_likelihood, of.nodes >= high))
    under = np.maximum(_at(of.nodes, log_likelihood, low), _highest(log_likelihood, of.nodes <= low))
    return np.asarray(above - under)


def _at(nodes: Floats, table: Floats, ability: float) -> Floats:
    place = int(np.clip(np.searchsorted(nodes, ability) - 1, 0, nodes.size - 2))
    part = (ability - nodes[place]) / (nodes[place + 1] - nodes[place])
    between: Floats = (1 - part) * table[:, place] + part * table[:, place + 1]
    return between


def _highest(table: Floats, where: NDArray[np.bool_]) -> Floats:
    highest: Floats = table[:, where].max(axis=1) if where.any() else np.full(len(table), -np.inf)
    return highest
