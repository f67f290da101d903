"""Whether a network has tried too many codes that are none."""

from datetime import datetime, timedelta

from kazipot.needs.models import WrongCode

WINDOW = timedelta(minutes=10)
LIMIT = 300
"""So many wrong codes of one network in ten minutes are no mistypes, even where thousands share one address.

At that pace, with 14,000 of 31¹² codes valid, a guesser hits one in about three million years."""


def is_guessing(place: str, at: datetime) -> bool:
    """Whether the network has reached the limit. One query."""
    return WrongCode.objects.filter(place=place, tried_at__gt=at - WINDOW).count() >= LIMIT
