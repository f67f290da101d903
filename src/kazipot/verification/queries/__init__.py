"""Every read of M5: who is due, results, and the bank of test items."""

from kazipot.verification.queries.bank import (
    LiveItem,
    blueprint,
    definition_of,
    live_items,
    pilot_items,
    pool_of,
    shares,
)
from kazipot.verification.queries.certificates import certificate_of, certificates_of
from kazipot.verification.queries.duties import (
    UnitDuty,
    due_people,
    duties_by_unit,
    duty_facts,
    last_verified,
    passed_since,
    result_of,
    verifications_of,
)

__all__ = [
    "LiveItem",
    "UnitDuty",
    "blueprint",
    "certificate_of",
    "certificates_of",
    "definition_of",
    "due_people",
    "duties_by_unit",
    "duty_facts",
    "last_verified",
    "live_items",
    "passed_since",
    "pilot_items",
    "pool_of",
    "result_of",
    "shares",
    "verifications_of",
]
