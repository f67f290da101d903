"""Where estimation starts, and whether there are data enough to start."""

import numpy as np
from numpy.typing import NDArray
from scipy.special import logit

from kazipot.core.psychometrics.calibration.blocks import POPULATION, Block
from kazipot.core.psychometrics.calibration.result import Fixed
from kazipot.core.psychometrics.calibration.settings import LEAST_ANSWERS, LEAST_PERSONS, LEAST_WITH_PRIOR, Priors
from kazipot.core.psychometrics.errors import Fault, Unusable
from kazipot.core.psychometrics.responses import Responses

Floats = NDArray[np.float64]
SHRINK = 1.18
"""A logit of a share, seen through N(0, 1) at slope 1, is this much flatter than at the middle of the scale."""


def offsets_of(responses: Responses) -> NDArray[np.int64]:
    """Where the columns of each item start (J,), and last where those of the groups do."""
    return np.concatenate([[0], np.cumsum(responses.categories)])


def counts_of(responses: Responses) -> list[Floats]:
    """How many people gave each answer, for each item (K,)."""
    offsets = offsets_of(responses)
    alike = bool((responses.weight == 1).all())
    weight = None if alike else np.repeat(responses.weight, np.diff(responses.start))
    counts = np.bincount(offsets[responses.item] + responses.category, weights=weight, minlength=int(offsets[-1]))
    return np.split(counts.astype(np.float64), offsets[1:-1])


def refuse_thin(
    responses: Responses, counts_by_item: list[Floats], models: list[str], priors: Priors, fixed: Fixed
) -> None:
    """Raises Unusable where a model can't take the data, or where they are too few for it to mean anything."""
    faults = []
    least = max(LEAST_PERSONS[model] for model in models)
    if responses.persons < least:
        hungry = next(model for model in models if LEAST_PERSONS[model] == least)
        faults.append(Fault("few_persons", hungry, str(responses.persons), needed=str(least)))
    for j, (name, counts) in enumerate(zip(responses.items, counts_by_item, strict=True)):
        if name in fixed:
            if len(counts) > fixed[name].categories:
                faults.append(Fault("too_many_categories", name, str(len(counts))))
            continue
        if models[j] in ("rasch", "2pl", "3pl") and len(counts) > 2:
            faults.append(Fault("not_dichotomous", name, str(len(counts))))
        needed = LEAST_WITH_PRIOR if name in priors.difficulty else LEAST_ANSWERS[models[j]]
        if counts.sum() < needed:
            faults.append(Fault("few_answers", name, f"{counts.sum():.0f}", needed=str(needed)))
    if faults:
        raise Unusable(faults)


def first_blocks(
    responses: Responses, counts: list[Floats], models: list[str], fixed: Fixed, *, free_reference: bool
) -> list[Block]:
    """Blocks of items of one model and one number of categories, and of the groups' populations."""
    offsets = offsets_of(responses)
    kinds: dict[tuple[str, int, bool], list[int]] = {}
    for j, name in enumerate(responses.items):
        held = name in fixed
        model = fixed[name].model if held else models[j]
        size = fixed[name].categories if held else responses.categories[j]
        kinds.setdefault((model, size, not held), []).append(j)
    blocks = []
    for (model, size, free), members in kinds.items():
        values = [_start(model, counts[j]) if free else fixed[responses.items[j]].parameters for j in members]
        where = np.array(members)
        columns = offsets[where][:, None] + np.arange(size)
        blocks.append(Block(model, where, columns, np.array(values), free))
    groups = int(responses.group.max()) + 1
    whole = np.arange(groups)
    free_groups = whole if free_reference else whole[1:]
    for members_of, free in ((np.setdiff1d(whole, free_groups), False), (free_groups, True)):
        if members_of.size:
            columns = (offsets[-1] + members_of)[:, None]
            blocks.append(Block(POPULATION, members_of, columns, np.zeros((members_of.size, 2)), free))
    return blocks


def _start(model: str, counts: Floats) -> Floats:
    shares = (counts + 0.5) / (counts + 0.5).sum()
    if model == "gpcm":
        return np.concatenate([[1.0], np.log(shares[1:] / shares[:-1])])
    at_least = np.cumsum(shares[::-1])[::-1][1:]
    if model == "3pl":
        at_least = np.clip((at_least - 0.18) / 0.82, 0.05, 0.95)
        return np.array([1.0, SHRINK * float(logit(at_least[0])), float(logit(0.18))])
    return np.concatenate([[1.0], SHRINK * logit(at_least)])
