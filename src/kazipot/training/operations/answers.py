"""Offers are answered: accepted, declined, given up later, or run out; what falls free goes to the next in line."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from kazipot.foundation import audit
from kazipot.foundation.database import lock
from kazipot.foundation.models import User
from kazipot.organisation.models import Person
from kazipot.training.choices import OfferState, SessionStatus
from kazipot.training.errors import (
    AlreadyAnswered,
    NoSeatHeld,
    OfferExpired,
    SeatElsewhere,
    SessionIsFull,
    SessionIsOver,
)
from kazipot.training.models import SeatOffer, Session
from kazipot.training.operations.calendar import tell_calendar

OFFERING = "training.offering"
"""Said by whatever offers seats or changes who waits: two workers at once would ask the same person to two sessions."""


@transaction.atomic
def answer_offer(
    *, offer_id: int, accept: bool, because: str = "", at: datetime, actor: User | None = None
) -> SeatOffer:
    """Somebody accepts or declines their seat; the same answer again changes nothing, a declined seat falls free.

    Raises AlreadyAnswered, OfferExpired, SessionIsOver, SessionIsFull, SeatElsewhere.
    """
    found = SeatOffer.objects.values_list("session_id", flat=True).get(pk=offer_id)
    session = lock(Session.objects.filter(pk=found)).get()
    offer = lock(SeatOffer.objects.filter(pk=offer_id)).get()
    on = timezone.localtime(at).date()
    if offer.state in {OfferState.ACCEPTED, OfferState.DECLINED}:
        raise AlreadyAnswered
    if session.status != SessionStatus.PLANNED:
        raise SessionIsOver
    if offer.state != OfferState.OFFERED or on > offer.answer_by:
        raise OfferExpired(offer.answer_by)
    if accept:
        accepted = SeatOffer.objects.filter(session=session, state=OfferState.ACCEPTED).count()
        if accepted >= session.capacity:
            raise SessionIsFull(session.capacity)
        _refuse_second_seat(offer, session)
    offer.state = OfferState.ACCEPTED if accept else OfferState.DECLINED
    offer.answered_at = at
    offer.declined_because = "" if accept else because
    offer.save(update_fields=["state", "answered_at", "declined_because"])
    audit.record("training.answer_offer", offer, actor=actor, at=at, state=str(offer.state))
    if accept:
        tell_calendar(session, [offer], at=at)
    else:
        free_a_seat(session)
    return offer


def _refuse_second_seat(offer: SeatOffer, session: Session) -> None:
    """Nobody sits in two rooms at once, or takes two dates of one course."""
    lock(Person.objects.filter(pk=offer.person_id)).get()
    held = SeatOffer.objects.filter(
        person_id=offer.person_id, state=OfferState.ACCEPTED, session__status=SessionStatus.PLANNED
    ).exclude(pk=offer.pk)
    together = held.filter(session__starts_on__lte=session.ends_on, session__ends_on__gte=session.starts_on)
    same = held.filter(session__course_id=session.course_id, session__starts_on__year=session.starts_on.year)
    for other in (together | same).select_related("session__course")[:1]:
        raise SeatElsewhere(other.session.course.title, other.session.starts_on)


def free_a_seat(session: Session) -> None:
    """A seat has fallen free: workers offer it to whoever is next, however often this is said."""
    Session.objects.filter(pk=session.pk).update(refill_due=True)


@transaction.atomic
def give_up_seat(*, offer_id: int, because: str = "", at: datetime, actor: User | None = None) -> SeatOffer:
    """Somebody gives an accepted seat up before the session begins; it isn't offered to them again.

    Raises NoSeatHeld, SessionIsOver.
    """
    found = SeatOffer.objects.values_list("session_id", flat=True).get(pk=offer_id)
    session = lock(Session.objects.filter(pk=found)).get()
    offer = lock(SeatOffer.objects.filter(pk=offer_id)).get()
    if offer.state != OfferState.ACCEPTED or offer.session_id != session.pk:  # moved meanwhile
        raise NoSeatHeld
    if session.status != SessionStatus.PLANNED or timezone.localtime(at).date() >= session.starts_on:
        raise SessionIsOver
    offer.state, offer.declined_because = OfferState.GIVEN_UP, because
    offer.save(update_fields=["state", "declined_because"])
    audit.record("training.give_up_seat", offer, actor=actor, at=at, because=because)
    tell_calendar(session, [offer], cancelled=True, at=at)
    free_a_seat(session)
    return offer


def expire_offers(*, at: datetime) -> int:
    """Offers whose last day to answer has passed free their seats; returns how many. The system does this, for each
    session on its own; none is locked in which no offer is late."""
    on = timezone.localtime(at).date()
    late = SeatOffer.objects.filter(
        session__status=SessionStatus.PLANNED, state=OfferState.OFFERED, answer_by__lt=on
    ).order_by("session_id")
    return sum(_expire(session_id, at) for session_id in list(late.values_list("session_id", flat=True).distinct()))


@transaction.atomic
def _expire(session_id: int, at: datetime) -> int:
    session = lock(Session.objects.filter(pk=session_id)).get()
    if session.status != SessionStatus.PLANNED:
        return 0
    late = SeatOffer.objects.filter(session=session, state=OfferState.OFFERED)
    count = late.filter(answer_by__lt=timezone.localtime(at).date()).update(state=OfferState.EXPIRED)
    if count:
        audit.record("training.expire_offers", session, actor=None, at=at, offers=count)
        free_a_seat(session)
    return count
