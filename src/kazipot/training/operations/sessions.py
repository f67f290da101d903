"""Sessions are planned, changed and cancelled; whoever has a seat is told."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from kazipot.foundation import audit, outbox
from kazipot.foundation.database import lock
from kazipot.foundation.models import User
from kazipot.training.choices import Language, OfferState, SessionStatus, Shift
from kazipot.training.errors import (
    EndsBeforeItStarts,
    FewerSeatsThanPeople,
    MinimumAboveSeats,
    SessionIsOver,
    TooLateToOffer,
)
from kazipot.training.models import SeatOffer, Session
from kazipot.training.operations.calendar import tell_calendar
from kazipot.training.operations.contracts import draw_on
from kazipot.training.operations.wording import cancelled_mails, moved_mails
from kazipot.training.queries import HOLDS_A_SEAT

NOTHING = Decimal(0)


@transaction.atomic
def plan_session(
    *,
    course_id: int,
    starts_on: date,
    ends_on: date,
    place: str,
    capacity: int,
    trainer_id: int | None,
    at: datetime,
    actor: User | None,
    min_people: int = 1,
    price_fixed: Decimal = NOTHING,
    price_per_head: Decimal = NOTHING,
    language: str = Language.SLOVENIAN,
    begins_at: time = time(9),
    closes_at: time = time(14),
    in_working_time: bool = True,
    is_accessible: bool = True,
    room: str = "",
    shift: str = Shift.ANY,
    free_cancellation_days: int = 0,
    late_cancellation_share: int = 0,
    contract_id: int | None = None,
) -> Session:
    """A course at a time and place with so many seats, and what it costs.

    It is held with at least `min_people`; prices are in euros, for the session and for each person in it. A contract
    must be the provider's, in force on these days, and have money left for a full session.
    Raises EndsBeforeItStarts, MinimumAboveSeats, NotInForce, OverBudget.
    """
    if ends_on < starts_on:
        raise EndsBeforeItStarts
    if closes_at <= begins_at:
        raise EndsBeforeItStarts
    if min_people > capacity:
        raise MinimumAboveSeats
    if contract_id is not None:
        draw_on(contract_id, course_id, (starts_on, ends_on), price_fixed + price_per_head * capacity)
    session = Session.objects.create(
        course_id=course_id,
        starts_on=starts_on,
        ends_on=ends_on,
        place=place,
        capacity=capacity,
        trainer_id=trainer_id,
        min_people=min_people,
        price_fixed=price_fixed,
        price_per_head=price_per_head,
        language=language,
        begins_at=begins_at,
        closes_at=closes_at,
        in_working_time=in_working_time,
        is_accessible=is_accessible,
        room=room,
        shift=shift,
        free_cancellation_days=free_cancellation_days,
        late_cancellation_share=late_cancellation_share,
        contract_id=contract_id,
    )
    audit.record(
        "training.plan_session", session, actor=actor, at=at, starts_on=starts_on.isoformat(), capacity=capacity
    )
    return session


@transaction.atomic
def change_session(
    *,
    session_id: int,
    starts_on: date,
    ends_on: date,
    begins_at: time,
    closes_at: time,
    place: str,
    capacity: int,
    at: datetime,
    actor: User | None,
) -> Session:
    """A planned session is moved or gets more or fewer seats. Everybody with a seat is told and keeps it; calendars
    change what they have. New seats go to whoever is next in line.

    Raises SessionIsOver, EndsBeforeItStarts, FewerSeatsThanPeople, TooLateToOffer.
    """
    session = lock(Session.objects.filter(pk=session_id)).select_related("course").get()
    if session.status != SessionStatus.PLANNED:
        raise SessionIsOver
    if ends_on < starts_on or closes_at <= begins_at:
        raise EndsBeforeItStarts
    if starts_on <= timezone.localtime(at).date():
        raise TooLateToOffer
    seated = SeatOffer.objects.filter(session=session, state__in=HOLDS_A_SEAT)
    if capacity < (taken := seated.count()):
        raise FewerSeatsThanPeople(taken)
    before = (session.starts_on, session.ends_on, session.begins_at, session.closes_at, session.place)
    moved = before != (starts_on, ends_on, begins_at, closes_at, place)
    grown = capacity > session.capacity
    session.starts_on, session.ends_on, session.place = starts_on, ends_on, place
    session.begins_at, session.closes_at, session.capacity = begins_at, closes_at, capacity
    session.sequence += moved
    session.refill_due |= grown
    session.save()
    audit.record(
        "training.change_session", session, actor=actor, at=at,
        starts_on=starts_on.isoformat(), capacity=capacity, moved=moved,
    )  # fmt: skip
    if moved:
        latest = session.starts_on - timedelta(days=1)
        seated.filter(state=OfferState.OFFERED, answer_by__gt=latest).update(answer_by=latest)
        seated.update(announced_at=None)
        tell_calendar(session, seated.filter(state=OfferState.ACCEPTED), at=at)
        outbox.enqueue_many(moved_mails(session, seated.filter(state=OfferState.OFFERED)), at=at)
    return session


@transaction.atomic
def cancel_session(*, session_id: int, because: str, at: datetime, actor: User | None) -> Session:
    """A planned session doesn't take place; its offers count as no opportunity. Everybody with a seat or an offer is
    told; they are in line again for the course's other sessions, which are looked at anew. Raises SessionIsOver."""
    on = timezone.localtime(at).date()
    session = _with_others_of_course(session_id, on)
    if session.status != SessionStatus.PLANNED:
        raise SessionIsOver
    session.status, session.cancelled_because, session.refill_due = SessionStatus.CANCELLED, because, False
    session.save(update_fields=["status", "cancelled_because", "refill_due"])
    offers = list(SeatOffer.objects.filter(session=session, state__in=HOLDS_A_SEAT))
    accepted = [offer for offer in offers if offer.state == OfferState.ACCEPTED]
    tell_calendar(session, accepted, cancelled=True, because=because, at=at)
    waiting = [offer for offer in offers if offer.state == OfferState.OFFERED]
    outbox.enqueue_many(cancelled_mails(session, waiting, because), at=at)
    SeatOffer.objects.filter(pk__in=[offer.pk for offer in offers]).update(state=OfferState.WITHDRAWN)
    others = Session.objects.filter(course_id=session.course_id, status=SessionStatus.PLANNED, starts_on__gt=on)
    others.update(refill_due=True)
    audit.record("training.cancel_session", session, actor=actor, at=at, because=because, people=len(offers))
    return session


def _with_others_of_course(session_id: int, on: date) -> Session:
    """The session, locked with the course's others in the order of their ids: two that are cancelled at once must not
    wait for each other."""
    course = Session.objects.values_list("course_id", flat=True).get(pk=session_id)
    ahead = Q(course_id=course, status=SessionStatus.PLANNED, starts_on__gt=on)
    rows = lock(Session.objects.filter(Q(pk=session_id) | ahead)).select_related("course").order_by("pk")
    return {row.pk: row for row in rows}[session_id]
