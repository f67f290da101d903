"""The tables of an indicator by unit and by kind of unit, with small groups marked."""

from collections import defaultdict
from dataclasses import dataclass, replace

from kazipot.core.indicators.count import Count
from kazipot.core.indicators.disclosure import hidden
from kazipot.strategy.queries.definition import Strategy
from kazipot.strategy.queries.indicator import Indicator, Second, build, of_units
from kazipot.strategy.queries.readings import PEOPLE, Reading
from kazipot.strategy.queries.scopes import Scope
from kazipot.strategy.queries.tree import Place


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit's line in the table by unit; `depth` is how far below the top it stands."""

    place: Place
    depth: int
    figure: Indicator


def by_kind(strategy: Strategy, reading: Reading) -> list[Indicator]:
    """The figure for each kind of unit: units and people count under the kind of their own unit, once."""
    rows = [
        of_units(strategy, reading, Scope("kind", kind), reading.tree.of_kind(kind)) for kind in reading.tree.kinds()
    ]
    rows = [row for row in rows if row.denominator or reading.unit_of is None]
    sizes = _sizes({str(row.scope): row for row in rows})
    small = hidden(sizes, smallest=strategy.publication.smallest_group)
    return [replace(row, protected=str(row.scope) in small) for row in rows]


def by_unit(strategy: Strategy, reading: Reading) -> list[UnitRow]:
    """The figure for each unit with the units below it, as the tree of the day orders them.

    Closed units appear only where something is still counted in them. No queries: everything is in the reading.
    """
    counts = _counts_by_unit(reading)
    rows = []
    for depth, place in reading.tree.in_order():
        figure = _of_unit(strategy, reading, place, counts[place.id])
        if place.exists or figure.denominator:
            rows.append(UnitRow(place, depth, figure))
    small = _small_units(strategy, reading, rows)
    return [replace(row, figure=replace(row.figure, protected=row.place.id in small)) for row in rows]


class _Tally:
    """What is counted under a unit and the units below it."""

    __slots__ = ("begun", "beside", "counted", "met")

    def __init__(self) -> None:
        self.met: set[int] = set()
        self.counted: set[int] = set()
        self.begun = False
        self.beside: dict[str, list[int]] = defaultdict(lambda: [0, 0])


def _counts_by_unit(reading: Reading) -> defaultdict[int, _Tally]:
    """Everything counted, gathered under each unit and all units over it in one pass."""
    tallies: defaultdict[int, _Tally] = defaultdict(_Tally)
    above = reading.tree.above
    for thing in reading.count.all_ if reading.unit_of is not None else ():
        for unit_id in above(reading.unit_of[thing]) if reading.unit_of is not None else ():
            tallies[unit_id].counted.add(thing)
            if thing in reading.count.met:
                tallies[unit_id].met.add(thing)
    for begun in reading.begun_in:
        for unit_id in above(begun):
            tallies[unit_id].begun = True
    for part in reading.beside:
        for thing in part.count.all_:
            for unit_id in above(part.unit_of[thing]):
                pair = tallies[unit_id].beside[part.name]
                pair[0] += thing in part.count.met
                pair[1] += 1
    return tallies


def _of_unit(strategy: Strategy, reading: Reading, place: Place, tally: _Tally) -> Indicator:
    count = reading.count
    if reading.unit_of is not None:
        count = Count(met=frozenset(tally.met), all_=frozenset(tally.counted))
    seconds = tuple(Second(part.name, *tally.beside[part.name]) for part in reading.beside)
    return build(strategy, reading, Scope("unit", place.path), count, seconds, begun=tally.begun)


def _people(figure: Indicator) -> int:
    """How many people a figure speaks of; 0 when it speaks of units or postings."""
    if figure.kind in PEOPLE:
        return figure.denominator
    return next((second.denominator for second in figure.beside if second.name == "response"), 0)


def _sizes(rows: dict[str, Indicator]) -> dict[str, int]:
    return {key: _people(row) for key, row in rows.items()}


def _small_units(strategy: Strategy, reading: Reading, rows: list[UnitRow]) -> frozenset[int]:
    """Units whose figures could tell people apart: small ones, those from which they'd follow, and all below them.

    The units directly under one unit make a table whose total is that unit; the people counted under the unit
    itself are a further cell of it.
    """
    smallest = strategy.publication.smallest_group
    children: dict[int, list[UnitRow]] = defaultdict(list)
    for row in rows:
        parent = row.place.parent_id
        children[parent if parent in reading.tree.places and parent is not None else 0].append(row)
    found: set[int] = set()
    sizes = {row.place.id: _people(row.figure) for row in rows}
    for parent, group in children.items():
        if parent in found:
            found.update(row.place.id for row in group)
            continue
        cells = {row.place.id: sizes[row.place.id] for row in group}
        if parent:
            cells[0] = sizes.get(parent, 0) - sum(cells.values())
        found |= hidden(cells, smallest=smallest)
    return frozenset(found - {0})
