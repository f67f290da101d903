"""People by own level × the level they want to be trained to, of one competence and the whole: for buying training.

The table has five own levels f (0 to 4) and five states: none (no need stated) and a need to level t (1 to 4). Its
margins by own level and by need or none are published elsewhere (tables `levels` and `need`), so they are known here;
everything inside is protected together with them. Only where both margins are wholly shown may the table be told: then
what is hidden in other tables and what is hidden here hang together through published numbers alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kazipot.core.survey.disclosure import THRESHOLD
from kazipot.core.survey.need_counts import DerivableError
from kazipot.core.survey.suppression import (
    ROOT,
    CountTable,
    Rule,
    audit,
    dimension_from_pairs,
    problem_of,
    table_from_leaves,
)
from kazipot.core.survey.suppression.solve import suppress

LEVELS = 5
TO = (1, 2, 3, 4)
FROM_PAIRS = [(str(level), ROOT) for level in range(LEVELS)]
STATE_PAIRS = [("none", ROOT), ("need", ROOT), *((str(level), "need") for level in TO)]

type Counts = NDArray[np.int64]
type Row = tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Demand:
    """What may be told: needs by own level × level wanted (`cells`, 5 × 4), and by level wanted (`to`).

    None where hidden. `hidden` cells of `cells_in_all`; `checked` is how many the audit looked at.
    """

    cells: tuple[Row, ...]
    to: Row
    hidden: int
    checked: int


def possible(own: int, to: int) -> bool:
    """Whether rule 1 of stated needs leads from one level to the other: upwards, or from 4 to 4."""
    return to > own or own == to == LEVELS - 1


def demand_counts(
    people: Counts,
    *,
    rng: np.random.Generator,
    before: Sequence[Sequence[int | None]] | None = None,
    k: int = THRESHOLD,
) -> Demand:
    """The needs that may be told of `people`, shape (5, 5): own level × (none, to 1, to 2, to 3, to 4).

    `before` is what the version before told (its `cells`): what it hid, and what 1 to k − 1 people more or fewer are in
    now, is hidden. Raises ValueError for a need that rule 1 doesn't know, DerivableError if the audit finds a cell that
    can be worked out.
    """
    if any(people[own, to] for own in range(LEVELS) for to in TO if not possible(own, to)):
        raise ValueError("rule 1 of stated needs doesn't lead there")
    states = (dimension_from_pairs("from", FROM_PAIRS), dimension_from_pairs("to", STATE_PAIRS))
    table = table_from_leaves(states, people)
    known = _known(table)
    hidden = _stays(table, before, k) & ~known
    problem = problem_of(table, Rule(k), known=known, hidden=hidden)
    published = ~np.append(suppress(problem).hidden, False)[problem.classes]
    intervals = audit(table, published, k=k, rng=rng)
    leaks = [table.cell(one.place) for one in intervals if one.leaks]
    if leaks:
        raise DerivableError(leaks)
    return _told(table, published, len(intervals))


def _known(table: CountTable) -> NDArray[np.bool_]:
    """Margins that other tables publish, and zeros that follow from the rule."""
    known = np.zeros(table.counts.shape, dtype=bool)
    states = table.dimensions[1].codes
    known[0, [states.index(code) for code in (ROOT, "none", "need")]] = True
    known[:, states.index(ROOT)] = True
    for own in range(LEVELS):
        for to in TO:
            known[own + 1, states.index(str(to))] = not possible(own, to)
    known[LEVELS, states.index(str(TO[-1]))] = False
    return known


def _stays(table: CountTable, before: Sequence[Sequence[int | None]] | None, k: int) -> NDArray[np.bool_]:
    found = np.zeros(table.counts.shape, dtype=bool)
    states = table.dimensions[1].codes
    for own, row in enumerate(before or ()):
        for to, then in zip(TO, row, strict=True):
            place = own + 1, states.index(str(to))
            found[place] = then is None or 0 < abs(int(table.counts[place]) - then) < k
    return found & (table.counts > 0)


def _told(table: CountTable, published: NDArray[np.bool_], checked: int) -> Demand:
    states = table.dimensions[1].codes
    columns = [states.index(str(level)) for level in TO]
    lines = [
        tuple(int(table.counts[line, column]) if published[line, column] else None for column in columns)
        for line in range(LEVELS + 1)
    ]
    return Demand(tuple(lines[1:]), lines[0], sum(row.count(None) for row in lines), checked)
