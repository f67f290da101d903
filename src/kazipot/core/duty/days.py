"""Days of the duty. A proof counts from its day up to, not including, the day on which it lapses."""

from datetime import date, timedelta
from functools import lru_cache

from kazipot.core.indicators.verification import add_months

DAY = timedelta(days=1)


@lru_cache(maxsize=4_096)
def lapses_on(day: date, months: int) -> date:
    """The first day on which something of `day` isn't within the last `months` months any more.

    It is the complement of `core.indicators.verification.within`: within(day, as_of=d) ⇔ day ≤ d < lapses_on(day).
    That is the same day so many months later; where the month has no such day, the first of the next month, so that
    what was done on 29 February counts through 28 February.
    """
    later = add_months(day, months)
    return later if later.day == day.day else later + DAY
