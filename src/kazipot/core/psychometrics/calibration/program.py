"""Calibration from beginning to end: checks, EM with SQUAREM, Newton's polish, standard errors."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.random import PCG64, Generator
from numpy.typing import NDArray

from kazipot.core.psychometrics.calibration import information, reporting
from kazipot.core.psychometrics.calibration.acceleration import OutOfBounds, Path, squarem
from kazipot.core.psychometrics.calibration.blocks import POPULATION, Block, own_places, pack, unpack
from kazipot.core.psychometrics.calibration.expectation import Data, column_table, e_step, prepared
from kazipot.core.psychometrics.calibration.maximisation import contracted, m_step, prior_terms
from kazipot.core.psychometrics.calibration.result import Calibration, Fixed
from kazipot.core.psychometrics.calibration.settings import GUESSING, Priors, Settings
from kazipot.core.psychometrics.calibration.start import counts_of, first_blocks, offsets_of, refuse_thin
from kazipot.core.psychometrics.errors import Fault, NotConverged, Unusable
from kazipot.core.psychometrics.irt import MODELS
from kazipot.core.psychometrics.quadrature import nodes_between
from kazipot.core.psychometrics.responses import Responses

Floats = NDArray[np.float64]
RUNAWAY = 15.0
"""A slope beyond this is no estimate but a likelihood that rises for ever."""
WARM_ANSWERS = 400_000
"""A random part of the people with about so many answers is enough to start the whole from."""
POLISHED = 1e-8
USUAL_SEED = 1
LEAST_TIMES = 5
"""Cross-products rest on at least so many times more people than parameters."""
MOST_POLISH = 25


def calibrate(
    responses: Responses,
    model: str | Sequence[str],
    *,
    priors: Priors | None = None,
    fixed: Fixed | None = None,
    settings: Settings | None = None,
    rng: Generator | None = None,
) -> Calibration:
    """Items' parameters by marginal maximum likelihood, or by the posterior mode where priors are given.

    `model`: one for all items or one for each. With several groups the first is N(0, 1) and the others' means and
    standard deviations are estimated (concurrent calibration, Bock and Zimowski 1997). Items in `fixed` keep their
    parameters and every group's population is estimated, so that new items join the old scale (Kim 2006, "multiple
    weights updating and multiple EM cycles"). 3PL has the priors of `GUESSING` unless others are given. `rng` picks the
    people whose data start the estimation when there are very many; without it a fixed seed does.

    Raises Unusable for data that can't be calibrated and NotConverged.
    """
    models = [model] * len(responses.items) if isinstance(model, str) else list(model)
    if unknown := set(models) - set(MODELS):
        raise Unusable([Fault("unknown_model", name) for name in sorted(unknown)])
    used = priors if priors is not None else (GUESSING if "3pl" in models else Priors())
    held = fixed or {}
    counts = counts_of(responses)
    refuse_thin(responses, counts, models, used, held)
    blocks = first_blocks(responses, counts, models, held, free_reference=bool(held))
    work = _Work(responses, blocks, used, settings or Settings())
    steps = 0
    if work.settings.warm and (part := _part(responses, rng or Generator(PCG64(USUAL_SEED)))) is not None:
        warm = _Work(part, blocks, used, work.settings)
        path = warm.climb(warm.settings.tolerance)
        blocks, steps = warm.at(path.values), path.steps
    return work.finished(blocks, models, held, steps, counts)


def _part(responses: Responses, rng: Generator) -> Responses | None:
    """Some of the people, drawn at random; None when the whole is small or the part would miss an answer."""
    share = WARM_ANSWERS / len(responses.item)
    if share > 0.3:
        return None
    rows = np.sort(rng.choice(responses.rows, int(share * responses.rows), replace=False))
    part = responses.chosen(rows)
    offsets = offsets_of(responses)
    counts = np.bincount(offsets[part.item] + part.category, minlength=int(offsets[-1]))
    groups = np.bincount(part.group, minlength=int(responses.group.max()) + 1)
    return part if counts.min() >= 5 and groups.min() >= 30 else None


@dataclass(frozen=True, slots=True)
class _Sums:
    """What a pass over the data found at some values."""

    blocks: list[Block]
    counts: Floats
    likelihood: float
    objective: float


class _Work:
    """A calibration in progress: data that stay, functions of the values that change."""

    def __init__(self, responses: Responses, blocks: list[Block], priors: Priors, settings: Settings) -> None:
        self.responses, self.first, self.priors, self.settings = responses, blocks, priors, settings
        self.nodes = nodes_between(number=settings.nodes)
        offsets = offsets_of(responses)
        columns = max(int(block.columns.max()) for block in blocks) + 1
        self.offsets, self.columns = offsets, columns
        self.data = prepared(responses, offsets, columns)
        free_items = all(block.free for block in blocks if block.model != POPULATION)
        self.expands = free_items and priors == Priors() and "3pl" not in {block.model for block in blocks}

    def at(self, values: Floats) -> list[Block]:
        """The blocks with the values of a vector that is known to be allowed."""
        blocks = unpack(self.first, values)
        if blocks is None:
            raise ArithmeticError("values outside of what the model allows")
        return blocks

    def sums(self, blocks: list[Block], data: Data | None = None) -> _Sums:
        """Expected counts, likelihood and objective at the blocks' values."""
        counts, likelihood = e_step(data or self.data, column_table(blocks, self.columns, self.nodes))
        names = self.responses.items
        prior = sum(
            float(prior_terms(block, block.values, self.priors, names)[0].sum()) for block in blocks if block.free
        )
        return _Sums(blocks, counts, likelihood, likelihood + prior)

    def step(self, values: Floats) -> tuple[Floats, float] | None:
        """One step of EM."""
        blocks = unpack(self.first, values)
        if blocks is None:
            return None
        sums = self.sums(blocks)
        better = [
            m_step(block, sums.counts[block.columns], self.nodes, self.priors, self.responses.items)
            if block.free
            else block
            for block in blocks
        ]
        if self.expands:
            better = contracted(better, sums.counts, self.nodes)
        return pack(better), sums.objective

    def climb(self, tolerance: float, start: Floats | None = None) -> Path:
        """EM with SQUAREM. Raises NotConverged, and Unusable for an item whose slope grows without bound."""
        first = pack(self.first) if start is None else start
        try:
            path = squarem(self.step, first, tolerance=tolerance, most_steps=self.settings.most_steps)
        except OutOfBounds as error:
            self.refuse_runaway(error.values)
            raise
        self.refuse_runaway(path.values)
        if not path.converged:
            raise NotConverged(iterations=path.steps, last_change=path.last_change)
        return path

    def refuse_runaway(self, values: Floats) -> None:
        """Raises Unusable naming items whose discrimination has no finite estimate."""
        full, place = values[own_places(self.first)], 0
        faults: list[Fault] = []
        for block in self.first:
            if block.free:
                own = full[place : place + block.values.size].reshape(block.values.shape)
                place += block.values.size
                faults.extend(
                    Fault("unbounded", self.responses.items[member], f"{slope:.1f}")
                    for member, slope in zip(block.members, own[:, 0], strict=True)
                    if block.model != POPULATION and abs(slope) > RUNAWAY
                )
        if faults:
            raise Unusable(faults)

    def finished(
        self, blocks: list[Block], models: list[str], held: Fixed, steps: int, counts: list[Floats]
    ) -> Calibration:
        """EM to its end, polish, standard errors, report."""
        if not any(block.free for block in blocks):
            raise Unusable([Fault("nothing_free")])
        path = self.climb(self.settings.tolerance, pack(blocks))
        steps, change, values = steps + path.steps, path.last_change, path.values
        affordable = information.louis_work(self.data, self.nodes.size) <= information.AFFORDABLE
        if affordable and (self.settings.polish or self.settings.errors):
            exact = prepared(self.responses, self.offsets, self.columns, double=True)
            if self.settings.polish:
                values, taken, change = self.polish(exact, values)
                steps += taken
        sums = self.sums(self.at(values), exact if affordable and self.settings.polish else None)
        covariance, source = None, ""
        if self.settings.errors:
            covariance, source = self.covariance(sums.blocks, exact if affordable else None)
        answers = [round(float(of.sum())) for of in counts]
        fit = reporting.Fit(sums.likelihood, steps, change, source, answers)
        return reporting.report(self.responses, sums.blocks, models, held, covariance, fit)

    def polish(self, data: Data, values: Floats) -> tuple[Floats, int, float]:
        """Newton's method on the marginal likelihood, each step halved until it helps: values, passes, last change.

        The information of one step serves the next ones as long as they shrink tenfold.
        """
        sums, taken, change = self.sums(self.at(values), data), 0, np.inf
        names, bend = self.responses.items, None
        for _round in range(MOST_POLISH):
            if bend is None:
                table = column_table(sums.blocks, self.columns, self.nodes)
                bend = information.observed_information(sums.blocks, data, table, self.nodes, self.priors, names)
            slope = information.gradient(sums.blocks, sums.counts, self.nodes, self.priors, names)
            step, better, passes = self.halved(data, sums, values, _uphill(bend, slope))
            taken += passes
            before, change = change, float(np.abs(step).max())
            if better is None:
                return values, taken, change
            values, sums = values + step, better
            self.refuse_runaway(values)
            if change < POLISHED:
                return values, taken, change
            bend = bend if change < before / 10 else None
        raise NotConverged(iterations=taken, last_change=change)

    def halved(self, data: Data, sums: _Sums, values: Floats, step: Floats) -> tuple[Floats, _Sums | None, int]:
        """The step, halved until the objective does not fall; sums after it, None when it became nothing; passes."""
        passes = 0
        while np.abs(step).max() > POLISHED / 4:
            blocks = unpack(self.first, values + step)
            tried = self.sums(blocks, data) if blocks is not None else None
            passes += 1
            if tried is not None and tried.objective >= sums.objective - 1e-11 * abs(sums.objective):
                return step, tried, passes
            step = step / 2
        return step, None, passes

    def covariance(self, blocks: list[Block], exact: Data | None) -> tuple[Floats, str]:
        """Covariance (P, P) of the free values, and its source. Raises Unusable where the data don't fix them."""
        names = self.responses.items
        table = column_table(blocks, self.columns, self.nodes)
        if exact is not None:
            bend = information.observed_information(blocks, exact, table, self.nodes, self.priors, names)
            return _inverted(bend), "observed information"
        share, data = self.sample(len(pack(blocks)))
        bend = information.cross_products(blocks, data, table, self.nodes) / share
        return _inverted(bend + information.prior_curvature(blocks, self.priors, names)), "cross-products"

    def sample(self, size: int) -> tuple[float, Data]:
        """The chunks of people whose cross-products are affordable, spread over the data, and their share."""
        people = sum(chunk.shape[0] for chunk in self.data.chunks)
        work = people * float(size) * (size + self.columns)
        enough = people // (LEAST_TIMES * size)
        stride = max(1, min(int(np.ceil(work / information.AFFORDABLE)), enough))
        chunks, weights = self.data.chunks[::stride], self.data.weights[::stride]
        share = sum(chunk.shape[0] for chunk in chunks) / people
        return share, replace(self.data, chunks=chunks, weights=weights)


def _uphill(bend: Floats, slope: Floats) -> Floats:
    """Newton's step; where the information is not positive definite, with a ridge that makes it so."""
    lowest = float(np.linalg.eigvalsh(bend)[0])
    ridge = 0.0 if lowest > 0 else 1e-6 * float(np.trace(bend)) / len(bend) - lowest
    step: Floats = np.linalg.solve(bend + ridge * np.eye(len(bend)), slope)
    return step


def _inverted(bend: Floats) -> Floats:
    try:
        np.linalg.cholesky(bend)
    except np.linalg.LinAlgError as error:
        raise Unusable([Fault("not_identified")]) from error
    inverse: Floats = np.linalg.inv(bend)
    return inverse
