"""Indicators as of any day, for the whole, a kind of unit or a unit."""

from dataclasses import replace
from datetime import date

from kazipot.strategy.queries import strategy_file
from kazipot.strategy.queries.definition import Strategy
from kazipot.strategy.queries.indicator import Indicator, of_units, spec_of
from kazipot.strategy.queries.readings import PEOPLE, Reader, Reading
from kazipot.strategy.queries.scopes import WHOLE, Scope
from kazipot.strategy.queries.tables import by_kind, by_unit


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
    figure = of_units(strategy, reading, scope, scope.units(reading.tree))
    if scope.level == "whole" or reading.spec.kind not in PEOPLE | {"needs"}:
        return figure
    table = by_kind(strategy, reading) if scope.level == "kind" else [row.figure for row in by_unit(strategy, reading)]
    return next((row for row in table if row.scope == scope), replace(figure, protected=True))
