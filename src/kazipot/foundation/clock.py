"""The only place that reads the clock; everything else is handed `at` or `on`.

A data folder may set the calendar (`KAZIPOT_TODAY`, an ISO date): the demo city's story ends on a fixed
day, so its pages look at that day whenever they are opened. The time of day stays real.
"""

from datetime import date, datetime

from django.conf import settings
from django.utils import timezone


def now() -> datetime:
    """The present moment, aware, in the current time zone; on the set day if the calendar is set."""
    moment = timezone.localtime()
    fixed = fixed_today()
    if fixed is not None:
        moment = moment.replace(year=fixed.year, month=fixed.month, day=fixed.day)
    return moment


def today() -> date:
    """The present day in the city's time zone."""
    return now().date()


def fixed_today() -> date | None:
    """The day on which this installation's calendar stands, or None when it runs."""
    value: str = settings.KAZIPOT_TODAY
    return date.fromisoformat(value) if value else None


def monotonic_now() -> datetime:
    """The real moment for leases, lock-outs and link expiry, which a set calendar must not move."""
    return timezone.now()  # noqa: TID251  (the one place)
