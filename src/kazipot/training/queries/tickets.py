"""Codes that are signed and not kept: the ticket with which somebody signs in, the link to a session's room."""

from datetime import date, timedelta

from django.core import signing
from django.utils.crypto import constant_time_compare, salted_hmac

from kazipot.training.models import SeatOffer, Session
from kazipot.training.queries.records import session_by_id
from kazipot.training.queries.running import offer_by_id

TICKET_SIGNS = 16
"""64 bits of a MAC: a ticket tells the trainer's phone who stands before it, and opens nothing to anybody else."""
ROOM_STAYS = timedelta(days=7)
"""So long after a session its room is open to who has the link, for signatures that came on paper."""


def ticket_of(offer_id: int) -> str:
    """The ticket of a seat: its number and a MAC of it."""
    return f"{offer_id}-{_mac(offer_id)}"


def _mac(offer_id: int) -> str:
    return salted_hmac("kazipot.training.ticket", str(offer_id), algorithm="sha256").hexdigest()[:TICKET_SIGNS]


def offer_of_ticket(ticket: str) -> SeatOffer | None:
    """The seat of a ticket, or None."""
    number, _dash, mac = ticket.partition("-")
    if not (number.isascii() and number.isdigit() and len(number) < 18):
        return None
    return offer_by_id(int(number)) if constant_time_compare(mac, _mac(int(number))) else None


def room_link_of(session_id: int) -> str:
    """The secret of a session's room, for a trainer who has no account."""
    return signing.Signer(salt="kazipot.training.room").sign(str(session_id))


def session_of_room_link(link: str) -> Session | None:
    """The session of a room's secret, or None."""
    try:
        return session_by_id(int(signing.Signer(salt="kazipot.training.room").unsign(link)))
    except signing.BadSignature:
        return None


def room_is_open(session: Session, *, on: date) -> bool:
    """Whether people can be signed in, or their list looked at, by link: from the day before to a week after."""
    return session.starts_on - timedelta(days=1) <= on <= session.ends_on + ROOM_STAYS
