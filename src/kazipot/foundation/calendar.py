"""Invitations to meetings as iCalendar (RFC 5545), sent by mail as iMIP says (RFC 6047).

A changed meeting is a REQUEST with the same UID and a higher SEQUENCE; calendars then change what they have.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from icalendar import Calendar, Event, vCalAddress

PRODUCT = "-//Kazipot//Kazipot//SL"
REQUEST, CANCEL, PUBLISH = "REQUEST", "CANCEL", "PUBLISH"


@dataclass(frozen=True, slots=True)
class Gathering:
    """A meeting as calendars know it; `guests` are (name, address)."""

    uid: str
    sequence: int
    title: str
    starts_at: datetime
    ends_at: datetime
    place: str
    description: str
    organiser: tuple[str, str]
    guests: tuple[tuple[str, str], ...] = ()
    cancelled: bool = False


def invitation(gathering: Gathering, *, method: str, at: datetime) -> str:
    """The meeting as a calendar's text."""
    return calendar([gathering], method=method, at=at)


def calendar(gatherings: Iterable[Gathering], *, method: str, at: datetime) -> str:
    """Meetings as one calendar's text."""
    found = Calendar()
    found.add("prodid", PRODUCT)
    found.add("version", "2.0")
    found.add("method", method)
    for gathering in gatherings:
        found.add_component(_event(gathering, at))
    return str(found.to_ical(), "utf-8")


def _event(gathering: Gathering, at: datetime) -> Event:
    event = Event()
    event.add("uid", gathering.uid)
    event.add("sequence", gathering.sequence)
    event.add("summary", gathering.title)
    event.add("dtstamp", at.astimezone(UTC))
    event.add("dtstart", gathering.starts_at.astimezone(UTC))
    event.add("dtend", gathering.ends_at.astimezone(UTC))
    event.add("status", "CANCELLED" if gathering.cancelled else "CONFIRMED")
    if gathering.place:
        event.add("location", gathering.place)
    if gathering.description:
        event.add("description", gathering.description)
    event.add("organizer", _person(*gathering.organiser), encode=False)
    _invite(event, gathering.guests)
    return event


def _person(name: str, address: str) -> vCalAddress:
    person = vCalAddress(f"mailto:{address}")
    person.params["CN"] = name
    return person


def _invite(event: Event, guests: Iterable[tuple[str, str]]) -> None:
    for name, address in guests:
        guest = _person(name, address)
        guest.params["ROLE"] = "REQ-PARTICIPANT"
        guest.params["PARTSTAT"] = "NEEDS-ACTION"
        guest.params["RSVP"] = "FALSE"
        event.add("attendee", guest, encode=False)
