"""The line: people join and leave it, change places, and heads say whom they can't spare."""

import secrets
from collections.abc import Collection
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from kazipot.foundation import audit, outbox
from kazipot.foundation.database import lock, one_at_a_time
from kazipot.foundation.models import User
from kazipot.organisation import queries as organisation
from kazipot.organisation.models import Person
from kazipot.training import queries
from kazipot.training.choices import OfferState, SessionStatus, SwapState
from kazipot.training.errors import (
    AlreadyInLine,
    AlreadySeated,
    NoSeatHeld,
    NoSeatToMoveTo,
    NotEmployedNow,
    SeatElsewhere,
    SessionIsOver,
    TooLateToObject,
    TooLateToOffer,
)
from kazipot.training.errors.running import NoSwap
from kazipot.training.models import Course, Objection, SeatOffer, Session, Swap, WaitingEntry
from kazipot.training.operations.answers import OFFERING, free_a_seat
from kazipot.training.operations.calendar import tell_calendar
from kazipot.training.operations.wording import objection_mail, swap_mail


@transaction.atomic
def join_line(
    *,
    course_id: int,
    person_ids: Collection[int],
    session_id: int | None = None,
    at: datetime,
    actor: User | None,
) -> list[WaitingEntry]:
    """People are put on the list of a course, or of one of its sessions; if a seat is free, workers offer it at once.

    Several people put there together each get a seat of their own, in turn; nobody waits for the whole group.
    Raises SessionIsOver, TooLateToOffer, NotEmployedNow, AlreadySeated, AlreadyInLine.
    """
    one_at_a_time(OFFERING)
    course = lock(Course.objects.filter(pk=course_id)).get()
    on = timezone.localtime(at).date()
    sessions = _sessions_to_wait_for(course, session_id, on)
    people = list(dict.fromkeys(person_ids))
    employed = organisation.main_employments(on)
    if any(person_id not in employed for person_id in people):
        raise NotEmployedNow
    served = queries.served_by_course(course.pk, on.year)
    if any(person_id in served for person_id in people):
        raise AlreadySeated
    waiting = WaitingEntry.objects.filter(course=course, left_at=None, offer=None, person_id__in=people)
    if waiting.exists():
        raise AlreadyInLine
    group = secrets.token_hex(8) if len(people) > 1 else ""
    made = [
        WaitingEntry.objects.create(
            course=course, session_id=session_id, person_id=person_id, joined_at=at, put_by=actor, group=group
        )
        for person_id in people
    ]
    audit.record("training.join_line", course, actor=actor, at=at, people=len(people), session=session_id)
    for session in sorted(sessions, key=lambda row: row.pk):
        if queries.free_seats(session) > 0:
            free_a_seat(session)
    return made


def _sessions_to_wait_for(course: Course, session_id: int | None, on: date) -> list[Session]:
    if session_id is None:
        return list(Session.objects.filter(course=course, status=SessionStatus.PLANNED, starts_on__gt=on))
    session = Session.objects.get(pk=session_id, course=course)
    if session.status != SessionStatus.PLANNED:
        raise SessionIsOver
    if session.starts_on <= on:
        raise TooLateToOffer
    return [session]


@transaction.atomic
def leave_line(*, entry_id: int, at: datetime, actor: User | None) -> WaitingEntry:
    """Somebody waits no longer."""
    one_at_a_time(OFFERING)
    entry = lock(WaitingEntry.objects.filter(pk=entry_id)).get()
    if entry.left_at is None and entry.offer_id is None:
        entry.left_at = at
        entry.save(update_fields=["left_at"])
        audit.record("training.leave_line", entry, actor=actor, at=at)
    return entry


@transaction.atomic
def object_to(*, offer_id: int, reason: str, at: datetime, actor: User | None) -> Objection:
    """The head can't spare the person on the day: the offer is withdrawn, the person told why and first next time.

    Raises NoSeatHeld, SessionIsOver, TooLateToObject.
    """
    found = SeatOffer.objects.values_list("session_id", flat=True).get(pk=offer_id)
    session = lock(Session.objects.filter(pk=found)).select_related("course").get()
    offer = lock(SeatOffer.objects.filter(pk=offer_id)).select_related("person").get()
    on = timezone.localtime(at).date()
    if offer.state not in queries.HOLDS_A_SEAT or offer.session_id != session.pk:  # moved meanwhile
        raise NoSeatHeld
    if session.status != SessionStatus.PLANNED or session.starts_on <= on:
        raise SessionIsOver
    last = offer.offered_on + timedelta(days=queries.seat_rules().objection_days)
    if on > last:
        raise TooLateToObject(last)
    was_accepted = offer.state == OfferState.ACCEPTED
    offer.state = OfferState.WITHDRAWN
    offer.save(update_fields=["state"])
    made = Objection.objects.create(offer=offer, reason=reason, user=actor, objected_at=at)
    audit.record("training.object", offer, actor=actor, at=at, reason=reason)
    if was_accepted:
        tell_calendar(session, [offer], cancelled=True, because=reason, at=at)
    outbox.enqueue_many(objection_mail(session, offer.person, made), at=at)
    free_a_seat(session)
    return made


@transaction.atomic
def move_seat(*, offer_id: int, session_id: int, at: datetime, actor: User | None) -> SeatOffer:
    """An accepted seat is exchanged for a free one in another session of the course, if nobody waits for it.

    Raises NoSeatHeld, SessionIsOver, TooLateToOffer, NoSeatToMoveTo.
    """
    one_at_a_time(OFFERING)
    offer, old, new = _both(offer_id, session_id)
    on = timezone.localtime(at).date()
    if offer.state != OfferState.ACCEPTED or offer.session_id != old.pk or old.starts_on <= on:
        raise NoSeatHeld
    _refuse_move(new, old, on)
    _reseat(offer, old, new, at, actor)
    free_a_seat(old)
    return offer


def _both(offer_id: int, session_id: int) -> tuple[SeatOffer, Session, Session]:
    """The offer and both sessions, locked in the order of their ids so that two moves can't wait for each other."""
    found = SeatOffer.objects.values_list("session_id", flat=True).get(pk=offer_id)
    rows = lock(Session.objects.filter(pk__in=[found, session_id])).select_related("course").order_by("pk")
    sessions = {row.pk: row for row in rows}
    offer = lock(SeatOffer.objects.filter(pk=offer_id)).select_related("person").get()
    return offer, sessions[found], sessions[session_id]


def _refuse_move(new: Session, old: Session, on: date) -> None:
    """The seat must be free and nobody's turn."""
    if new.status != SessionStatus.PLANNED or new.starts_on <= on:
        raise TooLateToOffer
    if new.course_id != old.course_id or queries.free_seats(new) <= 0 or queries.line_of(new, on=on):
        raise NoSeatToMoveTo


def _reseat(offer: SeatOffer, old: Session, new: Session, at: datetime, actor: User | None) -> None:
    """The seat changes its session; calendars change with it."""
    if SeatOffer.objects.filter(session=new, person_id=offer.person_id).exists():
        raise NoSeatToMoveTo
    lock(Person.objects.filter(pk=offer.person_id)).get()
    if offer.person_id in queries.busy_besides(new, offer.pk):
        raise SeatElsewhere(new.course.title, new.starts_on)
    tell_calendar(old, [offer], cancelled=True, at=at)
    offer.session = new
    offer.announced_at = None
    offer.stay += 1
    offer.save(update_fields=["session", "announced_at", "stay"])
    audit.record("training.move_seat", offer, actor=actor, at=at, from_session=old.pk, to_session=new.pk)
    tell_calendar(new, [offer], at=at)


@transaction.atomic
def ask_swap(*, offer_id: int, other_id: int, at: datetime, actor: User | None) -> Swap:
    """Somebody asks whoever holds a seat in another session of the course to change places. Raises NoSeatHeld."""
    offers = {row.pk: row for row in SeatOffer.objects.filter(pk__in=[offer_id, other_id]).select_related("session")}
    mine, other = offers[offer_id], offers[other_id]
    accepted = all(row.state == OfferState.ACCEPTED for row in offers.values())
    if not accepted or mine.session.course_id != other.session.course_id or mine.session_id == other.session_id:
        raise NoSeatHeld
    made, _created = Swap.objects.get_or_create(
        asked_by=mine, asked=other, state=SwapState.ASKED, defaults={"asked_at": at}
    )
    audit.record("training.ask_swap", mine, actor=actor, at=at, other=other.pk)
    outbox.enqueue_many(swap_mail(made), at=at)
    return made


@transaction.atomic
def ask_session_to_swap(*, offer_id: int, session_id: int, at: datetime, actor: User | None) -> int:
    """Ask everybody with a seat in another session of the course, without telling who they are; how many. The first who
    agrees changes places, and the other wishes are closed. Raises NoSeatHeld, NoSwap."""
    mine = SeatOffer.objects.select_related("session").get(pk=offer_id)
    others = queries.swappable(mine, on=timezone.localtime(at).date()).filter(session_id=session_id)
    asked = [ask_swap(offer_id=offer_id, other_id=other.pk, at=at, actor=actor) for other in others]
    if not asked:
        raise NoSwap
    return len(asked)


@transaction.atomic
def answer_swap(*, swap_id: int, agree: bool, at: datetime, actor: User | None) -> Swap:
    """The other agrees, and both change places at once, or refuses. Raises NoSeatHeld, TooLateToOffer."""
    one_at_a_time(OFFERING)
    swap = lock(Swap.objects.filter(pk=swap_id)).select_related("asked_by", "asked").get()
    if swap.state != SwapState.ASKED:
        return swap
    swap.state, swap.answered_at = (SwapState.AGREED if agree else SwapState.REFUSED), at
    swap.save(update_fields=["state", "answered_at"])
    audit.record("training.answer_swap", swap.asked, actor=actor, at=at, agree=agree)
    if agree:
        _change_places(swap, at, actor)
    return swap


def _change_places(swap: Swap, at: datetime, actor: User | None) -> None:
    ids = sorted([swap.asked_by.session_id, swap.asked.session_id])
    sessions = {row.pk: row for row in lock(Session.objects.filter(pk__in=ids)).select_related("course").order_by("pk")}
    one = lock(SeatOffer.objects.filter(pk=swap.asked_by_id)).get()
    two = lock(SeatOffer.objects.filter(pk=swap.asked_id)).get()
    on = timezone.localtime(at).date()
    if {one.state, two.state} != {OfferState.ACCEPTED} or sorted(sessions) != sorted([one.session_id, two.session_id]):
        raise NoSeatHeld
    if any(session.status != SessionStatus.PLANNED or session.starts_on <= on for session in sessions.values()):
        raise TooLateToOffer
    first, second = sessions[one.session_id], sessions[two.session_id]
    _reseat(one, first, second, at, actor)
    _reseat(two, second, first, at, actor)
    held = Q(asked_by__in=[one, two]) | Q(asked__in=[one, two])
    Swap.objects.filter(held, state=SwapState.ASKED).update(state=SwapState.CLOSED, answered_at=at)
