"""Counts of a needs analysis by group × competence × state, so protected that no small one can be worked out.

How many people each group has in each competence (its *base*) is settled beforehand by the tree rule (`disclosure`,
`needs_tables`). Here a table says how many of a base are in each of S states: stated a need or not, or at a level.
Its cells are hidden besides (`suppression`): counts of 1 to k − 1, and others so that these can't be subtracted.

Several tables may stand on the same bases. They hang together through the bases alone, and those that are hidden are
hidden in all tables with all their states; so whatever bases agree with what is published leave each table free
(split each base as the rest it lies in is split), and tables can be protected one by one. The argument at length:
docs/methods/needs-analysis.md.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from kazipot.core.survey.disclosure import THRESHOLD
from kazipot.core.survey.need_editions import Edition, Shown, stacked
from kazipot.core.survey.suppression import (
    ROOT,
    CountTable,
    Problem,
    Rule,
    audit,
    dimension_from_pairs,
    table_from_leaves,
)
from kazipot.core.survey.suppression.problem import problem_of
from kazipot.core.survey.suppression.solve import suppress

type Counts = NDArray[np.int64]
type Cell = tuple[str, str]


class DerivableError(ValueError):
    """The audit found cells that could be worked out from what would be published."""

    def __init__(self, cells: Collection[tuple[str, ...]]) -> None:
        super().__init__(f"{len(cells)} cells could be worked out")
        self.cells = tuple(cells)


@dataclass(frozen=True, slots=True)
class CountsShown:
    """What of a table may be published: {(group, column): counts of the states, None where hidden}.

    Columns are competences, areas and `*` for all of them; only cells of shown bases are in it. `hidden` is how many
    (group, column, state) are hidden besides, of `cells` in shown bases; `checked` how many cells the audit looked at.
    """

    counts: Mapping[Cell, tuple[int | None, ...]]
    hidden: int
    cells: int
    checked: int


@dataclass(slots=True)
class Worlds:
    """Tables that agree with what is published, in which hidden counts lie as far away as the audit has seen them.

    Each has shape (groups without children, competences, states). Not `complete` when a count may be anything.
    """

    groups: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    tables: list[NDArray[np.float64]] = field(default_factory=list)
    complete: bool = True


def shown_counts(
    parents: Mapping[str, str | None],
    areas: Mapping[str, str],
    leaves: Mapping[Cell, Counts],
    bases: Collection[Cell],
    *,
    rng: np.random.Generator,
    before: Sequence[Shown] = (),
    editions: Sequence[Edition] = (),
    k: int = THRESHOLD,
    worlds: Worlds | None = None,
) -> CountsShown:
    """The counts that may be published of a table of S states.

    `parents` is the tree of groups, `areas` {competence: area}, `leaves` the states' counts (shape (S,)) of (group
    without children, competence), missing ones 0; `bases` the (group, competence) whose number of people is published;
    `before` what was shown elsewhere: what was hidden there, and what 1 to k − 1 people more or fewer are in now, is
    hidden. `editions` are earlier ones of this table, oldest first, protected in one program with it (`need_editions`);
    where counts fell since, they are compared like `before`. The generator only orders the audit's work, and `worlds`
    gets the tables that it looked at. Raises DerivableError if the audit finds a cell that can be derived more narrowly
    than the rule allows; of what is hidden with its base only small counts matter. The pattern is the heuristic's
    (within about 1 % of the bound), and the audit proves each cell wide enough, no more.
    """
    table, root = _table(parents, areas, leaves), _root(parents)
    known, secret = _bases(table, set(bases))
    earlier = [(_table(parents, areas, one.leaves, table), one.shown) for one in editions]
    stack = stacked(table, known, secret, earlier, root)
    compared = [*before, *(one.shown for one in editions)] if len(stack.table.counts) == 1 else before
    stays = np.zeros_like(stack.hidden)
    for shown in compared:
        stays[0] |= _stays(table, shown, k) & ~known
    problem = problem_of(stack.table, Rule(k), known=stack.known, hidden=stack.hidden | stays)
    problem = replace(problem, needs=_widths(problem, stack.secret))
    published = ~np.append(suppress(problem, exact_classes=0).hidden, False)[problem.classes]
    seen: list[tuple[Counts, list[NDArray[np.float64]]]] = []
    intervals = audit(stack.table, published, k=k, rng=rng, exact_cells=0, seen=seen)
    matters = [interval for interval in intervals if interval.needed or not stack.secret.ravel()[interval.place]]
    leaks = [stack.table.cell(interval.place)[1:] for interval in matters if interval.leaks]
    if leaks:
        raise DerivableError(leaks)
    if worlds is not None:
        _keep(worlds, stack.table, seen, root)
    return _told(table, published[0], known, len(intervals), root)


def _keep(
    worlds: Worlds, table: CountTable, seen: Sequence[tuple[Counts, list[NDArray[np.float64]]]], root: str
) -> None:
    """Note the tables seen: the first of all parts together, the second, and so on."""
    _editions, groups, competences, states = table.dimensions
    leaves = np.ix_(groups.leaves(), competences.leaves(), states.leaves())
    worlds.groups = tuple(_name(groups.codes[place], root) for place in groups.leaves())
    worlds.columns = tuple(competences.codes[place] for place in competences.leaves())
    for number in range(max((len(tables) for _, tables in seen), default=0)):
        values = table.counts.astype(float).ravel()
        for cells, tables in seen:
            if number < len(tables):
                values[cells] = tables[number]
        worlds.complete = worlds.complete and bool(np.isfinite(values).all())
        worlds.tables.append(values.reshape(table.counts.shape)[0][leaves])


def _root(parents: Mapping[str, str | None]) -> str:
    return next(group for group, parent in parents.items() if parent is None)


def _table(
    parents: Mapping[str, str | None],
    areas: Mapping[str, str],
    leaves: Mapping[Cell, Counts],
    like: CountTable | None = None,
) -> CountTable:
    """The table with all margins; with as many states as the table that it is `like`."""
    root = _root(parents)
    pairs = [(group, ROOT if parent == root else parent) for group, parent in parents.items() if parent is not None]
    groups = dimension_from_pairs("group", pairs)
    columns = [(area, ROOT) for area in dict.fromkeys(areas.values()) if area != ROOT] + list(areas.items())
    competences = dimension_from_pairs("competence", columns)
    states = max((counts.size for counts in leaves.values()), default=1)
    if like is not None:
        states = like.counts.shape[2] - 1
    dimension = dimension_from_pairs("state", [(f"{state}", ROOT) for state in range(states)])
    lines = {root if groups.codes[place] == ROOT else groups.codes[place]: n for n, place in enumerate(groups.leaves())}
    spots = {competences.codes[place]: n for n, place in enumerate(competences.leaves())}
    inside = np.zeros((len(lines), len(spots), states), dtype=np.int64)
    for (group, competence), counts in leaves.items():
        inside[lines[group], spots[competence]] += counts
    return table_from_leaves([groups, competences, dimension], inside)


def _name(code: str, root: str) -> str:
    return root if code == ROOT else code


def _bases(table: CountTable, shown: set[Cell]) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Masks of the bases that are published, and of the cells that never are because their base isn't.

    The base of an area (or of all competences) is the sum over them; it is shown when all that aren't empty are.
    """
    groups, competences, _ = table.dimensions
    roots = {code for code, _ in shown} - set(groups.codes)  # the whole goes by its own name
    total = table.counts[:, :, 0]
    leaf = np.zeros(total.shape, dtype=bool)
    for line, group in enumerate(groups.codes):
        names = roots if group == ROOT else {group}
        for column in competences.leaves():
            leaf[line, column] = any((name, competences.codes[column]) in shown for name in names)
    ancestry = competences.ancestry()
    secret = (~leaf & (total > 0))[:, competences.leaves()].astype(np.int64) @ ancestry.T > 0
    known, hidden = np.zeros(table.counts.shape, dtype=bool), np.zeros(table.counts.shape, dtype=bool)
    known[:, :, 0] = ~secret
    hidden[secret] = True
    return known, hidden


def _widths(problem: Problem, secret: NDArray[np.bool_]) -> NDArray[np.int64]:
    """The widths asked of the intervals: none of a count that isn't small and is hidden only with its base."""
    outside = np.zeros(len(problem.needs), dtype=bool)
    outside[problem.classes[(problem.classes >= 0) & ~secret]] = True
    return np.where(outside | (problem.needs > 1), problem.needs, 0)


def _stays(table: CountTable, before: Mapping[Cell, Sequence[int | None]], k: int) -> NDArray[np.bool_]:
    """Counts that the version before hid, or that differ from it by so few people that these could be told."""
    groups, competences, _ = table.dimensions
    found = np.zeros(table.counts.shape, dtype=bool)
    lines = {code: line for line, code in enumerate(groups.codes)}
    columns = {code: column for column, code in enumerate(competences.codes)}
    for (group, column), told in before.items():
        place = lines.get(group, 0), columns.get(column)
        if place[1] is not None:
            now = table.counts[place][1:].tolist()
            pairs = zip(now, [*told, *([0] * len(now))], strict=False)
            if any(then is None or 0 < abs(count - then) < k for count, then in pairs):
                found[place[0], place[1], 1:] = True
    return found & (table.counts > 0)


def _told(
    table: CountTable, published: NDArray[np.bool_], known: NDArray[np.bool_], checked: int, root: str
) -> CountsShown:
    groups, competences, _ = table.dimensions
    counts: dict[Cell, tuple[int | None, ...]] = {}
    for line, column in np.argwhere(known[:, :, 0] & (table.counts[:, :, 0] > 0)).tolist():
        told = zip(table.counts[line, column, 1:].tolist(), published[line, column, 1:].tolist(), strict=True)
        counts[_name(groups.codes[line], root), competences.codes[column]] = tuple(
            count if shown else None for count, shown in told
        )
    hidden = sum(value is None for cell in counts.values() for value in cell)
    return CountsShown(counts, hidden, sum(len(cell) for cell in counts.values()), checked)
