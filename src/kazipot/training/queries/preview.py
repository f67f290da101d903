"""Before a session is changed or cancelled: who will be told how, and what will be planned anew."""

from dataclasses import dataclass
from datetime import date, time

from django.db.models import Q, QuerySet

from kazipot.training.choices import OfferState, SessionStatus
from kazipot.training.models import SeatOffer, Session
from kazipot.training.queries.line import line_of
from kazipot.training.queries.records import HOLDS_A_SEAT


@dataclass(frozen=True, slots=True)
class When:
    """Day, hour, place and seats of a session, as they would be."""

    starts_on: date
    ends_on: date
    begins_at: time
    closes_at: time
    place: str
    capacity: int


@dataclass(frozen=True, slots=True)
class Preview:
    """What a change does. People are numbers here: names are for those who tell them."""

    accepted: int
    offered: int
    without_mail: int
    """Of both: who has no e-mail address and must be told by their head."""
    moved: bool
    clashing: int
    """People with a seat who hold another seat on one of the new days."""
    new_seats: int
    next_in_line: int
    """How many of the line get one of the new seats."""
    other_sessions: int
    """Sessions of the course ahead, which are looked at anew when this one is cancelled."""


def preview_of_change(session: Session, when: When, *, on: date) -> Preview:
    """What a change would do. A dozen queries, whatever the number of people."""
    before = (session.starts_on, session.ends_on, session.begins_at, session.closes_at, session.place)
    moved = before != (when.starts_on, when.ends_on, when.begins_at, when.closes_at, when.place)
    grown = max(0, when.capacity - session.capacity)
    return _preview(
        session, on,
        moved=moved,
        clashing=_clashing(session, when) if moved else 0,
        new_seats=grown,
        next_in_line=min(grown, len(line_of(session, on=on))) if grown else 0,
    )  # fmt: skip


def preview_of_cancellation(session: Session, *, on: date) -> Preview:
    """What cancelling would do."""
    return _preview(session, on, moved=False, clashing=0, new_seats=0, next_in_line=0)


def _preview(session: Session, on: date, *, moved: bool, clashing: int, new_seats: int, next_in_line: int) -> Preview:
    held = SeatOffer.objects.filter(session=session, state__in=HOLDS_A_SEAT)
    ahead = Session.objects.filter(course_id=session.course_id, status=SessionStatus.PLANNED, starts_on__gt=on)
    return Preview(
        accepted=held.filter(state=OfferState.ACCEPTED).count(),
        offered=held.filter(state=OfferState.OFFERED).count(),
        without_mail=held.filter(person__email="").count(),
        moved=moved,
        clashing=clashing,
        new_seats=new_seats,
        next_in_line=next_in_line,
        other_sessions=ahead.exclude(pk=session.pk).count(),
    )


def _clashing(session: Session, when: When) -> int:
    people = SeatOffer.objects.filter(session=session, state__in=HOLDS_A_SEAT).values("person_id")
    elsewhere = SeatOffer.objects.filter(
        Q(session__starts_on__lte=when.ends_on) & Q(session__ends_on__gte=when.starts_on),
        person_id__in=people, state__in=HOLDS_A_SEAT, session__status=SessionStatus.PLANNED,
    )  # fmt: skip
    return elsewhere.exclude(session=session).values("person_id").distinct().count()


def told_by_head(session: Session) -> QuerySet[SeatOffer]:
    """Seats and offers of people whom no mail reaches, by name."""
    rows = SeatOffer.objects.filter(session=session, state__in=HOLDS_A_SEAT, person__email="")
    return rows.select_related("person", "unit").order_by("person__last_name", "person__first_name", "pk")
