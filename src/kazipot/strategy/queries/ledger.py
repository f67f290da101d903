"""The opportunity ledger as M3 counts it on a day: the same year, needs, framework and rule."""

from dataclasses import dataclass
from datetime import date

from kazipot.strategy.queries import strategy_file
from kazipot.strategy.queries.definition import TrainingIndicator
from kazipot.strategy.queries.evidence import reference
from kazipot.strategy.queries.readings import Reader, period
from kazipot.strategy.queries.scopes import WHOLE, Scope
from kazipot.training import queries as training
from kazipot.training.queries import LedgerLine


@dataclass(frozen=True, slots=True)
class Ledger:
    """Every offer of the year that the indicator speaks of, as of a day."""

    spec: TrainingIndicator
    year: int
    day: date
    lines: tuple[LedgerLine, ...]
    met: frozenset[int]
    """The people whom the indicator counts as reached."""

    @property
    def conditions(self) -> tuple[str, ...]:
        """What an opportunity must be, by the strategy."""
        return self.spec.parameters.conditions

    def reference_of(self, line: LedgerLine) -> str:
        """The reference under which the person stands in the evidence."""
        return reference(self.spec.id, self.year, line.person_id)


def ledger(as_of: date, spec: TrainingIndicator, *, scope: Scope = WHOLE) -> Ledger:
    """The ledger behind the indicator as of a day; for a part of the organisation the offers of those people whom the
    indicator counts under its units."""
    reader = Reader(strategy_file.active(), as_of)
    start, day = period(spec, as_of)
    lines = training.ledger(
        start.year,
        day,
        notice_days=spec.parameters.notice_days,
        conditions=spec.parameters.conditions,
        expressed_in=reader.on(day).framework_id,
    )
    reading = reader.read(spec)
    units = scope.units_if_there(reading.tree)
    if units is None:
        return Ledger(spec, start.year, day, tuple(lines), reading.count.met)
    unit_of = reading.unit_of or {}
    within = frozenset(person_id for person_id in reading.count.all_ if unit_of.get(person_id) in units)
    lines = [line for line in lines if line.person_id in within]
    return Ledger(spec, start.year, day, tuple(lines), reading.count.met & within)
