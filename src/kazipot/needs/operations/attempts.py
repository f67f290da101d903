"""Guessing is counted, so that it can be stopped (real time, not the demo's calendar)."""

from datetime import datetime, timedelta

from kazipot.needs.models import WrongCode

FORGOTTEN_AFTER = timedelta(hours=1)


def forget_wrong_codes(*, at: datetime) -> None:
    """Delete what is older than an hour. Workers do this."""
    WrongCode.objects.filter(tried_at__lt=at - FORGOTTEN_AFTER).delete()


def note_wrong_code(*, place: str, at: datetime) -> None:
    """Somebody on the network tried a code that is none. What is older than an hour is forgotten."""
    forget_wrong_codes(at=at)
    WrongCode.objects.create(place=place, tried_at=at)
