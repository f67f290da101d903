"""Guessing codes is counted by network, so that it can be stopped (real time, not the demo's calendar)."""

from datetime import datetime, timedelta

from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from kazipot.foundation import clock
from kazipot.foundation.models import WrongCode

FORGOTTEN_AFTER = timedelta(hours=1)
WINDOW = timedelta(minutes=10)
LIMIT = 300
"""So many wrong codes of one network in ten minutes are no mistypes, even where thousands share one address.

At that pace, with 14,000 of 31¹² codes valid, a guesser hits one in about three million years."""


def network_of(request: HttpRequest) -> str:
    """A keyed digest of the address that asks, so that no address is kept."""
    address = request.META.get("REMOTE_ADDR", "")
    return salted_hmac("kazipot.network", address, algorithm="sha256").hexdigest()


def is_guessing(request: HttpRequest) -> bool:
    """Whether too many wrong codes have come from there. One query."""
    since = clock.monotonic_now() - WINDOW
    return WrongCode.objects.filter(place=network_of(request), tried_at__gt=since).count() >= LIMIT


def note_wrong_code(request: HttpRequest) -> None:
    """A code that nobody holds came from there. What is older than an hour is forgotten."""
    at = clock.monotonic_now()
    forget_wrong_codes(at=at)
    WrongCode.objects.create(place=network_of(request), tried_at=at)


def forget_wrong_codes(*, at: datetime) -> None:
    """Delete what is older than an hour. Workers do this."""
    WrongCode.objects.filter(tried_at__lt=at - FORGOTTEN_AFTER).delete()
