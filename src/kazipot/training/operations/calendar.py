"""Seats in people's calendars: an invitation when a seat is accepted, a change or a cancellation when it changes."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from kazipot.foundation import outbox
from kazipot.foundation.calendar import CANCEL, REQUEST, Gathering, invitation
from kazipot.foundation.ui.templatetags.ui import day
from kazipot.organisation.models import Person
from kazipot.training.models import SeatOffer, Session


def gathering_of(session: Session, offer: SeatOffer, person: Person, *, cancelled: bool = False) -> Gathering:
    """The seat as an event of the person's calendar: the same UID however the session changes, and a new one when the
    seat is moved, so that who comes back to a session is invited again after the cancellation."""
    zone = timezone.get_default_timezone()
    host = settings.KAZIPOT_ADDRESS.split("//")[-1].split("/")[0].split(":")[0]
    return Gathering(
        uid=f"seat-{offer.pk}-{session.pk}{f'-{offer.stay}' if offer.stay else ''}@{host}",
        sequence=session.sequence + (1 if cancelled else 0),
        title=session.course.title,
        starts_at=datetime.combine(session.starts_on, session.begins_at, tzinfo=zone),
        ends_at=datetime.combine(session.ends_on, session.closes_at, tzinfo=zone),
        place=session.place,
        description="",
        organiser=(_("Digitalisation Service"), settings.DEFAULT_FROM_EMAIL),
        guests=((person.name, person.email),),
        cancelled=cancelled,
    )


def tell_calendar(
    session: Session, offers: Iterable[SeatOffer], *, at: datetime, cancelled: bool = False, because: str = ""
) -> int:
    """Mail what holds now to those who have an address: one mail for each state of the session; how many."""
    rows = {offer.person_id: offer for offer in offers}
    mails = []
    for person in Person.objects.filter(pk__in=rows).exclude(email="").order_by("pk"):
        offer = rows[person.pk]
        with override(person.language):
            event = gathering_of(session, offer, person, cancelled=cancelled)
            method = CANCEL if cancelled else REQUEST
            subject = (_("No longer: %(course)s") if cancelled else _("Your seat: %(course)s")) % {
                "course": event.title
            }
            lines = [event.title, f"{day(session.starts_on)}, {session.begins_at:%H.%M}, {session.place}", because]
            body = "\n".join(line for line in lines if line) + "\n"
            text = invitation(event, method=method, at=at)
        key = f"training.calendar.{offer.pk}.{session.pk}.{offer.stay}.{event.sequence}.{method.lower()}"
        mails.append(
            outbox.Message(
                key, person.email, subject % {"course": event.title}, body, calendar=text, calendar_method=method
            )
        )
    outbox.enqueue_many(mails, at=at)
    return len(mails)
