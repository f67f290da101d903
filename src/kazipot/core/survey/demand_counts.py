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

    `before` is what the version before told (its `to` and then its `cells`): what it hid, and what 1 to k − 1 people
    more or fewer are in now, is hidden. Raises ValueError for a need that rule 1 doesn't know, DerivableError if the
    audit finds a cell that can be worked out.
    """
    if any(people[own, to] for own in range(LEVELS) for to in TO if not possible(own, to)):
        raise ValueError("rule 1 of stated needs doesn't lead there")
    states = (dimension_from_pairs("from", FROM_PAIRS), dimension_from_pairs("to", STATE_PAIRS))
    table = table_from_leaves(states, people)
    stays = _stays(table, before, k)
    sums, own = people[:, 1:].sum(axis=0).tolist(), people.sum(axis=1).tolist()
    row = demand_by_level(sums, own, before=before[0] if before else None, k=k)
    tries = [found for first in (row, None) if (found := _protected(table, first, stays, k, rng)) is not None]
    if not tries:
        raise DerivableError([("*", "*")])
    return _told(table, *tries[0])


def _protected(
    table: CountTable, row: Row | None, stays: NDArray[np.bool_], k: int, rng: np.random.Generator
) -> tuple[NDArray[np.bool_], int] | None:
    """Which cells are published and how many the audit looked at; None if it finds one that can be worked out.

    With a row, the levels wanted that it tells are told in any case, for these matter most to who buys training, and
    those that it hides are hidden.
    """
    known = _known(table)
    hidden = stays.copy()
    states = table.dimensions[1].codes
    for to, count in zip(TO, row or (), strict=False):
        place = 0, states.index(str(to))
        known[place], hidden[place] = count is not None, count is None
    hidden &= ~known
    problem = problem_of(table, Rule(k), known=known, hidden=hidden)
    published = ~np.append(suppress(problem).hidden, False)[problem.classes]
    intervals = audit(table, published, k=k, rng=rng)
    return None if any(one.leaks for one in intervals) else (published, len(intervals))


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
    for line, row in enumerate(before or ()):
        for to, then in zip(TO, row, strict=True):
            place = line, states.index(str(to))
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


def demand_by_level(
    to: Sequence[int],
    own: Sequence[int | None],
    *,
    before: Sequence[int | None] | None = None,
    k: int = THRESHOLD,
) -> Row | None:
    """The needs by level wanted alone, where own levels aren't wholly shown; None where they can't be told soundly.

    `to` are the needs to levels 1 to 4, their sum is published; `own` how many are at levels 0 to 4, None where hidden.
    Who wants to get to level t is below it: Σ of needs up to t ≤ Σ of own levels below t (t = 1, 2, 3). Nothing is told
    unless the shown own levels alone leave room for this whatever the hidden needs are. Then neither table narrows the
    other, and a hidden need lies anywhere between 0 and the sum of all hidden ones, which is at least k.
    """
    hidden = [0 < count < k for count in to]
    if before is not None:
        pairs = zip(to, before, strict=True)
        changed = [count > 0 and (then is None or 0 < abs(count - then) < k) for count, then in pairs]
        hidden = [one or other for one, other in zip(hidden, changed, strict=True)]
    while any(hidden) and (sum(hidden) < 2 or sum(count for count, one in zip(to, hidden, strict=True) if one) < k):
        open_ones = [(count, place) for place, count in enumerate(to) if count and not hidden[place]]
        if not open_ones:
            return None
        hidden[min(open_ones)[1]] = True
    rest = sum(count for count, one in zip(to, hidden, strict=True) if one)
    for level in TO[:-1]:
        needs = sum(count for count, one in zip(to[:level], hidden[:level], strict=True) if not one)
        room = sum(count or 0 for count in own[:level])
        if needs + (rest if any(hidden[:level]) else 0) > room:
            return None
    return tuple(None if one else count for count, one in zip(to, hidden, strict=True))
