"""The rules of the duty by day: how long proofs count from the strategy, everything else from the terms."""

from collections.abc import Callable

from django.conf import settings
from django.db.models import QuerySet
from django.utils.module_loading import import_string

from kazipot.core.duty.rules import RuleBook, RuleChanged, Rules
from kazipot.core.indicators.verification import DutyRule
from kazipot.verification.models import Terms


def strategy_rule() -> DutyRule:
    """The duty as the strategy sets it; the setting names where, because the strategy lives a floor above."""
    rule: Callable[[], DutyRule] = import_string(settings.KAZIPOT_DUTY_RULE)
    return rule()


def terms() -> QuerySet[Terms]:
    """Every version of the terms, latest first."""
    return Terms.objects.prefetch_related("spared_units", "spared_profiles")


def rule_book() -> RuleBook:
    """The rules of every day. Three queries."""
    strategy = strategy_rule()
    first = Rules(months=strategy.months, grace_months=strategy.grace_months)
    changes = [
        RuleChanged(
            row.valid_from,
            Rules(
                months=strategy.months,
                grace_months=strategy.grace_months,
                window_days=row.window_days,
                return_months=row.return_months,
                accept_months=row.accept_months,
                attempts=row.attempts,
                waiting_days=row.waiting_days,
                spared_units=frozenset(unit.pk for unit in row.spared_units.all()),
                spared_profiles=frozenset(profile.pk for profile in row.spared_profiles.all()),
                asked_since=row.asked_since,
            ),
        )
        for row in terms()
    ]
    return RuleBook(first, changes)
