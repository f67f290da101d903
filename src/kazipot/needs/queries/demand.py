"""The demand for training in a year's analysis: stated needs by own level, level wanted and kind, protected."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.random import PCG64, Generator

from kazipot.core.survey.demand_counts import LEVELS, TO, demand_by_level, demand_counts
from kazipot.core.survey.demand_kinds import KindTold, WholeTold, demand_by_kind
from kazipot.core.survey.needs_tables import WHOLE, kind_key
from kazipot.core.survey.stated_need import Answered, stated_need
from kazipot.needs.queries.analysis_tables import SEED, Made
from kazipot.needs.queries.respondents import Survey

type Demands = dict[str, dict[str, Any]]


def demands(
    found: Survey, kinds: Mapping[int, str], made: Mapping[str, Made], frozen: Mapping[str, Any] | None
) -> tuple[Demands, dict[str, int]]:
    """{competence id: {"people", "to", "cells", "kinds"}}, and how the protection went; None where hidden.

    `people` is how many state a need, `to` by level wanted (1 to 4), `cells` by own level (0 to 4) × level wanted, all
    of the whole. `cells` are told where the tables of needs and of own levels tell all of it. `kinds` has people and
    `to` of the kinds of units whose needs are told; `kinds` here is {place: kind}. Raises DerivableError.
    """
    before = (frozen or {}).get("demand", {})
    told: Demands = {}
    went = {"hidden": 0, "of": 0, "audited": 0, "derivable": 0}
    names = [kind_key(kinds[place]) for place in found.place_ids]
    for column, pk in enumerate(found.competence_ids):
        need = made["need"].table.get(WHOLE, {}).get(str(pk))
        if need is None or need[0] is None:
            continue
        people, then = _people(found, column, names), before.get(str(pk), {})
        line = told[str(pk)] = {"people": need[0], "to": None, "cells": None, "kinds": {}}
        levels = made["levels"].table.get(WHOLE, {}).get(str(pk))
        if levels is not None and None not in need:
            _add_whole(line, sum(people.values()), levels, then, went)
        _add_kinds(line, people, str(pk), made, then, went)
    return told, went


def _add_whole(
    line: dict[str, Any], people: Any, levels: Sequence[int | None], then: Mapping[str, Any], went: dict[str, int]
) -> None:
    """Needs of the whole by level wanted, and by own level too where those are told."""
    if None in levels or (then and then["cells"] is None):
        row = demand_by_level(people[:, 1:].sum(axis=0).tolist(), levels, before=then.get("to"))
        line["to"] = None if row is None or (then and then["to"] is None) else list(row)
        return
    rng = Generator(PCG64(SEED))
    shown = demand_counts(people, rng=rng, before=[then["to"], *then["cells"]] if then else None)
    line |= {"to": list(shown.to), "cells": [list(row) for row in shown.cells]}
    went["hidden"] += shown.hidden
    went["of"] += (LEVELS + 1) * (LEVELS - 1)
    went["audited"] += shown.checked


def _add_kinds(
    line: dict[str, Any],
    people: Mapping[str, np.ndarray[Any, Any]],
    pk: str,
    made: Mapping[str, Made],
    then: Mapping[str, Any],
    went: dict[str, int],
) -> None:
    """Needs of each kind of units by level wanted. A version after one that told no kinds tells none either."""
    counts = {name: made["need"].table.get(name, {}).get(pk) for name in people}
    shown = [name for name, count in counts.items() if count is not None and count[0] is not None]
    line["kinds"] = {name: {"people": (counts[name] or [None])[0], "to": None} for name in shown}
    for told in line["kinds"].values():
        told["to"] = None if told["people"] else [0] * len(TO)  # nobody wants to get anywhere
    levels = made["levels"].table.get(WHOLE, {}).get(pk)
    if not shown or line["to"] is None or levels is None or (then and "kinds" not in then):
        return
    whole = WholeTold(tuple(line["to"]), tuple(level is not None for level in levels), _rows(line["cells"]))
    kinds = [_kind(people[name], counts[name], made["levels"].table.get(name, {}).get(pk)) for name in people]
    before = [then["kinds"].get(name, {}).get("to") for name in people] if then else None
    rows = demand_by_kind(np.stack(list(people.values())), kinds, whole, rng=Generator(PCG64(SEED)), before=before)
    for name, row in zip(people, rows, strict=True):
        if name in line["kinds"] and row is not None:
            line["kinds"][name]["to"] = list(row)
            went["hidden"] += row.count(None)
            went["of"] += len(row)


def _rows(cells: list[list[int | None]] | None) -> tuple[tuple[int | None, ...], ...] | None:
    return None if cells is None else tuple(tuple(row) for row in cells)


def _kind(
    people: np.ndarray[Any, Any], need: Sequence[int | None] | None, levels: Sequence[int | None] | None
) -> KindTold:
    """What other tables tell of a kind; that nobody of it was asked counts as known."""
    if not people.any():
        return KindTold(asked=True, need=True, levels=(True,) * LEVELS)
    shown = tuple(level is not None for level in levels) if levels is not None else (False,) * LEVELS
    return KindTold(need is not None, need is not None and None not in need, shown)


def _people(found: Survey, column: int, names: Sequence[str]) -> dict[str, np.ndarray[Any, np.dtype[np.int64]]]:
    """For each kind, shape (5, 5): own level × (no need, to 1, …, to 4), by rule 1 of stated needs."""
    keys = sorted(set(names))
    code = np.array([keys.index(name) for name in names], dtype=np.intp)[found.places]
    answers = np.stack([code, found.own[:, column], found.needed[:, column], found.wants[:, column]], axis=1)
    rows, numbers = np.unique(answers[answers[:, 1] >= 0], axis=0, return_counts=True)
    people = {key: np.zeros((LEVELS, LEVELS), dtype=np.int64) for key in keys}
    for (kind, own, needed, wants), number in zip(rows.tolist(), numbers.tolist(), strict=True):
        need = stated_need(Answered(own, needed, wants == 1))
        people[keys[kind]][own, need[1] if need else 0] += number
    return people
