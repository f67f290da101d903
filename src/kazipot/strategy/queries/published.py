"""What everybody may see: the public indicators from the latest snapshots or, while there are none, computed now."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from kazipot.core.indicators.status import Status
from kazipot.organisation.choices import UnitKind
from kazipot.strategy.models import IndicatorSnapshot
from kazipot.strategy.queries import strategy_file
from kazipot.strategy.queries.definition import IndicatorSpec, Strategy
from kazipot.strategy.queries.indicator import Indicator, of_units
from kazipot.strategy.queries.readings import Reader, period
from kazipot.strategy.queries.scopes import WHOLE, Scope, scope_from
from kazipot.strategy.queries.snapshots import kept, latest_day
from kazipot.strategy.queries.tables import by_kind, mark_small


@dataclass(frozen=True, slots=True)
class PublicFigure:
    """A public indicator for the whole, and for the kinds of units (where the strategy shows them)."""

    whole: Indicator
    kinds: tuple[Indicator, ...]


@dataclass(frozen=True, slots=True)
class Published:
    """The public figures as of a day; `kept_at` is when they were computed, None when just now."""

    strategy: Strategy
    as_of: date
    kept_at: datetime | None
    figures: tuple[PublicFigure, ...]


def published(today: date) -> Published:
    """The figures for everybody. Two queries when there are snapshots; otherwise they are computed now."""
    strategy = strategy_file.active()
    specs = [spec for spec in strategy.indicators if spec.public]
    day = latest_day(today)
    if day is not None:
        rows = kept(day, scopes=["whole", *(f"kind:{kind}" for kind in UnitKind.values)])
        if all((spec.id, "whole") in rows for spec in specs):
            figures = tuple(_from_snapshots(strategy, spec, rows) for spec in specs)
            return Published(strategy, day, max(row.computed_at for row in rows.values()), figures)
    reader = Reader(strategy, today)
    return Published(strategy, today, None, tuple(_computed(strategy, reader, spec) for spec in specs))


def _shows_kinds(strategy: Strategy, spec: IndicatorSpec) -> bool:
    return strategy.publication.by_kind_of_unit and spec.kind != "needs"


def _computed(strategy: Strategy, reader: Reader, spec: IndicatorSpec) -> PublicFigure:
    reading = reader.read(spec)
    kinds = by_kind(strategy, reading) if _shows_kinds(strategy, spec) else []
    return PublicFigure(of_units(strategy, reading, WHOLE, None), tuple(kinds))


def _from_snapshots(
    strategy: Strategy, spec: IndicatorSpec, rows: Mapping[tuple[str, str], IndicatorSnapshot]
) -> PublicFigure:
    whole = _from_snapshot(strategy, spec, rows[spec.id, "whole"], WHOLE)
    kinds = [
        _from_snapshot(strategy, spec, row, scope_from(scope))
        for kind in UnitKind.values
        for scope in [f"kind:{kind}"]
        if (row := rows.get((spec.id, scope))) is not None
    ]
    if not _shows_kinds(strategy, spec):
        return PublicFigure(whole, ())
    counted = [row for row in kinds if row.denominator]
    return PublicFigure(whole, tuple(mark_small(counted, smallest=strategy.publication.smallest_group)))


def _from_snapshot(strategy: Strategy, spec: IndicatorSpec, row: IndicatorSnapshot, scope: Scope) -> Indicator:
    counted_from, counted_on = period(spec, row.as_of)
    due = spec.due_on(strategy.adopted_on, row.as_of)
    return Indicator(
        id=spec.id,
        kind=spec.kind,
        scope=scope,
        as_of=row.as_of,
        counted_from=counted_from,
        counted_on=counted_on,
        numerator=row.numerator,
        denominator=row.denominator,
        target=spec.target,
        due=due.on,
        due_passed=due.passed,
        status=Status(row.status),
        beside=(),
        digest=row.digest,
        strategy=strategy,
    )
