"""When a target must be met: the due dates that a strategy can set.

A day is looked at as it ends: on the due date itself the target must be met, so a due date has passed when
`due ≤ as_of`. Targets that must hold at every moment have no due date to show (`on` is None), only the day from
which they hold.
"""

from dataclasses import dataclass
from datetime import date

from kazipot.core.indicators.training import reporting_year
from kazipot.core.indicators.verification import add_months


@dataclass(frozen=True, slots=True)
class Due:
    """The due date that matters on a day (None: there is none, the target must hold always), and has it passed."""

    on: date | None
    passed: bool


def by(day: date, *, as_of: date) -> Due:
    """Due on a fixed day; from then on the target must hold always."""
    return Due(day, day <= as_of)


def after_adoption(adopted_on: date, months: int, *, as_of: date) -> Due:
    """Due so many months after the adoption; from then on the target must hold always."""
    return by(add_months(adopted_on, months), as_of=as_of)


def year_end(*, as_of: date) -> Due:
    """Due on 31 December of the calendar year of `as_of`."""
    return by(date(as_of.year, 12, 31), as_of=as_of)


def even_year_end(adopted_on: date, *, as_of: date) -> Due:
    """Due on 31 December of the even year that is reported on `as_of`, but of no year before the adoption."""
    first = adopted_on.year + adopted_on.year % 2
    return by(date(max(first, reporting_year(as_of)), 12, 31), as_of=as_of)


def always(adopted_on: date, *, as_of: date) -> Due:
    """Must hold at every moment since the adoption."""
    return Due(None, adopted_on <= as_of)


def rolling(adopted_on: date, months: int, *, as_of: date) -> Due:
    """Must hold in every window of so many months; the first window ends `months` after the adoption."""
    return Due(None, add_months(adopted_on, months) <= as_of)
