"""Courses, sessions, offers and attendance as they stand in the records."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from django.db.models import Count, Max, Q, QuerySet

from kazipot.core.indicators.training import OfferFact, Span
from kazipot.framework import queries as framework
from kazipot.training.choices import DeclineReason, OfferState, SessionStatus
from kazipot.training.models import Attendance, Course, CourseCompetence, Provider, SeatOffer, Session

HOLDS_A_SEAT = (OfferState.OFFERED, OfferState.ACCEPTED)


def providers() -> QuerySet[Provider]:
    """Every provider, by name."""
    return Provider.objects.all()


def courses() -> QuerySet[Course]:
    """Every course, by code, with its provider."""
    return Course.objects.select_related("provider", "framework")


def course_by_code(code: str) -> Course | None:
    """The course with this code, or None."""
    return courses().filter(code=code).first()


def taught(course_id: int) -> QuerySet[CourseCompetence]:
    """What a course teaches, in the framework's order."""
    return (
        CourseCompetence.objects.filter(course_id=course_id)
        .select_related("competence")
        .order_by("competence__position")
    )


def sessions() -> QuerySet[Session]:
    """Every session, latest first, with its course and the number of seats taken (`taken`) and accepted."""
    return Session.objects.select_related("course", "trainer", "contract")


def session_by_id(session_id: int) -> Session | None:
    """The session, or None."""
    return sessions().filter(pk=session_id).first()


def security_sessions_ahead(on: date) -> QuerySet[Session]:
    """Planned sessions of security training that begin after the day, the next one first."""
    rows = sessions().filter(course__is_digital_security=True, status=SessionStatus.PLANNED, starts_on__gt=on)
    return rows.order_by("starts_on", "pk")


def seats_of(session_ids: Collection[int]) -> dict[int, dict[str, int]]:
    """How many offers of each state: {session id: {state: number}}. One query."""
    found: dict[int, dict[str, int]] = {pk: {} for pk in session_ids}
    rows = SeatOffer.objects.filter(session_id__in=session_ids).values("session_id", "state").annotate(n=Count("id"))
    for row in rows.order_by():
        found[row["session_id"]][row["state"]] = row["n"]
    return found


def free_seats(session: Session) -> int:
    """Seats that nobody holds and nobody is asked about."""
    return session.capacity - SeatOffer.objects.filter(session=session, state__in=HOLDS_A_SEAT).count()


def offer_by_digest(token_digest: str) -> SeatOffer | None:
    """The offer behind a personal link, or None."""
    return SeatOffer.objects.select_related("session__course", "person").filter(token_digest=token_digest).first()


def offers_of(person_id: int) -> QuerySet[SeatOffer]:
    """A person's offers, latest session first."""
    rows = SeatOffer.objects.filter(person_id=person_id).select_related("session__course")
    return rows.order_by("-session__starts_on", "-id")


def attended_of(person_id: int) -> frozenset[int]:
    """Sessions at which a person was present."""
    rows = Attendance.objects.filter(person_id=person_id, attended=True)
    return frozenset(rows.values_list("session_id", flat=True))


def accepted_people(session_id: int) -> frozenset[int]:
    """People who accepted a seat."""
    rows = SeatOffer.objects.filter(session_id=session_id, state=OfferState.ACCEPTED)
    return frozenset(rows.values_list("person_id", flat=True))


def accepted_offers(session_id: int) -> QuerySet[SeatOffer]:
    """Accepted offers of a session with their people, by name."""
    rows = SeatOffer.objects.filter(session_id=session_id, state=OfferState.ACCEPTED).select_related("person")
    return rows.order_by("person__last_name", "person__first_name", "pk")


def attended_people(session_id: int) -> frozenset[int]:
    """People who were present."""
    rows = Attendance.objects.filter(session_id=session_id, attended=True)
    return frozenset(rows.values_list("person_id", flat=True))


def offers_before(year: int) -> dict[int, int]:
    """How many seats of the year's sessions each person was offered: {person id: number}. One query."""
    rows = SeatOffer.objects.filter(session__starts_on__year=year).exclude(state=OfferState.WITHDRAWN)
    return dict(rows.values_list("person_id").annotate(n=Count("id")).order_by())


def served_by_course(course_id: int, year: int) -> frozenset[int]:
    """People who in the year hold, held or declined a seat in the course, and need no other one."""
    rows = SeatOffer.objects.filter(session__course_id=course_id, session__starts_on__year=year).exclude(
        Q(state__in=(OfferState.EXPIRED, OfferState.WITHDRAWN)) | Q(session__status=SessionStatus.CANCELLED)
    )
    return frozenset(rows.values_list("person_id", flat=True))


def holders_of_course(course_id: int, year: int) -> frozenset[int]:
    """People who hold a seat, accepted or offered, in a session of the course yet to take place in the year."""
    rows = SeatOffer.objects.filter(
        session__course_id=course_id, session__starts_on__year=year,
        session__status=SessionStatus.PLANNED, state__in=HOLDS_A_SEAT,
    )  # fmt: skip
    return frozenset(rows.values_list("person_id", flat=True))


def course_spans(*, expressed_in: int | None = None) -> dict[int, frozenset[Span]]:
    """What each course teaches: {course id: spans}, said in a framework if one is named."""
    expressions = framework.expressions(expressed_in) if expressed_in is not None else {}
    found: dict[int, set[Span]] = defaultdict(set)
    rows = CourseCompetence.objects.values_list("course_id", "competence_id", "from_level", "to_level")
    for course_id, competence_id, low, high in rows:
        targets = expressions.get(competence_id) or (competence_id,)
        found[course_id].update(Span(target, low, high) for target in targets)
    return {course_id: frozenset(spans) for course_id, spans in found.items()}


def offer_facts(year: int, as_of: date, *, expressed_in: int | None = None) -> list[OfferFact]:
    """Offers made by the end of the day for sessions that start in the year by that day; withdrawn ones left out.

    Who declined a seat because of its place could not reach it. Spans are the course's competences, said in the
    framework named. Two queries, four when re-expressed.
    """
    spans = course_spans(expressed_in=expressed_in)
    rows = (
        SeatOffer.objects.filter(session__starts_on__year=year, session__starts_on__lte=as_of, offered_on__lte=as_of)
        .exclude(state=OfferState.WITHDRAWN)
        .order_by("pk")
        .values_list(
            "pk", "person_id", "offered_on", "session__starts_on", "session__status", "session__course_id",
            "session__in_working_time", "session__is_accessible", "declined_because",
        )
    )  # fmt: skip
    return [
        OfferFact(
            pk, person_id, offered_on, starts_on, status == SessionStatus.HELD, spans.get(course_id, frozenset()),
            in_working_time=working_time, accessible=accessible, reachable=because != DeclineReason.PLACE,
        )
        for pk, person_id, offered_on, starts_on, status, course_id, working_time, accessible, because in rows.iterator(
            chunk_size=10_000
        )
    ]  # fmt: skip


def last_security_training(as_of: date) -> dict[int, date]:
    """When each person last attended training in digital security: {person id: last day of the session}. One query."""
    rows = Attendance.objects.filter(
        attended=True,
        session__status=SessionStatus.HELD,
        session__course__is_digital_security=True,
        session__ends_on__lte=as_of,
    )
    return dict(rows.values_list("person_id").annotate(last=Max("session__ends_on")).order_by())


def security_trainings(person_ids: Collection[int] | None = None) -> list[tuple[int, int, date]]:
    """Every attendance of training in digital security: (person id, session id, last day of the session). One query."""
    rows = Attendance.objects.filter(
        attended=True, session__status=SessionStatus.HELD, session__course__is_digital_security=True
    )
    if person_ids is not None:
        rows = rows.filter(person_id__in=person_ids)
    return list(rows.order_by("session__ends_on", "pk").values_list("person_id", "session_id", "session__ends_on"))


def people_by_state(unit_ids: Collection[int], year: int) -> dict[str, int]:
    """How many people of some units have an offer in each state for the year's sessions: {state: people}. One query."""
    rows = SeatOffer.objects.filter(unit_id__in=unit_ids, session__starts_on__year=year)
    return dict(rows.values_list("state").annotate(n=Count("person_id", distinct=True)).order_by())
