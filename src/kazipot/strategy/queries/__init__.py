"""Every read of the count: the strategy, its indicators as of any day, their evidence, history and snapshots."""

from dataclasses import dataclass
from datetime import date

from kazipot.core.indicators.verification import DutyRule
from kazipot.strategy.queries import strategy_file
from kazipot.strategy.queries.definition import IndicatorSpec as Spec
from kazipot.strategy.queries.definition import Strategy, TrainingIndicator, VerificationIndicator
from kazipot.strategy.queries.evidence import Evidence, Record, Thing, analyses, evidence, records
from kazipot.strategy.queries.figures import Detail, detail, indicator, indicators
from kazipot.strategy.queries.history import Point, history, missing_quarters
from kazipot.strategy.queries.indicator import Indicator, Second, spec_of
from kazipot.strategy.queries.ledger import Ledger, ledger
from kazipot.strategy.queries.needs_by_definition import ByDefinition, needs_by_definition
from kazipot.strategy.queries.published import PublicFigure, Published, published
from kazipot.strategy.queries.readings import PEOPLE, Reader, Reading
from kazipot.strategy.queries.scopes import WHOLE, Scope, scope_from
from kazipot.strategy.queries.skilled import Skilled, skilled_by_kind, skilled_over_time
from kazipot.strategy.queries.snapshots import Difference, every_figure, latest_day, verify
from kazipot.strategy.queries.tables import UnitRow, by_kind, by_unit
from kazipot.strategy.queries.tree import Place, Tree, tree
from kazipot.training import queries as training
from kazipot.training.queries import YearOutlook

__all__ = [
    "PEOPLE",
    "WHOLE",
    "ByDefinition",
    "Detail",
    "Difference",
    "Evidence",
    "Indicator",
    "Ledger",
    "Place",
    "Point",
    "PublicFigure",
    "Published",
    "Reader",
    "Reading",
    "Record",
    "Scope",
    "Second",
    "Skilled",
    "Spec",
    "Strategy",
    "Thing",
    "TrainingIndicator",
    "TrainingRule",
    "Tree",
    "UnitRow",
    "analyses",
    "by_kind",
    "by_unit",
    "definitions_beside",
    "detail",
    "duty_rule",
    "every_figure",
    "evidence",
    "history",
    "indicator",
    "indicators",
    "latest_day",
    "ledger",
    "missing_quarters",
    "outlook_beside",
    "published",
    "records",
    "responsible",
    "scope_from",
    "skilled_by_kind",
    "skilled_over_time",
    "spec_of",
    "strategy",
    "training_rule",
    "tree",
    "unknown_units",
    "verify",
]


def strategy() -> Strategy:
    """The strategy of this installation. Raises StrategyRefused."""
    return strategy_file.active()


def duty_rule() -> DutyRule:
    """The duty of digital security as the strategy sets it; without such an indicator, the usual two years."""
    for spec in strategy_file.active().indicators:
        if isinstance(spec, VerificationIndicator):
            rule = spec.parameters
            return DutyRule(months=rule.months, grace_months=rule.grace_months, counts=rule.counts)
    return DutyRule(months=24, grace_months=3, counts="passed")


@dataclass(frozen=True, slots=True)
class TrainingRule:
    """What the strategy asks of training: offers so many days ahead, to such a share of those who need it."""

    notice_days: int
    target: float


def training_rule() -> TrainingRule | None:
    """The rule of training; None where the strategy has no such indicator."""
    for spec in strategy_file.active().indicators:
        if isinstance(spec, TrainingIndicator):
            return TrainingRule(spec.parameters.notice_days, float(spec.target))
    return None


def responsible(spec: Spec, tree: Tree) -> list[tuple[str, Place | None]]:
    """The units responsible for an indicator, by their codes; None beside a code that isn't in the tree."""
    return [(path, tree.by_path(path)) for path in spec.responsible]


def unknown_units(strategy: Strategy, tree: Tree) -> list[str]:
    """Codes of responsible units that the organisation doesn't have on the day: a warning, not a fault."""
    named = {path for spec in strategy.indicators for path in spec.responsible}
    return sorted(path for path in named if tree.by_path(path) is None)


def outlook_beside(on: date, spec: Spec) -> YearOutlook | None:
    """For the indicator of training the latest forecast of the year, if anybody needs training; None for the others."""
    found = training.latest_outlook(on) if isinstance(spec, TrainingIndicator) else None
    return found if found is not None and found.result["needing"] else None


def definitions_beside(on: date, spec: Spec) -> list[ByDefinition]:
    """For the indicator of training the three definitions of a need; nothing for the others."""
    return needs_by_definition(Reader(strategy(), on), spec) if isinstance(spec, TrainingIndicator) else []
