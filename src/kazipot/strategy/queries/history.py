"""An indicator over time: the ends of quarters since the adoption, and the day looked at."""

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from kazipot.strategy.models import IndicatorSnapshot
from kazipot.strategy.queries import strategy_file
from kazipot.strategy.queries.indicator import Indicator, of_units, spec_of
from kazipot.strategy.queries.readings import PEOPLE, Reader
from kazipot.strategy.queries.scopes import WHOLE, Scope

MOST_POINTS = 16


@dataclass(frozen=True, slots=True)
class Point:
    """An indicator on one day, as kept in a snapshot or as computed now. `small`: too few people to show."""

    on: date
    numerator: int
    denominator: int
    from_snapshot: bool
    small: bool
    kept: tuple[int, int] | None = None
    """What a snapshot of the day says (met, counted), if the figure was computed now and comes out otherwise."""

    @property
    def value(self) -> Fraction | None:
        """The share met; None when there was nothing to count."""
        return Fraction(self.numerator, self.denominator) if self.denominator else None


def quarter_ends(start: date, end: date, *, most: int = MOST_POINTS) -> list[date]:
    """The last days of the quarters in [start, end], and `end` itself; the latest `most` of them."""
    days = [
        date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
        for year in range(start.year, end.year + 1)
        for month in (3, 6, 9, 12)
    ]
    chosen = [day for day in days if start <= day < end]
    return [*chosen, end][-most:]


def missing_quarters(today: date) -> list[date]:
    """The quarter's ends since the adoption, up to today, of which there is no snapshot; the latest first."""
    days = [day for day in quarter_ends(strategy_file.active().adopted_on, today, most=400) if _ends_quarter(day)]
    there = set(IndicatorSnapshot.objects.filter(as_of__in=days).values_list("as_of", flat=True))
    return sorted(set(days) - there, reverse=True)


def _ends_quarter(day: date) -> bool:
    after = day + timedelta(days=1)
    return after.day == 1 and after.month % 3 == 1


def history(
    as_of: date,
    indicator_id: str,
    *,
    scope: Scope = WHOLE,
    today: Indicator | None = None,
    only_kept: bool = False,
) -> list[Point]:
    """The indicator on each quarter's end and on `as_of`; earlier days from snapshots where there are any.

    `today` is the figure of `as_of` if the caller has it already. Earlier days without a snapshot are computed
    now, or left out with `only_kept`. Raises UnknownIndicator, UnknownScope.
    """
    strategy = strategy_file.active()
    spec = spec_of(strategy, indicator_id)
    days = quarter_ends(strategy.adopted_on, as_of)
    kept = _snapshots(indicator_id, scope, days) if only_kept or len(days) > 1 else {}
    smallest = strategy.publication.smallest_group if scope != WHOLE and spec.kind in PEOPLE else 0
    points = []
    for day in days:
        is_kept = day in kept and (only_kept or day != as_of)
        if is_kept:
            numerator, denominator = kept[day]
        elif day == as_of and today is not None:
            numerator, denominator = today.numerator, today.denominator
        elif only_kept and day != as_of:
            continue
        else:
            reading = Reader(strategy, day).read(spec)
            figure = of_units(strategy, reading, scope, scope.units_if_there(reading.tree))
            numerator, denominator = figure.numerator, figure.denominator
        small = 0 < denominator < smallest
        changed = None if is_kept or kept.get(day) == (numerator, denominator) else kept.get(day)
        points.append(Point(day, numerator, denominator, is_kept, small, changed))
    return points


def _snapshots(indicator_id: str, scope: Scope, days: list[date]) -> dict[date, tuple[int, int]]:
    """The latest snapshot of each day; a day kept without this scope had nothing to count in it. One query."""
    rows = IndicatorSnapshot.objects.filter(
        indicator=indicator_id, scope__in=["whole", str(scope)], as_of__in=days
    ).order_by("id")
    found = {row.as_of: (0, 0) for row in rows}
    return found | {row.as_of: (row.numerator, row.denominator) for row in rows if row.scope == str(scope)}
