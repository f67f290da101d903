"""Every read of the count: the strategy, its indicators as of any day, their evidence, history and snapshots."""

from kazipot.core.indicators.verification import DutyRule
from kazipot.strategy.queries import strategy_file
from kazipot.strategy.queries.definition import Strategy, VerificationIndicator
from kazipot.strategy.queries.figures import indicator, indicators
from kazipot.strategy.queries.indicator import Indicator, Second, spec_of
from kazipot.strategy.queries.readings import Reader, Reading
from kazipot.strategy.queries.scopes import WHOLE, Scope, scope_from
from kazipot.strategy.queries.tables import UnitRow, by_kind, by_unit

__all__ = [
    "WHOLE",
    "Indicator",
    "Reader",
    "Reading",
    "Scope",
    "Second",
    "Strategy",
    "UnitRow",
    "by_kind",
    "by_unit",
    "duty_rule",
    "indicator",
    "indicators",
    "scope_from",
    "spec_of",
    "strategy",
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
