"""Meetings are called, changed and cancelled, each by an invitation for calendars; then come the minutes."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from kazipot.advisors import queries
from kazipot.advisors.errors import EndsTooEarly, MeetingIsOff, NobodyToAsk, NotYetHeld
from kazipot.advisors.models import Meeting, MeetingGuest
from kazipot.advisors.operations.letters import address_of, send
from kazipot.foundation import audit
from kazipot.foundation.calendar import CANCEL, REQUEST, invitation
from kazipot.foundation.database import lock
from kazipot.foundation.models import User


@dataclass(frozen=True, slots=True)
class Planned:
    """When and where a meeting is, and what it is about."""

    title: str
    place: str
    starts_at: datetime
    ends_at: datetime
    agenda: str


@transaction.atomic
def call_meeting(*, planned: Planned, person_ids: Collection[int], at: datetime, actor: User | None) -> Meeting:
    """Invite people to a meeting. Raises EndsTooEarly, NobodyToAsk."""
    if planned.ends_at <= planned.starts_at:
        raise EndsTooEarly
    if not person_ids:
        raise NobodyToAsk
    made = Meeting.objects.create(
        title=planned.title, place=planned.place, starts_at=planned.starts_at, ends_at=planned.ends_at,
        agenda=planned.agenda, called_by=actor,
    )  # fmt: skip
    made.uid = uuid.uuid5(uuid.NAMESPACE_URL, address_of("advisors:meeting", made.pk))
    made.save(update_fields=["uid"])
    MeetingGuest.objects.bulk_create(MeetingGuest(meeting=made, person_id=pk) for pk in sorted(set(person_ids)))
    audit.record("advisors.call_meeting", made, actor=actor, at=at, invited=len(set(person_ids)))
    _send(made, REQUEST, at)
    return made


@transaction.atomic
def change_meeting(*, meeting_id: int, planned: Planned, at: datetime, actor: User | None) -> Meeting:
    """Another time, place or agenda, with a higher sequence. Raises EndsTooEarly, MeetingIsOff."""
    found = _on(meeting_id)
    if planned.ends_at <= planned.starts_at:
        raise EndsTooEarly
    found.title, found.place, found.agenda = planned.title, planned.place, planned.agenda
    found.starts_at, found.ends_at, found.sequence = planned.starts_at, planned.ends_at, found.sequence + 1
    found.save()
    audit.record("advisors.change_meeting", found, actor=actor, at=at, sequence=found.sequence)
    _send(found, REQUEST, at)
    return found


@transaction.atomic
def cancel_meeting(*, meeting_id: int, because: str, at: datetime, actor: User | None) -> Meeting:
    """The meeting doesn't take place; calendars drop it. Raises MeetingIsOff."""
    found = _on(meeting_id)
    found.cancelled_at, found.cancelled_because, found.sequence = at, because, found.sequence + 1
    found.save()
    audit.record("advisors.cancel_meeting", found, actor=actor, at=at, because=because)
    _send(found, CANCEL, at)
    return found


@transaction.atomic
def record_minutes(
    *, meeting_id: int, minutes: str, attended: Collection[int], at: datetime, actor: User | None
) -> Meeting:
    """What was said and who was there. Raises MeetingIsOff, NotYetHeld."""
    found = _on(meeting_id)
    if at < found.starts_at:
        raise NotYetHeld
    found.minutes = minutes
    found.save(update_fields=["minutes"])
    guests = MeetingGuest.objects.filter(meeting=found)
    guests.filter(person_id__in=attended).update(attended=True)
    guests.exclude(person_id__in=attended).update(attended=False)
    audit.record("advisors.record_minutes", found, actor=actor, at=at, came=len(set(attended)))
    return found


def _on(meeting_id: int) -> Meeting:
    found = lock(Meeting.objects.filter(pk=meeting_id)).get()
    if found.cancelled_at is not None:
        raise MeetingIsOff
    return found


def _send(found: Meeting, method: str, at: datetime) -> None:
    """Each guest gets an invitation that names nobody else: addresses are nobody else's business."""
    context = {"meeting": found, "cancelled": method == CANCEL, "address": address_of("advisors:meeting", found.pk)}
    for guest in queries.guests_of(found.pk):
        text = invitation(queries.gathering_of(found, [guest]), method=method, at=at)
        key = f"advisors.meeting.{found.pk}.{found.sequence}.{guest.person_id}"
        reader = (guest.person.email, guest.person.language)
        send("meeting", key, reader, context, at=at, calendar=(text, method))
