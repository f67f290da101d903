"""Indicators as of any day, for the whole, a kind of unit or a unit."""

from datetime import date

from django.utils.functional import cached_property

from kazipot.strategy.queries import strategy_file
from kazipot.strategy.queries.definition import Strategy
from kazipot.strategy.queries.indicator import Indicator, of_units, spec_of
from kazipot.strategy.queries.readings import Reader, Reading
from kazipot.strategy.queries.scopes import WHOLE, Scope
from kazipot.strategy.queries.tables import PROTECTED, UnitRow, by_kind, by_unit
from kazipot.strategy.queries.tree import Tree


def indicators(as_of: date, *, scope: Scope = WHOLE) -> list[Indicator]:
    """Every indicator of the strategy as of a day, for a scope. Raises UnknownScope, StrategyRefused.

    Small groups are marked `protected`, not left out: who shows the figures decides by reach.
    """
    strategy = strategy_file.active()
    reader = Reader(strategy, as_of)
    return [_figure(strategy, reader.read(spec), scope) for spec in strategy.indicators]


def indicator(as_of: date, indicator_id: str, *, scope: Scope = WHOLE) -> Indicator:
    """One indicator as of a day, for a scope. Raises UnknownIndicator, UnknownScope."""
    strategy = strategy_file.active()
    return _figure(strategy, Reader(strategy, as_of).read(spec_of(strategy, indicator_id)), scope)


def _figure(strategy: Strategy, reading: Reading, scope: Scope) -> Indicator:
    """The figure of a scope; small groups are marked, for which the tables must be known."""
    if scope.level == "whole" or reading.spec.kind not in PROTECTED:
        return of_units(strategy, reading, scope, scope.units(reading.tree))
    return Detail(strategy, reading).of(scope)


class Detail:
    """One indicator of a day with its tables by kind and by unit; the facts are read once."""

    def __init__(self, strategy: Strategy, reading: Reading) -> None:
        self._strategy = strategy
        self._reading = reading

    @property
    def tree(self) -> Tree:
        """The units of the day that is counted."""
        return self._reading.tree

    @cached_property
    def kinds(self) -> list[Indicator]:
        """The table by kind of unit."""
        return by_kind(self._strategy, self._reading)

    @cached_property
    def units(self) -> list[UnitRow]:
        """The table by unit."""
        return by_unit(self._strategy, self._reading)

    def of(self, scope: Scope) -> Indicator:
        """The figure of a scope. Raises UnknownScope."""
        figure = of_units(self._strategy, self._reading, scope, scope.units_if_there(self.tree))
        if scope.level == "whole":
            return figure
        table = self.kinds if scope.level == "kind" else [row.figure for row in self.units]
        return next((row for row in table if row.scope == scope), figure)


def detail(as_of: date, indicator_id: str) -> Detail:
    """One indicator as of a day, with its tables. Raises UnknownIndicator."""
    strategy = strategy_file.active()
    return Detail(strategy, Reader(strategy, as_of).read(spec_of(strategy, indicator_id)))
