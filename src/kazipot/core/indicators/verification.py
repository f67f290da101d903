"""M5: the share of employees who were both trained and verified in digital security in the last two years."""

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from kazipot.core.indicators.count import Count


@dataclass(frozen=True, slots=True)
class DutyFact:
    """An active employee: the unit counted under, hired when, trained and verified when last (None: never)."""

    person_id: int
    unit_id: int
    hired_on: date
    trained_on: date | None
    verified_on: date | None


@dataclass(frozen=True, slots=True)
class DutyRule:
    """The duty as a strategy sets it: a window of `months`, a grace period after hiring, and which results count."""

    months: int
    grace_months: int
    counts: Literal["passed", "taken"]


def add_months(day: date, months: int) -> date:
    """The same day `months` later (earlier if negative); the month's last day where that day doesn't exist."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def within(day: date | None, *, months: int, as_of: date) -> bool:
    """Whether `day` lies in the `months` months that end with `as_of`: as_of − months < day ≤ as_of."""
    return day is not None and add_months(as_of, -months) < day <= as_of


def is_due(fact: DutyFact, *, grace_months: int, as_of: date) -> bool:
    """Whether the employee's grace period is over: it lasts `grace_months` from the day of hiring."""
    return add_months(fact.hired_on, grace_months) <= as_of


def secured(facts: Iterable[DutyFact], *, months: int, grace_months: int, as_of: date) -> Count[int]:
    """Employees both trained and verified in the window among those past their grace period. Things: person ids."""
    due = [fact for fact in facts if is_due(fact, grace_months=grace_months, as_of=as_of)]
    return Count(
        met=frozenset(
            fact.person_id
            for fact in due
            if within(fact.trained_on, months=months, as_of=as_of)
            and within(fact.verified_on, months=months, as_of=as_of)
        ),
        all_=frozenset(fact.person_id for fact in due),
    )
