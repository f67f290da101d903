"""Providers, courses and sessions."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from kazipot.foundation import audit
from kazipot.foundation.database import lock
from kazipot.foundation.models import User
from kazipot.framework.models import Competence
from kazipot.training.choices import Language, OfferState, SessionStatus
from kazipot.training.errors import CodeTaken, EndsBeforeItStarts, MinimumAboveSeats, NoCompetence, SessionIsOver
from kazipot.training.models import Course, CourseCompetence, Provider, SeatOffer, Session
from kazipot.training.queries import HOLDS_A_SEAT

NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class CourseSpan:
    """A course leads in a competence from a level to a higher one (0 to 4)."""

    competence_id: int
    from_level: int
    to_level: int


@transaction.atomic
def add_provider(*, code: str, name: str, kind: str, at: datetime, actor: User | None) -> Provider:
    """Somebody who gives training. Raises CodeTaken."""
    if Provider.objects.filter(code=code).exists():
        raise CodeTaken
    provider = Provider.objects.create(code=code, name=name, kind=kind)
    audit.record("training.add_provider", provider, actor=actor, at=at, code=code)
    return provider


@transaction.atomic
def add_course(
    *,
    code: str,
    provider_id: int,
    framework_id: int,
    title_sl: str,
    title_en: str,
    is_digital_security: bool,
    competences: Collection[CourseSpan],
    at: datetime,
    actor: User | None,
) -> Course:
    """A course and what it teaches. Raises CodeTaken, NoCompetence."""
    if Course.objects.filter(code=code).exists():
        raise CodeTaken
    ids = {span.competence_id for span in competences}
    known = Competence.objects.filter(framework_id=framework_id, pk__in=ids).count()
    rising = all(0 <= span.from_level < span.to_level <= 4 for span in competences)
    if not ids or not rising or known != len(competences):
        raise NoCompetence
    course = Course.objects.create(
        code=code,
        provider_id=provider_id,
        framework_id=framework_id,
        title_sl=title_sl,
        title_en=title_en,
        is_digital_security=is_digital_security,
    )
    CourseCompetence.objects.bulk_create(
        CourseCompetence(
            course=course, competence_id=span.competence_id, from_level=span.from_level, to_level=span.to_level
        )
        for span in competences
    )
    audit.record("training.add_course", course, actor=actor, at=at, code=code)
    return course


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
) -> Session:
    """A course at a time and place with so many seats, and what it costs. Raises EndsBeforeItStarts, MinimumAboveSeats.

    It is held with at least `min_people`; prices are in euros, for the session and for each person in it.
    """
    if ends_on < starts_on:
        raise EndsBeforeItStarts
    if min_people > capacity:
        raise MinimumAboveSeats
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
    )
    audit.record(
        "training.plan_session", session, actor=actor, at=at, starts_on=starts_on.isoformat(), capacity=capacity
    )
    return session


@transaction.atomic
def cancel_session(*, session_id: int, because: str, at: datetime, actor: User | None) -> Session:
    """A planned session doesn't take place; its offers count as no opportunity. Raises SessionIsOver."""
    session = lock(Session.objects.filter(pk=session_id)).get()
    if session.status != SessionStatus.PLANNED:
        raise SessionIsOver
    session.status, session.cancelled_because = SessionStatus.CANCELLED, because
    session.save(update_fields=["status", "cancelled_because"])
    SeatOffer.objects.filter(session=session, state__in=HOLDS_A_SEAT).update(state=OfferState.WITHDRAWN)
    audit.record("training.cancel_session", session, actor=actor, at=at, because=because)
    return session
