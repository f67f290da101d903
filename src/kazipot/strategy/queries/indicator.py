"""One indicator as of a day for a part of the organisation: what is counted, the target and the status."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from kazipot.core.indicators.count import Count
from kazipot.core.indicators.status import Status
from kazipot.core.indicators.status import status as status_of
from kazipot.strategy.errors import UnknownIndicator
from kazipot.strategy.queries.definition import IndicatorSpec, Measure, Strategy, Words
from kazipot.strategy.queries.readings import Beside, Reading
from kazipot.strategy.queries.scopes import Scope


@dataclass(frozen=True, slots=True)
class Second:
    """A figure beside an indicator: `name` is "response", "units" or "exceptions"."""

    name: str
    numerator: int
    denominator: int

    @property
    def value(self) -> Fraction | None:
        """The share, or None when there is nothing to count."""
        return Fraction(self.numerator, self.denominator) if self.denominator else None


@dataclass(frozen=True, slots=True)
class Indicator:
    """An indicator as of a day for a scope. `due` None means that the target must hold always.

    `digest` is SHA-256 over the sorted ids of what is met and what is counted. `protected` means that the group is
    small and the numbers are not for everybody.
    """

    id: str
    kind: str
    scope: Scope
    as_of: date
    counted_from: date
    counted_on: date
    numerator: int
    denominator: int
    target: Fraction
    due: date | None
    due_passed: bool
    status: Status
    beside: tuple[Second, ...]
    digest: str
    strategy: Strategy
    protected: bool = False

    @property
    def value(self) -> Fraction | None:
        """The share met, exact; None when there is nothing to count."""
        return Fraction(self.numerator, self.denominator) if self.denominator else None

    @property
    def spec(self) -> IndicatorSpec:
        """What the strategy says of the indicator."""
        return spec_of(self.strategy, self.id)

    @property
    def measure(self) -> Measure:
        """The measure that the indicator belongs to."""
        return self.strategy.measure(self.spec.measure)

    @property
    def word(self) -> Words:
        """The status in the city's own words."""
        return self.strategy.status_words.of(self.status)


def spec_of(strategy: Strategy, indicator: str) -> IndicatorSpec:
    """What the strategy says of an indicator. Raises UnknownIndicator."""
    for spec in strategy.indicators:
        if spec.id == indicator:
            return spec
    raise UnknownIndicator(indicator)


def digest(count: Count[int]) -> str:
    """SHA-256 in hex over the sorted ids of the evidence."""
    evidence = {"met": sorted(count.met), "counted": sorted(count.all_)}
    return hashlib.sha256(json.dumps(evidence, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def _within(count: Count[int], things: Iterable[int]) -> Count[int]:
    chosen = frozenset(things)
    return Count(met=count.met & chosen, all_=count.all_ & chosen)


def _seconds(beside: Iterable[Beside], units: frozenset[int] | None) -> tuple[Second, ...]:
    found = []
    for part in beside:
        count = part.count
        if units is not None:
            count = _within(count, (thing for thing in count.all_ if part.unit_of[thing] in units))
        found.append(Second(part.name, count.numerator, count.denominator))
    return tuple(found)


def build(
    strategy: Strategy, reading: Reading, scope: Scope, count: Count[int], seconds: tuple[Second, ...], *, begun: bool
) -> Indicator:
    """The figure for what was counted in a scope."""
    spec = reading.spec
    return Indicator(
        id=spec.id,
        kind=spec.kind,
        scope=scope,
        as_of=reading.as_of,
        counted_from=reading.counted_from,
        counted_on=reading.counted_on,
        numerator=count.numerator,
        denominator=count.denominator,
        target=spec.target,
        due=reading.due.on,
        due_passed=reading.due.passed,
        status=status_of(
            count.numerator, count.denominator, target=spec.target, due_passed=reading.due.passed, begun=begun
        ),
        beside=seconds,
        digest=digest(count),
        strategy=strategy,
    )


def of_units(strategy: Strategy, reading: Reading, scope: Scope, units: frozenset[int] | None) -> Indicator:
    """The figure of a reading for some units (None: for all)."""
    count = reading.count
    if units is not None and reading.unit_of is not None:
        unit_of = reading.unit_of
        count = _within(count, (thing for thing in count.all_ if unit_of[thing] in units))
    begun = bool(reading.begun_in if units is None else reading.begun_in & units)
    return build(strategy, reading, scope, count, _seconds(reading.beside, units), begun=begun)
