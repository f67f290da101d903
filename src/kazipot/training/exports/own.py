"""What is kept about a person's training, as files that they can take away."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from kazipot.foundation.calendar import PUBLISH, calendar
from kazipot.training.models import SeatOffer, WaitingEntry
from kazipot.training.operations import gathering_of


def own_calendar(offers: Iterable[SeatOffer], *, at: datetime) -> bytes:
    """Accepted seats as one calendar (RFC 5545): the same UIDs as in the invitations, so that nothing stands twice."""
    return calendar(
        [gathering_of(offer.session, offer, offer.person) for offer in offers], method=PUBLISH, at=at
    ).encode()


def own_record(offers: Iterable[SeatOffer], entries: Iterable[WaitingEntry], attended: Iterable[int]) -> dict[str, Any]:
    """Offers, attendance and lists as plain data."""
    there = frozenset(attended)
    return {
        "offers": [
            {
                "course": offer.session.course.title,
                "code": offer.session.course.code,
                "starts_on": offer.session.starts_on.isoformat(),
                "ends_on": offer.session.ends_on.isoformat(),
                "begins_at": f"{offer.session.begins_at:%H:%M}",
                "closes_at": f"{offer.session.closes_at:%H:%M}",
                "place": offer.session.place,
                "session": offer.session.status,
                "reason": offer.reason,
                "offered_on": offer.offered_on.isoformat(),
                "answer_by": offer.answer_by.isoformat(),
                "answer": offer.state,
                "answered_at": offer.answered_at.isoformat() if offer.answered_at else None,
                "declined_because": offer.declined_because or None,
                "attended": offer.session_id in there if offer.session.status == "held" else None,
            }
            for offer in offers
        ],
        "lists": [
            {
                "course": entry.course.title,
                "code": entry.course.code,
                "session": entry.session.starts_on.isoformat() if entry.session else None,
                "joined_at": entry.joined_at.isoformat(),
            }
            for entry in entries
        ],
    }
