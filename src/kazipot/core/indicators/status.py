"""The public word for where a measure stands, by one rule for all indicators.

| | before the due date | when it has passed |
| --- | --- | --- |
| value ≥ target | achieved | achieved |
| 0 < value < target | under way | partly |
| numerator 0, work has begun | under way | under way |
| numerator 0, no work has begun | not started | not started |
| nothing to count (denominator 0) | as with numerator 0 | as with numerator 0 |

The four words know no "missed". Where the due date has passed and nothing was reached at all, "partly" would
claim a result that isn't there; so it says what is true of the work: it goes on, or it hasn't started.
"""

from enum import StrEnum
from fractions import Fraction


class Status(StrEnum):
    """Where a measure stands, in the order of progress."""

    NOT_STARTED = "not_started"
    UNDER_WAY = "under_way"
    PARTLY = "partly"
    ACHIEVED = "achieved"


def status(numerator: int, denominator: int, *, target: Fraction, due_passed: bool, begun: bool = False) -> Status:
    """The status word of `numerator` / `denominator` against a `target` in (0, 1].

    `begun` says that work is going on which doesn't count yet: people have been asked, but the analysis isn't out.
    """
    if denominator and Fraction(numerator, denominator) >= target:
        return Status.ACHIEVED
    if numerator == 0:
        return Status.UNDER_WAY if begun else Status.NOT_STARTED
    return Status.PARTLY if due_passed else Status.UNDER_WAY
