"""The tables of an indicator by unit and by kind of unit, with small groups marked."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from kazipot.core.indicators.count import Count
from kazipot.core.survey.disclosure import protect
from kazipot.strategy.queries.definition import Strategy
from kazipot.strategy.queries.indicator import Indicator, Second, build, of_units
from kazipot.strategy.queries.readings import PEOPLE, Reading
from kazipot.strategy.queries.scopes import Scope
from kazipot.strategy.queries.tree import Place

PROTECTED = PEOPLE | {"needs"}
"""Kinds of indicators whose tables tell something of groups of people."""


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
    return mark_small(rows, smallest=strategy.publication.smallest_group)


def mark_small(rows: Iterable[Indicator], *, smallest: int) -> list[Indicator]:
    """A table by kind with the figures marked that would tell small groups apart; its total is known."""
    table = {str(row.scope): row for row in rows}
    people = {scope: _people(row) for scope, row in table.items()}
    shown = protect(
        {"whole": None, **dict.fromkeys(table, "whole")},
        {"whole": sum(people.values()), **people},
        threshold=smallest,
    )
    return [replace(row, protected=people[scope] > 0 and scope not in shown) for scope, row in table.items()]


def by_unit(strategy: Strategy, reading: Reading) -> list[UnitRow]:
    """The figure for each unit with the units below it, as the tree of the day orders them.

    Closed units appear only where something is still counted in them. No queries: everything is in the reading.
    """
    counts = _counts_by_unit(reading)
    rows = [
        UnitRow(place, depth, _of_unit(strategy, reading, place, counts[place.id]))
        for depth, place in reading.tree.in_order()
    ]
    shown = _large_enough(strategy, rows)
    return [
        replace(row, figure=replace(row.figure, protected=_people(row.figure) > 0 and str(row.place.id) not in shown))
        for row in rows
        if row.place.exists or row.figure.denominator
    ]


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


def _large_enough(strategy: Strategy, rows: list[UnitRow]) -> frozenset[str]:
    """Units whose figures tell no small group apart, neither alone nor by taking some from others.

    The people counted under a unit itself, and not under one below it, are a group of their own for this.
    """
    people = {row.place.id: _people(row.figure) for row in rows}
    parents: dict[str, str | None] = {"whole": None}
    counts = {str(unit_id): number for unit_id, number in people.items()}
    own = dict(people)
    counts["whole"] = 0
    for row in rows:
        parent = row.place.parent_id
        if parent is None or parent not in people:
            parents[str(row.place.id)] = "whole"
            counts["whole"] += people[row.place.id]
        else:
            parents[str(row.place.id)] = str(parent)
            own[parent] -= people[row.place.id]
    above = {parent for parent in parents.values() if parent not in {None, "whole"}}
    for unit_id, number in own.items():
        if str(unit_id) in above:
            parents[f"{unit_id} itself"] = str(unit_id)
            counts[f"{unit_id} itself"] = number
    return protect(parents, counts, threshold=strategy.publication.smallest_group)
