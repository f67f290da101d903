"""Snapshots: what the indicators were as of a day, and whether they come out the same today."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Max

from kazipot.strategy.models import IndicatorSnapshot
from kazipot.strategy.queries import strategy_file
from kazipot.strategy.queries.definition import Strategy
from kazipot.strategy.queries.indicator import Indicator, of_units
from kazipot.strategy.queries.readings import Reader
from kazipot.strategy.queries.scopes import WHOLE
from kazipot.strategy.queries.tables import by_kind, by_unit


@dataclass(frozen=True, slots=True)
class Difference:
    """A figure that no longer comes out as it was kept: records of that day were added or changed since."""

    indicator: str
    scope: str
    as_of: date
    kept: tuple[int, int] | None
    now: tuple[int, int] | None

    def __str__(self) -> str:
        kept = "–" if self.kept is None else f"{self.kept[0]}/{self.kept[1]}"
        now = "–" if self.now is None else f"{self.now[0]}/{self.now[1]}"
        return f"{self.indicator} {self.scope} {self.as_of.isoformat()}: {kept} → {now}"


def every_figure(strategy: Strategy, as_of: date) -> Iterator[Indicator]:
    """Each indicator for the whole, each kind and each unit; the facts are read once."""
    reader = Reader(strategy, as_of)
    for spec in strategy.indicators:
        reading = reader.read(spec)
        yield of_units(strategy, reading, WHOLE, None)
        yield from by_kind(strategy, reading)
        for row in by_unit(strategy, reading):
            if row.figure.denominator:
                yield row.figure


def latest_day(up_to: date) -> date | None:
    """The latest day, not after `up_to`, of which there are snapshots."""
    found: date | None = IndicatorSnapshot.objects.filter(as_of__lte=up_to).aggregate(day=Max("as_of"))["day"]
    return found


def kept(as_of: date, *, scopes: list[str] | None = None) -> dict[tuple[str, str], IndicatorSnapshot]:
    """The latest snapshot of each indicator and scope of a day. One query."""
    rows = IndicatorSnapshot.objects.filter(as_of=as_of).order_by("id")
    if scopes is not None:
        rows = rows.filter(scope__in=scopes)
    return {(row.indicator, row.scope): row for row in rows}


def verify(as_of: date | None = None) -> list[Difference]:
    """Recompute the latest snapshots of a day, or of every day that has any, and name each difference."""
    days = [as_of] if as_of else sorted(IndicatorSnapshot.objects.values_list("as_of", flat=True).distinct())
    return [difference for day in days for difference in _verify_day(day)]


def _verify_day(day: date) -> Iterator[Difference]:
    then = kept(day)
    now = {(figure.id, str(figure.scope)): figure for figure in every_figure(strategy_file.active(), day)}
    for key in sorted(then.keys() | now.keys()) if then else ():
        row, figure = then.get(key), now.get(key)
        if row is None or figure is None or row.digest != figure.digest:
            yield Difference(
                key[0],
                key[1],
                day,
                (row.numerator, row.denominator) if row else None,
                (figure.numerator, figure.denominator) if figure else None,
            )
