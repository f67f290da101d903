"""Every read of M5."""

from kazipot.verification.queries.duties import (
    UnitDuty,
    due_people,
    duties_by_unit,
    duty_facts,
    last_trained,
    last_verified,
    passed_since,
    result_of,
    verifications_of,
)
from kazipot.verification.queries.log import audit_of, duties_on, duty_of, logs
from kazipot.verification.queries.records import (
    appeal_by_id,
    appeals,
    appeals_of,
    exemption_by_id,
    exemptions,
    leaves,
    own_result,
    people_called,
    people_of_units,
    trainings_of,
)
from kazipot.verification.queries.rules import rule_book, strategy_rule, terms, terms_from

__all__ = [
    "UnitDuty",
    "appeal_by_id",
    "appeals",
    "appeals_of",
    "audit_of",
    "due_people",
    "duties_by_unit",
    "duties_on",
    "duty_facts",
    "duty_of",
    "exemption_by_id",
    "exemptions",
    "last_trained",
    "last_verified",
    "leaves",
    "logs",
    "own_result",
    "passed_since",
    "people_called",
    "people_of_units",
    "result_of",
    "rule_book",
    "strategy_rule",
    "terms",
    "terms_from",
    "trainings_of",
    "verifications_of",
]
