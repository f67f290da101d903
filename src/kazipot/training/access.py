"""From a request to a session or an offer, or to the same 404 whatever the reason."""

from django.db.models import QuerySet
from django.http import Http404

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
    TrainingPlan,
    UnitAsk,
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


def offer_by_token(token: str) -> SeatOffer:
    """The offer behind a personal link; a wrong link is a 404."""
    found = queries.offer_by_digest(digest(token))
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
