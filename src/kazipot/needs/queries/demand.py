"""The demand for training in a year's analysis: stated needs by own level and level wanted, protected."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.random import PCG64, Generator

from kazipot.core.survey.demand_counts import LEVELS, demand_by_level, demand_counts
from kazipot.core.survey.needs_tables import WHOLE
from kazipot.core.survey.stated_need import Answered, stated_need
from kazipot.needs.queries.analysis_tables import SEED, Made
from kazipot.needs.queries.respondents import Survey

type Demands = dict[str, dict[str, Any]]


def demands(
    found: Survey, made: Mapping[str, Made], frozen: Mapping[str, Any] | None
) -> tuple[Demands, dict[str, int]]:
    """{competence id: {"people", "to", "cells"}} for the whole, and how the protection went; None where hidden.

    `people` is how many state a need, `to` by level wanted (1 to 4), `cells` by own level (0 to 4) × level wanted.
    `cells` are told where the tables of needs and of own levels tell all of the whole. Raises DerivableError.
    """
    before = (frozen or {}).get("demand", {})
    told: Demands = {}
    went = {"hidden": 0, "of": 0, "audited": 0, "derivable": 0}
    for column, pk in enumerate(found.competence_ids):
        need = made["need"].table.get(WHOLE, {}).get(str(pk))
        levels = made["levels"].table.get(WHOLE, {}).get(str(pk))
        if need is None or need[0] is None:
            continue
        told[str(pk)] = {"people": need[0], "to": None, "cells": None}
        then = before.get(str(pk), {})
        if levels is None or None in need:
            continue
        if None in levels or (then and then["cells"] is None):
            row = demand_by_level(_people(found, column)[:, 1:].sum(axis=0).tolist(), levels, before=then.get("to"))
            told[str(pk)]["to"] = None if row is None or (then and then["to"] is None) else list(row)
            continue
        rng = Generator(PCG64(SEED))
        shown = demand_counts(_people(found, column), rng=rng, before=[then["to"], *then["cells"]] if then else None)
        told[str(pk)] |= {"to": list(shown.to), "cells": [list(row) for row in shown.cells]}
        went["hidden"] += shown.hidden
        went["of"] += (LEVELS + 1) * (LEVELS - 1)
        went["audited"] += shown.checked
    return told, went


def _people(found: Survey, column: int) -> np.ndarray[Any, np.dtype[np.int64]]:
    """Shape (5, 5): own level × (no need, to 1, …, to 4), by rule 1 of stated needs."""
    answers = np.stack([found.own[:, column], found.needed[:, column], found.wants[:, column]], axis=1)
    kinds, numbers = np.unique(answers[answers[:, 0] >= 0], axis=0, return_counts=True)
    people = np.zeros((LEVELS, LEVELS), dtype=np.int64)
    for (own, needed, wants), number in zip(kinds.tolist(), numbers.tolist(), strict=True):
        need = stated_need(Answered(own, needed, wants == 1))
        people[own, need[1] if need else 0] += number
    return people
