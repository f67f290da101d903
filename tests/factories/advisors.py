"""Appointments for tests."""

import uuid
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

from kazipot.advisors import queries
from kazipot.advisors.models import (
    Appointment,
    Assignment,
    AssignmentShare,
    Decision,
    Handover,
    Meeting,
    MeetingGuest,
    Nomination,
    Proposal,
    RequirementException,
    Thread,
    ThreadMessage,
    WatchDigest,
    WatchNote,
)
from kazipot.foundation.models import User
from kazipot.foundation.roles import Role
from kazipot.organisation.models import Person, Unit
from tests.factories import organisation

_numbers = count(1)


def make_appointment(
    unit: Unit | None = None,
    person: Person | None = None,
    valid_from: date = date(2024, 1, 1),
    valid_to: date | None = None,
    *,
    employed: bool = True,
) -> Appointment:
    """An appointment; by default of a person who works in the unit."""
    unit = unit or organisation.make_unit()
    if person is None:
        person = organisation.make_person()
        if employed:
            organisation.make_employment(person=person, unit=unit, valid_from=date(2020, 1, 1))
    return Appointment.objects.create(
        unit=unit,
        person=person,
        valid_from=valid_from,
        valid_to=valid_to,
        decision_reference=f"020-{next(_numbers)}/{valid_from.year}",
    )


def holder(role: Role, unit: Unit, email: str) -> User:
    """An account with an address that holds a role for the unit (the Service: for its employer)."""
    user = organisation.make_user()
    user.email = email
    user.save(update_fields=["email"])
    organisation.grant(user, role, unit.employer, None if role is Role.SERVICE else unit)
    return user


def make_nomination(unit: Unit, person: Person | None = None, **kwargs: Any) -> Nomination:
    """A nomination, by default of somebody new in the unit; it waits for the nominee."""
    if person is None:
        person = organisation.make_person()
        organisation.make_employment(person=person, unit=unit)
    defaults = {"role": "advisor", "first_day": date(2024, 1, 1), "nominated_at": datetime(2023, 12, 1, tzinfo=UTC)}
    return Nomination.objects.create(unit=unit, person=person, **{**defaults, **kwargs})


def make_decision(unit: Unit) -> Decision:
    """A decision that was issued."""
    content = {"heading": "Sklep", "reference": "1", "date": "1. 1. 2024", "paragraphs": ["…"], "signatory": "direktor"}
    return Decision.objects.create(
        appointment=make_appointment(unit), content=content, digest="0" * 64, issued_at=datetime(2024, 1, 1, tzinfo=UTC)
    )


def make_exception(unit: Unit) -> RequirementException:
    """An exception in force."""
    return RequirementException.objects.create(
        unit=unit, required=False, reason="en sam zaposleni", valid_from=date(2024, 1, 1)
    )


def make_note(
    unit: Unit | None = None, *, proposal: str = "", author: Person | None = None, **kwargs: Any
) -> WatchNote:
    """A note of the second quarter of 2026, with a proposal if one is given."""
    told = {"title": "Novo v dokumentnem sistemu", "news": "Podpis na daljavo.", "meaning": "Manj papirja.", **kwargs}
    note = WatchNote.objects.create(
        unit=unit or organisation.make_unit(), author=author or organisation.make_person(), field="documents",
        year=2026, quarter=2, written_at=datetime(2026, 5, 4, tzinfo=UTC), search="", **told,
    )  # fmt: skip
    if proposal:
        Proposal.objects.create(note=note, text=proposal)
    return note


def make_digest(unit: Unit | None = None) -> WatchDigest:
    """The digest of the second quarter of 2026 with one note."""
    note = make_note(unit, proposal="Preizkusimo ga.")
    content = {**queries.draft_digest(queries.Quarter(2026, 2), on=date(2026, 6, 1)), "introduction": {}}
    return WatchDigest.objects.create(
        year=2026, quarter=2, content=content, digest="0" * 64, published_at=note.written_at
    )


def make_thread(asker: Person, holder: Person | None, unit: Unit | None = None, **kwargs: Any) -> Thread:
    """A question, by default open, with its first message."""
    moment = datetime(2026, 5, 4, tzinfo=UTC)
    thread = Thread.objects.create(
        unit=unit, asker=asker, holder=holder, subject="Kako podpišem dokument?", opened_at=moment, last_at=moment,
        **kwargs,
    )  # fmt: skip
    ThreadMessage.objects.create(thread=thread, author=asker, text="Ne najdem gumba.", at=moment)
    return thread


def make_share(unit: Unit, holder: Person | None = None, **kwargs: Any) -> AssignmentShare:
    """A unit's part of a task that is due on 30 June 2026."""
    assignment = Assignment.objects.create(
        title="Popis naprav", due_on=date(2026, 6, 30), given_at=datetime(2026, 5, 4, tzinfo=UTC)
    )
    return AssignmentShare.objects.create(assignment=assignment, unit=unit, holder=holder, **kwargs)


def make_meeting(*guests: Person, **kwargs: Any) -> Meeting:
    """A meeting of an hour on 10 June 2026."""
    starts = kwargs.pop("starts_at", datetime(2026, 6, 10, 7, tzinfo=UTC))
    meeting = Meeting.objects.create(
        title="Srečanje svetovalcev", starts_at=starts, ends_at=starts + timedelta(hours=1), uid=uuid.uuid4(), **kwargs
    )
    MeetingGuest.objects.bulk_create(MeetingGuest(meeting=meeting, person=person) for person in guests)
    return meeting


def make_handover(unit: Unit, taker: Person | None = None) -> Handover:
    """Nothing open, handed over."""
    return Handover.objects.create(unit=unit, taker=taker, at=datetime(2026, 5, 4, tzinfo=UTC))
