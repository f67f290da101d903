"""Impossible records are found, and sound ones are left alone."""

from datetime import date

import pytest

from kazipot.core.duty.audit import Fault, Finding, findings
from kazipot.core.duty.events import (
    Accepted,
    Event,
    Exempted,
    ExemptionEnded,
    Leave,
    Left,
    Placed,
    Proof,
    Trained,
    Verified,
)

SINCE, TODAY = date(2020, 1, 1), date(2026, 6, 1)
HIRED, GONE = Placed(SINCE, "a", SINCE, unit=1), Left(date(2025, 1, 1), "a")
TEST = Proof.VERIFICATION


@pytest.mark.parametrize(
    ("events", "found"),
    [
        ([GONE, Verified(date(2025, 1, 1), True)], [Finding(Fault.NOT_EMPLOYED, date(2025, 1, 1))]),
        ([Trained(date(2019, 1, 1))], [Finding(Fault.NOT_EMPLOYED, date(2019, 1, 1))]),
        ([Verified(date(2026, 6, 2), True)], [Finding(Fault.FUTURE, date(2026, 6, 2))]),
        ([Verified(TODAY, True), Verified(TODAY, True, 1)], [Finding(Fault.TWICE_PASSED, TODAY)]),
        ([Verified(TODAY, True), Verified(TODAY, False, 1)], [Finding(Fault.PASSED_AND_FAILED, TODAY)]),
        ([Accepted(SINCE, TEST, date(2020, 1, 2))], [Finding(Fault.ACCEPTED_BEFORE, SINCE)]),
        (
            [Exempted(SINCE, date(2021, 1, 1), 1), Exempted(date(2020, 12, 31), None, 2)],
            [Finding(Fault.EXEMPTIONS_OVERLAP, date(2020, 12, 31))],
        ),
        ([Exempted(SINCE, None, 1), ExemptionEnded(date(2019, 1, 1), 1)], [Finding(Fault.ENDED_BEFORE, SINCE)]),
        ([Leave(SINCE), Leave(date(2021, 1, 1))], [Finding(Fault.LEAVES_OVERLAP, date(2021, 1, 1))]),
        ([Leave(SINCE), Verified(TODAY, False)], [Finding(Fault.VERIFIED_ON_LEAVE, TODAY)]),
        ([Exempted(SINCE, date(2021, 1, 1), 1), Exempted(date(2021, 1, 1), None, 2)], []),
        ([Accepted(TODAY, TEST, date(2019, 1, 1)), Trained(TODAY), Verified(TODAY, True)], []),
        ([GONE, Placed(date(2025, 1, 1), "b", date(2025, 1, 1), unit=2), Verified(date(2025, 1, 1), True)], []),
    ],
)
def test_impossible_records_are_found(events: list[Event], found: list[Finding]) -> None:
    assert findings([HIRED, *events], TODAY) == found
