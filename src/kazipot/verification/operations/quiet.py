"""Quiet hours: mail leaves on working days between seven and six, so that nobody is disturbed at home."""

from datetime import datetime, time, timedelta

from django.utils import timezone

FIRST, LAST = time(7), time(18)
SATURDAY = 5


def next_moment(at: datetime) -> datetime:
    """The moment itself if mail may leave, or the next one at which it may."""
    local = timezone.localtime(at)
    if local.weekday() < SATURDAY and FIRST <= local.time() < LAST:
        return at
    day = local.date() if local.time() < FIRST else local.date() + timedelta(days=1)
    while day.weekday() >= SATURDAY:
        day += timedelta(days=1)
    return timezone.make_aware(datetime.combine(day, FIRST), local.tzinfo)
