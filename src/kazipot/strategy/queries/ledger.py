"""The opportunity ledger as M3 counts it on a day: the same year, needs, framework and rule."""

from dataclasses import dataclass
from datetime import date

from kazipot.strategy.queries import strategy_file
from kazipot.strategy.queries.definition import TrainingIndicator
from kazipot.strategy.queries.evidence import reference
from kazipot.strategy.queries.readings import Reader, period
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


def ledger(as_of: date, spec: TrainingIndicator) -> Ledger:
    """The ledger behind the indicator as of a day."""
    reader = Reader(strategy_file.active(), as_of)
    start, day = period(spec, as_of)
    lines = training.ledger(
        start.year,
        day,
        notice_days=spec.parameters.notice_days,
        conditions=spec.parameters.conditions,
        expressed_in=reader.on(day).framework_id,
    )
    return Ledger(spec, start.year, day, tuple(lines), reader.read(spec).count.met)
