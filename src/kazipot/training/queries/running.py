"""What pages of the running year show: a person's seats, a head's people, a session's room."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from kazipot.training.choices import OfferState, SessionStatus
from kazipot.training.models import Attendance, SeatOffer, Session, Swap
from kazipot.training.queries.line import line_of, offers_to_head
from kazipot.training.queries.records import free_seats
from kazipot.training.queries.rules import seat_rules


@dataclass(frozen=True, slots=True)
class OtherDay:
    """Another session of a course to which a seat could be moved: at once, or by changing places."""

    session: Session
    free: bool
    holders: int


def other_days(offer: SeatOffer, *, on: date) -> list[OtherDay]:
    """The course's other sessions ahead; in a free one a seat is free and nobody is in line."""
    rows = list(
        Session.objects.filter(course_id=offer.session.course_id, status=SessionStatus.PLANNED, starts_on__gt=on)
        .exclude(pk=offer.session_id)
        .select_related("course")
        .order_by("starts_on", "pk")
    )
    held = SeatOffer.objects.filter(session__in=rows, state=OfferState.ACCEPTED)
    holders = Counter(held.values_list("session_id", flat=True))
    return [
        OtherDay(row, free_seats(row) > 0 and not line_of(row, on=on), holders[row.pk])
        for row in rows
    ]  # fmt: skip


def offer_by_id(offer_id: int) -> SeatOffer | None:
    """The offer with its session, person and unit, or None."""
    return SeatOffer.objects.select_related("session__course", "person", "unit").filter(pk=offer_id).first()


def swap_to(person_id: int, swap_id: int) -> Swap | None:
    """A wish to change places that waits for the person's answer."""
    return Swap.objects.filter(pk=swap_id, asked__person_id=person_id).first()


def swaps_asked_by(person_id: int) -> dict[int, int]:
    """How many people were asked to change places with each of a person's seats: {offer id: open wishes}. One query."""
    rows = Swap.objects.filter(asked_by__person_id=person_id, state="asked")
    return dict(Counter(rows.values_list("asked_by_id", flat=True)))


@dataclass(frozen=True, slots=True)
class AtTheDoor:
    """Somebody with a seat, and whether they have signed in or were noted (None: neither yet)."""

    offer: SeatOffer
    attended: bool | None
    source: str


def at_the_door(session_id: int) -> list[AtTheDoor]:
    """Everybody with an accepted seat, by name. Two queries."""
    noted = {row.person_id: row for row in Attendance.objects.filter(session_id=session_id)}
    rows = SeatOffer.objects.filter(session_id=session_id, state=OfferState.ACCEPTED).select_related("person", "unit")
    return [
        AtTheDoor(
            offer,
            noted[offer.person_id].attended if offer.person_id in noted else None,
            noted[offer.person_id].get_source_display() if offer.person_id in noted else "",
        )
        for offer in rows.order_by("person__last_name", "person__first_name", "pk")
    ]


def last_day_to_object(offer: SeatOffer) -> date:
    """Until when the head may say that the person can't be spared."""
    return offer.offered_on + timedelta(days=seat_rules().objection_days)


def answers_to_note(unit_ids: Collection[int], *, on: date) -> int:
    """How many offers wait for an answer that only the head can note: no e-mail, no phone, no account. One query."""
    rows = offers_to_head(unit_ids, on=on).filter(state=OfferState.OFFERED, answer_by__gte=on)
    return rows.filter(person__email="", person__phone="", person__user=None).count()
