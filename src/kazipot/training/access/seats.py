"""From a request to a session or an offer, or to the same 404 whatever the reason."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.http import Http404

from kazipot.foundation import clock
from kazipot.foundation.tokens import digest, secret_of
from kazipot.organisation.access import Request, may_see_name
from kazipot.organisation.models import Person
from kazipot.training import queries
from kazipot.training.models import (
    AttendanceCertificate,
    Course,
    EvaluationAsk,
    PlannedOutcome,
    SeatOffer,
    Session,
    Swap,
    TrainingPlan,
    UnitAsk,
    WaitingEntry,
)

Offer = SeatOffer
TrainingSession = Session
Plan = TrainingPlan
Outcome = PlannedOutcome
Ask = EvaluationAsk
"""For the views, which don't import models."""


def session_to_see(session_id: int) -> Session:
    """A session of the public catalogue."""
    found = queries.session_by_id(session_id)
    if found is None:
        raise Http404
    return found


def session_to_record(request: Request, session_id: int) -> Session:
    """A session whose attendance the actor may record: any for the programme, a trainer's own."""
    found = session_to_see(session_id)
    own = request.actor.user is not None and found.trainer_id == request.actor.user.pk
    if not own and not request.actor.reach("training.record_attendance"):
        raise Http404
    return found


def may_record(request: Request, session: Session) -> bool:
    """Whether the actor may record the attendance of a session, and hand out slips at it."""
    own = request.actor.user is not None and session.trainer_id == request.actor.user.pk
    return request.actor.may("training.record_attendance") and (
        own or bool(request.actor.reach("training.record_attendance"))
    )


def plan_to_see(plan_id: int) -> TrainingPlan:
    """A plan, for those who may plan."""
    found = queries.plan_by_id(plan_id)
    if found is None:
        raise Http404
    return found


def sees_needs(request: Request, plan: TrainingPlan) -> bool:
    """Whether the actor sees, by pseudonym, what people of the plan need: only who asked for it."""
    return request.actor.user is not None and plan.requested_by_id == request.actor.user.pk


def sees_name(request: Request, outcome: PlannedOutcome) -> bool:
    """Whether the actor sees the person of an outcome by name; then what the person needs is not told."""
    return may_see_name(request.actor, employer_id=outcome.unit.employer_id, unit_id=outcome.unit_id)


def offer_by_secret(token: str) -> SeatOffer | None:
    """The offer behind a personal link or the code of a slip, however it was typed; None for a wrong one."""
    return queries.offer_by_digest(digest(secret_of(token)))


HERE = "training.here"
HERE_LASTS = timedelta(minutes=15)
"""So long may somebody on a shared device look away."""


def enter_here(request: Request, code: str) -> bool:
    """Open the offer of a typed code on this device; False when nobody holds the code."""
    found = offer_by_secret(code)
    if found is None:
        return False
    request.session.cycle_key()
    request.session[HERE] = (found.pk, found.token_digest, clock.monotonic_now().isoformat())
    return True


def offer_here(request: Request) -> SeatOffer | None:
    """The offer whose code was typed on this device, until it is left, replaced, or not touched for a while."""
    offer_id, kept, touched = request.session.get(HERE, (None, "", ""))
    if offer_id is None or clock.monotonic_now() - datetime.fromisoformat(touched) > HERE_LASTS:
        request.session.pop(HERE, None)
        return None
    found = queries.offer_by_digest(kept)
    if found is None or found.pk != offer_id:
        return None
    request.session[HERE] = (offer_id, kept, clock.monotonic_now().isoformat())
    return found


ROOM = "training.room"


def enter_room(request: Request, link: str) -> Session:
    """A trainer without an account opens the session's room on this phone; 404 for a wrong link or another time."""
    found = queries.session_of_room_link(link)
    if found is None or not queries.room_is_open(found, on=request.today):
        raise Http404
    request.session.cycle_key()
    request.session[ROOM] = found.pk
    return found


def room_here(request: Request) -> Session:
    """The session whose room is open on this phone; 404 when there is none (any more)."""
    found = queries.session_by_id(request.session.get(ROOM, 0))
    if found is None or not queries.room_is_open(found, on=request.today):
        raise Http404
    return found


def may_sign_in(request: Request, session: Session) -> bool:
    """Whether this phone is the trainer's: its room is open here, or who is signed in may record the attendance."""
    if request.session.get(ROOM) == session.pk:
        return queries.room_is_open(session, on=request.today)
    if request.actor.user is None:
        return False
    own = session.trainer_id == request.actor.user.pk and request.actor.may("training.record_attendance")
    return own or bool(request.actor.reach("training.record_attendance"))


def seat_in_session(session: Session, offer_id: int) -> SeatOffer:
    """A seat of the session; another's is a 404."""
    found = queries.offer_by_id(offer_id)
    if found is None or found.session_id != session.pk:
        raise Http404
    return found


def seat_of_head(request: Request, offer_id: int) -> SeatOffer:
    """An offer or a seat of somebody in the head's units; another's is a 404."""
    found = queries.offer_by_id(offer_id)
    if found is None or not request.actor.reach("training.head_desk").covers(unit_id=found.unit_id):
        raise Http404
    return found


def own_entry(request: Request, entry_id: int) -> WaitingEntry:
    """A place on a list of the person who asks."""
    person = request.actor.person
    found = queries.entries_of(person.pk).filter(pk=entry_id).first() if person else None
    if found is None:
        raise Http404
    return found


def own_swap(request: Request, swap_id: int) -> Swap:
    """A wish to change places that the person who asks may answer."""
    person = request.actor.person
    found = queries.swap_to(person.pk, swap_id) if person else None
    if found is None:
        raise Http404
    return found


def course_to_join(code: str) -> Course:
    """A course of the public catalogue."""
    found = queries.course_by_code(code)
    if found is None:
        raise Http404
    return found


def own_person(request: Request) -> Person:
    """The person who asks."""
    if request.actor.person is None:
        raise Http404
    return request.actor.person


def own_certificate(request: Request, certificate_id: int) -> AttendanceCertificate:
    """A certificate of attendance of the person who asks."""
    found = queries.certificate_of(own_person(request).pk, certificate_id)
    if found is None:
        raise Http404
    return found


def ask_by_token(token: str) -> EvaluationAsk | None:
    """The form behind a link or a code, however it was typed; None for a wrong one, which the page counts."""
    return queries.ask_by_digest(digest(secret_of(token)))


def own_ask(request: Request, ask_id: int) -> EvaluationAsk:
    """A form that waits for the person who asks."""
    found = queries.asks_of(own_person(request).pk, request.today).filter(pk=ask_id).first()
    if found is None:
        raise Http404
    return found


def unit_ask_to_answer(request: Request, ask_id: int) -> UnitAsk:
    """A question about a unit of the head who asks."""
    found = unit_asks_to_answer(request).filter(pk=ask_id).first()
    if found is None:
        raise Http404
    return found


def unit_asks_to_answer(request: Request) -> QuerySet[UnitAsk]:
    """Questions about the units of the head who asks."""
    return queries.unit_asks(request.actor.reach("training.answer_for_unit").unit_ids, request.today)


def course_to_see(code: str) -> Course:
    """A course of the public catalogue."""
    found = queries.course_by_code(code)
    if found is None:
        raise Http404
    return found


def own_offer(request: Request, offer_id: int) -> SeatOffer:
    """An offer of the person who asks."""
    person = request.actor.person
    found = queries.offers_of(person.pk).filter(pk=offer_id).first() if person else None
    if found is None:
        raise Http404
    return found


def names_of(request: Request, offers: Iterable[SeatOffer]) -> list[str]:
    """People by name where the actor may see it, else by pseudonym."""
    return [
        offer.person.name
        if may_see_name(request.actor, employer_id=offer.employer_id, unit_id=offer.unit_id)
        else offer.person.key
        for offer in offers
    ]
