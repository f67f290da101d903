"""Meetings, and how calendars know them."""

from collections.abc import Iterable
from datetime import date

from django.conf import settings
from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from kazipot.advisors.models import Meeting, MeetingGuest
from kazipot.foundation.calendar import Gathering


def meetings() -> QuerySet[Meeting]:
    """Every meeting, the latest first, with how many are invited and how many came."""
    rows = Meeting.objects.annotate(invited=Count("guests"), came=Count("guests", filter=Q(guests__attended=True)))
    return rows.order_by("-starts_at", "-id")


def meetings_of(person_id: int) -> QuerySet[Meeting]:
    """Meetings to which a person is invited, the latest first."""
    return meetings().filter(pk__in=MeetingGuest.objects.filter(person_id=person_id).values("meeting_id"))


def meeting(meeting_id: int) -> Meeting | None:
    """One meeting, or None."""
    return meetings().filter(pk=meeting_id).first()


def is_guest(meeting_id: int, person_id: int) -> bool:
    """Whether a person is invited."""
    return MeetingGuest.objects.filter(meeting_id=meeting_id, person_id=person_id).exists()


def guests_of(meeting_id: int) -> QuerySet[MeetingGuest]:
    """Who is invited, by name."""
    rows = MeetingGuest.objects.filter(meeting_id=meeting_id).select_related("person")
    return rows.order_by("person__last_name", "person__first_name", "id")


def next_meetings(person_id: int, *, on: date) -> QuerySet[Meeting]:
    """Meetings ahead to which a person is invited, the next one first."""
    return meetings_of(person_id).filter(cancelled_at=None, starts_at__date__gte=on).order_by("starts_at", "id")


def gathering_of(found: Meeting, guests: Iterable[MeetingGuest] = ()) -> Gathering:
    """The meeting for calendars; the guests named are those whom the message tells of each other."""
    return Gathering(
        uid=f"{found.uid}@kazipot",
        sequence=found.sequence,
        title=found.title,
        starts_at=found.starts_at,
        ends_at=found.ends_at,
        place=found.place,
        description=found.agenda.replace("\r\n", "\n"),
        organiser=(_("Digitalisation Service"), settings.DEFAULT_FROM_EMAIL),
        guests=tuple((guest.person.name, guest.person.email) for guest in guests if guest.person.email),
        cancelled=found.cancelled_at is not None,
    )
